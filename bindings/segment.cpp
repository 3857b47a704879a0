#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"
#include "many.h"
#include "named.h"
#include "views.h"

namespace nutgraf::python {
namespace {

template <typename View>
ViewSequence<View> all_of(const DocumentPtr& document, std::size_t count) {
  return {document, {0, static_cast<std::int32_t>(count)}};
}

constexpr int pickle_version = 4;
constexpr py::ssize_t block_columns = 6;

/// Offsets in a pickle are bytes of UTF-8, as in the core.
py::tuple to_state(const DocumentPtr& document) {
  const DocumentParts& parts = document->document().parts();
  py::array_t<std::int32_t> blocks({static_cast<py::ssize_t>(parts.blocks.size()), block_columns});
  auto cells = blocks.mutable_unchecked<2>();
  for (py::ssize_t i = 0; i < cells.shape(0); ++i) {
    const Block& b = parts.blocks[i];
    const std::int32_t row[block_columns] = {b.span.begin,   b.span.end, static_cast<std::int32_t>(b.role),
                                             b.duplicate_of, b.section,  b.level};
    for (py::ssize_t k = 0; k < block_columns; ++k) cells(i, k) = row[k];
  }
  const auto copied = [](const auto& values) { return take_array(std::vector(values)); };
  const auto copied_spans = [](const std::vector<Span>& spans) {
    return span_array(spans, py::none()).attr("copy")();
  };
  std::vector<std::uint8_t> kinds;
  for (const WordKind kind : parts.word_kinds) kinds.push_back(static_cast<std::uint8_t>(kind));
  return py::make_tuple(pickle_version, document->text(), py::make_tuple(parts.lang, parts.block_langs),
                        blocks, copied_spans(parts.sentences), copied_spans(parts.words),
                        take_array(std::move(kinds)), copied(parts.block_sentences),
                        copied(parts.sentence_words), copied_spans(parts.datelines),
                        copied(parts.boundary_scores));
}

template <typename T>
using FlatArray = py::array_t<T, py::array::c_style | py::array::forcecast>;

template <typename T>
std::vector<T> vector_of(const py::handle& array) {
  const auto values = array.cast<FlatArray<T>>();
  return {values.data(), values.data() + values.size()};
}

std::vector<Span> spans_of(const py::handle& array) {
  const std::vector<std::int32_t> flat = vector_of<std::int32_t>(array);
  std::vector<Span> spans;
  for (std::size_t i = 0; i + 1 < flat.size(); i += 2) spans.push_back({flat[i], flat[i + 1]});
  return spans;
}

DocumentPtr from_state(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != pickle_version || state.size() != 11) {
    throw Error(ErrorKind::newer_file, "the pickled Document is of another version of nutgraf");
  }
  const auto text = state[1].cast<py::str>();
  DocumentParts parts;
  std::tie(parts.lang, parts.block_langs) = state[2].cast<std::pair<std::string, std::vector<std::string>>>();
  const std::vector<std::int32_t> blocks = vector_of<std::int32_t>(state[3]);
  for (std::size_t i = 0; i + block_columns <= blocks.size(); i += block_columns) {
    parts.blocks.push_back({.span = {blocks[i], blocks[i + 1]},
                            .role = static_cast<Role>(blocks[i + 2]),
                            .duplicate_of = blocks[i + 3],
                            .section = blocks[i + 4],
                            .level = blocks[i + 5]});
  }
  parts.sentences = spans_of(state[4]);
  parts.words = spans_of(state[5]);
  for (const std::uint8_t kind : vector_of<std::uint8_t>(state[6]))
    parts.word_kinds.push_back(static_cast<WordKind>(kind));
  parts.block_sentences = vector_of<std::int32_t>(state[7]);
  parts.sentence_words = vector_of<std::int32_t>(state[8]);
  parts.datelines = spans_of(state[9]);
  parts.boundary_scores = vector_of<std::int16_t>(state[10]);
  return std::make_shared<PyDocument>(text, Document::assemble_borrowed(utf8_of(text), std::move(parts)));
}

/// A document over a str of its own, of one whose text the core has made.
DocumentPtr with_own_text(const Document& made) {
  const py::str text(made.text().data(), made.text().size());
  return std::make_shared<PyDocument>(text, Document::assemble_borrowed(utf8_of(text), made.parts()));
}

std::vector<std::string_view> views_of(const std::vector<py::str>& pieces) {
  std::vector<std::string_view> views;
  for (const py::str& piece : pieces) views.push_back(utf8_of(piece));
  return views;
}

DocumentPtr from_sentences(Named<"sentences", std::vector<py::str>> sentences, MaybeText<"lang"> lang) {
  return with_own_text(Document::from_sentences(views_of(sentences.value), lang_or_empty(lang)));
}

DocumentPtr from_words(Named<"sentences", std::vector<std::vector<py::str>>> sentences,
                       MaybeText<"lang"> lang) {
  std::vector<std::vector<std::string_view>> views;
  for (const auto& words : sentences.value) views.push_back(views_of(words));
  return with_own_text(Document::from_words(views, lang_or_empty(lang)));
}

/// The spans of an (n, 2) array, in bytes of UTF-8. One outside the text stays outside it.
std::optional<std::vector<Span>> byte_spans(const py::str& text, const py::object& given) {
  if (given.is_none()) return std::nullopt;
  std::vector<Span> spans = spans_of(given);
  if (PyUnicode_IS_ASCII(text.ptr())) return spans;
  const std::string_view utf8 = utf8_of(text);
  std::vector<std::int32_t> offsets;
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    if ((static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80)
      offsets.push_back(static_cast<std::int32_t>(at));
  }
  offsets.push_back(static_cast<std::int32_t>(utf8.size()));
  const auto byte_of = [&](std::int32_t index) {
    return index >= 0 && static_cast<std::size_t>(index) < offsets.size()
               ? offsets[static_cast<std::size_t>(index)]
               : -1;
  };
  for (Span& span : spans) span = {byte_of(span.begin), byte_of(span.end)};
  return spans;
}

DocumentPtr segment_with_spans(const py::str& text, const SegmentOptions& options,
                               const py::object& sentence_spans, const py::object& word_spans) {
  const std::optional<std::vector<Span>> sentences = byte_spans(text, sentence_spans);
  const std::optional<std::vector<Span>> words = byte_spans(text, word_spans);
  const std::string_view utf8 = utf8_of(text);
  Document made;
  run(utf8.size(), 1, py::none(), [&](const Control& control) {
    ReadySpans ready;
    if (sentences) ready.sentences = *sentences;
    if (words) ready.words = *words;
    made = segment_ready(utf8, ready, options, control);
  });
  return std::make_shared<PyDocument>(text, Document::assemble_borrowed(utf8, made.parts()));
}

std::optional<std::int32_t> index_or_none(std::int32_t index) {
  return index < 0 ? std::nullopt : std::optional(index);
}

}  // namespace

void register_segment(py::module_& module) {
  register_view<PyWord>(module, "Word", "A word of a Document: a run with a letter or a digit.")
      .def("__str__", [](const PyWord& w) { return w.document->slice(w.span()); })
      .def_property_readonly(
          "kind",
          [](const PyWord& w) {
            return w.document->document().word_kinds()[w.index] == WordKind::letters ? "letters" : "number";
          },
          "'letters' or 'number'.");
  register_view<PySentence>(module, "Sentence", "A sentence of a Document. str() folds its white space.")
      .def("__str__", [](const PySentence& s) { return s.document->document().display(s.index); })
      .def_property_readonly(
          "block", [](const PySentence& s) { return s.document->document().block_of_sentence(s.index); },
          "Index of its block.")
      .def_property_readonly(
          "role",
          [](const PySentence& s) {
            const Document& d = s.document->document();
            return name(d.blocks()[d.block_of_sentence(s.index)].role);
          },
          "The role of its block.")
      .def_property_readonly(
          "words",
          [](const PySentence& s) {
            return ViewSequence<PyWord>{s.document, s.document->document().words_of_sentence(s.index)};
          },
          "Its words.")
      .def_property_readonly(
          "dateline",
          [](const PySentence& s) -> py::object {
            const Span span = s.document->dateline(s.index);
            if (span.empty()) return py::none();
            return py::make_tuple(span.begin, span.end);
          },
          "(begin, end) of a dateline or credit that opens it, or None.");
  register_view<PyBlock>(
      module, "Block",
      "A paragraph of a Document, or a line of its own. str() leaves out its marks and folds white space.")
      .def("__str__", [](const PyBlock& b) { return b.document->document().display_block(b.index); })
      .def_property_readonly(
          "role", [](const PyBlock& b) { return name(b.block().role); }, "One of ROLES.")
      .def_property_readonly(
          "lang", [](const PyBlock& b) { return b.document->document().block_lang(b.index); },
          "Code of its language: that of the document, unless it is clearly in another.")
      .def_property_readonly(
          "duplicate_of", [](const PyBlock& b) { return index_or_none(b.block().duplicate_of); },
          "Index of the first block with the same text, or None.")
      .def_property_readonly(
          "section", [](const PyBlock& b) { return index_or_none(b.block().section); },
          "Index of the heading it stands under, of a heading that of the next higher one; or None.")
      .def_property_readonly(
          "level",
          [](const PyBlock& b) {
            return b.block().level > 0 ? std::optional(b.block().level) : std::nullopt;
          },
          "Of a heading: 1 for the title, 2 for what stands below it, and so on; None for another block.")
      .def_property_readonly(
          "sentences",
          [](const PyBlock& b) {
            return ViewSequence<PySentence>{b.document, b.document->document().sentences_of_block(b.index)};
          },
          "Its sentences.");
  register_sequence<PyWord>(module, "Words");
  register_sequence<PySentence>(module, "Sentences");
  register_sequence<PyBlock>(module, "Blocks");

  py::class_<SegmentOptions>(module, "SegmentOptions")
      .def(py::init([](MaybeText<"lang"> lang, Named<"abbreviations", std::vector<std::string>> abbreviations,
                       Named<"boundary_threshold", double> boundary_threshold) {
             return SegmentOptions{lang_or_empty(lang), std::move(abbreviations.value), boundary_threshold};
           }),
           py::arg("lang"), py::arg("abbreviations"), py::arg("boundary_threshold"));
  py::class_<PyDocument, DocumentPtr>(
      module, "Document",
      "A text with its blocks, sentences and words, as segment() finds them.\n\n"
      "All spans are indexes into `text`: ``text[s.begin:s.end] == s.text``.")
      .def_property_readonly("text", &PyDocument::text, "The text, the very str that was given.")
      .def_property_readonly(
          "lang", [](const PyDocument& d) { return d.document().lang(); },
          "ISO 639-1 code of its language; 'und' where it is not known.")
      .def_property_readonly(
          "blocks", [](const DocumentPtr& d) { return all_of<PyBlock>(d, d->block_spans().size()); },
          "All blocks.")
      .def_property_readonly(
          "sentences", [](const DocumentPtr& d) { return all_of<PySentence>(d, d->sentence_spans().size()); },
          "All sentences.")
      .def_property_readonly(
          "words", [](const DocumentPtr& d) { return all_of<PyWord>(d, d->document().word_spans().size()); },
          "All words.")
      .def_property_readonly(
          "outline",
          [](const DocumentPtr& d) {
            std::vector<PyBlock> headings;
            for (const std::int32_t block : d->document().outline()) headings.push_back({d, block});
            return headings;
          },
          "The blocks of the headings, each with its `level` and the heading above it as `section`.")
      .def_property_readonly(
          "block_spans",
          [](const py::object& self) { return span_array(self.cast<DocumentPtr>()->block_spans(), self); },
          "(n_blocks, 2) int32 array, read-only.")
      .def_property_readonly(
          "sentence_spans",
          [](const py::object& self) { return span_array(self.cast<DocumentPtr>()->sentence_spans(), self); },
          "(n_sentences, 2) int32 array, read-only.")
      .def_property_readonly(
          "word_spans",
          [](const py::object& self) { return span_array(self.cast<DocumentPtr>()->word_spans(), self); },
          "(n_words, 2) int32 array, read-only.")
      .def_property_readonly(
          "boundary_log_odds",
          [](const PyDocument& d) {
            std::vector<float> odds;
            for (std::int32_t s = 0; s < d.document().sentence_count(); ++s)
              odds.push_back(d.document().boundary_log_odds(s));
            return take_array(std::move(odds));
          },
          "float32 array, an entry a sentence: how sure its end is, as log-odds; 8 where a rule decided, "
          "infinity at the end of a block.")
      .def_static("from_sentences", &from_sentences, py::arg("sentences"), py::kw_only(),
                  py::arg("lang") = py::none(),
                  "A Document of sentences that come ready split, joined by line ends.")
      .def_static(
          "from_words", &from_words, py::arg("sentences"), py::kw_only(), py::arg("lang") = py::none(),
          "A Document of sentences that are lists of words: in its text, words stand with a space between "
          "them, sentences on lines of their own. What has no letter or digit is part of the text and no "
          "word.")
      .def("__eq__",
           [](const PyDocument& a, const py::object& b) {
             return py::isinstance<PyDocument>(b) && a == *b.cast<DocumentPtr>();
           })
      .def("__hash__", [](const PyDocument& d) { return py::hash(d.text()); })
      .def("__repr__",
           [](const PyDocument& d) {
             return "<Document: " + std::to_string(d.block_spans().size()) + " blocks, " +
                    std::to_string(d.sentence_spans().size()) + " sentences, " +
                    std::to_string(d.document().word_spans().size()) + " words, lang '" +
                    std::string(d.document().lang()) + "'>";
           })
      .def(py::pickle(&to_state, &from_state));

  module.def(
      "segment",
      [](const py::object& text, const SegmentOptions& options, const py::object& sentence_spans,
         const py::object& word_spans) {
        if (!py::isinstance<py::str>(text)) {
          throw py::type_error("segment takes a str, not " + type_name(text));
        }
        if (sentence_spans.is_none() && word_spans.is_none())
          return segment_text(text.cast<py::str>(), options);
        return segment_with_spans(text.cast<py::str>(), options, sentence_spans, word_spans);
      },
      py::arg("text"), py::arg("options"), py::arg("sentence_spans"), py::arg("word_spans"));
  module.def(
      "segment_list",
      [](const py::list& texts, const SegmentOptions& options, Named<"threads", int> threads,
         const py::object& progress, bool raise_errors) {
        return map_texts<Document>(
            texts, 0, threads, progress, raise_errors,
            [&](std::span<const std::string_view> views, const Control& control) {
              return segment_many(views, options, control);
            },
            [](const py::str& text, Document&& document) {
              return py::cast(std::make_shared<PyDocument>(text, std::move(document)));
            });
      },
      py::arg("texts"), py::arg("options"), py::arg("threads"), py::arg("progress"), py::arg("raise_errors"));
  module.def(
      "learn_abbreviations",
      [](const py::list& texts, const py::object& progress) {
        std::vector<std::string_view> views;
        std::size_t bytes = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
          try {
            views.push_back(utf8_of(texts[i]));
          } catch (const Error& error) {
            throw of_text(i, error);
          }
          bytes += views.back().size();
        }
        std::vector<std::string> found;
        run(bytes, 1, progress, [&](const Control& control) { found = learn_abbreviations(views, control); });
        return found;
      },
      py::arg("texts"), py::arg("progress"));
  module.def("languages", &languages);
  module.def("stop_word_languages", &stop_word_languages);
}

}  // namespace nutgraf::python
