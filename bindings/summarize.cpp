#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"
#include "many.h"
#include "named.h"
#include "summaries.h"
#include "views.h"

namespace nutgraf::python {
namespace {

struct PySummarySentence {
  std::shared_ptr<const PySummary> of;
  DocumentPtr document;
  std::int32_t index;
  SummarySentence sentence;
  Span span() const { return document->sentence_spans()[index]; }
  /// The entry of sources or dates.
  py::object entry_of(const py::object& list) const {
    return list.is_none() ? py::none() : py::object(list[py::int_(sentence.document)]);
  }
};

PySummarySentence view_of(const PySummary& s, const SummarySentence& sentence) {
  return {s.shared_from_this(), s.documents[sentence.document], sentence.index, sentence};
}

py::list flags_of(const SummarySentence& s) {
  py::list names;
  for (std::size_t i = 0; i < flag_names.size(); ++i) {
    if (s.flags.has(static_cast<Flag>(i))) names.append(flag_names[i]);
  }
  return names;
}

/// The places of what says a sentence again: document, begin, end.
py::list repeats_of(const PySummary& summary, const SummarySentence& s) {
  py::list places;
  for (const SentenceRef& ref : summary.summary.repeats(s)) {
    const Span span = summary.documents[ref.document]->sentence_spans()[ref.sentence];
    places.append(py::make_tuple(ref.document, span.begin, span.end));
  }
  return places;
}

/// With the sources and dates of several texts above them.
std::string html_of(const PySummary& summary) {
  std::vector<std::string> names;
  for (std::size_t d = 0; d < summary.documents.size() && !summary.sources.is_none(); ++d) {
    const py::object source = summary.sources[py::int_(d)];
    names.push_back((PyLong_Check(source.ptr()) ? "text " : "") + py::str(source).cast<std::string>());
    if (!summary.dates.is_none())
      names.back() += ", " + py::str(summary.dates[py::int_(d)]).cast<std::string>();
  }
  return to_html(summary.summary, names);
}

/// The keys of `nutgraf summarize --json`; source and date where the caller named them.
py::dict record_of(const PySummary& summary, const SummarySentence& s) {
  const PySummarySentence view = view_of(summary, s);
  py::dict record;
  record["document"] = s.document;
  record["index"] = s.index;
  record["rank"] = s.rank;
  record["begin"] = view.span().begin;
  record["end"] = view.span().end;
  record["text"] = view.document->slice(view.span());
  record["salience"] = s.salience;
  record["block"] = s.block;
  record["role"] = name(s.role);
  record["chosen"] = s.reason == Reason::chosen;
  record["reason"] = name(s.reason);
  record["dangling"] = s.dangling;
  record["flags"] = flags_of(s);
  record["repeats"] = repeats_of(summary, s);
  if (!summary.sources.is_none()) record["source"] = view.entry_of(summary.sources);
  if (!summary.dates.is_none()) record["date"] = view.entry_of(summary.dates);
  return record;
}

py::list records_of(const PySummary& summary, bool all) {
  py::list records;
  if (all) {
    for (const SummarySentence& s : summary.summary.all_sentences()) records.append(record_of(summary, s));
  } else {
    for (const SummarySentence& s : summary.summary.sentences()) records.append(record_of(summary, s));
  }
  return records;
}

py::tuple notes_of(const PySummary& summary) {
  py::list notes;
  for (const Note note : summary.summary.notes()) notes.append(name(note));
  return py::tuple(notes);
}

py::dict dict_of(const PySummary& summary) {
  py::dict dict;
  dict["method"] = summary.summary.method();
  dict["notes"] = notes_of(summary);
  if (summary.summary.selection().gap) dict["gap"] = *summary.summary.selection().gap;
  dict["text"] = summary.summary.text();
  dict["sentences"] = records_of(summary, false);
  return dict;
}

py::dict explanation_of(const PySummary& summary, Named<"index", std::int32_t> index) {
  const Explanation found = summary.summary.explain(index);
  const SentenceRows rows(summary.summary.documents());
  py::dict parts, dict = record_of(summary, found.sentence);
  py::list terms, nearest;
  for (const auto& [name, value] : found.parts) parts[py::str(name)] = value;
  for (const auto& [term, weight] : found.top_terms) terms.append(py::make_tuple(term, weight));
  for (const auto& [sentence, cosine] : found.nearest)
    nearest.append(py::make_tuple(rows.row(sentence), cosine));
  dict["parts"] = parts;
  dict["top_terms"] = terms;
  dict["nearest"] = nearest;
  return dict;
}

std::string lines_of(const Summary& summary) {
  std::string lines;
  for (const ShownLine& line : summary.lines()) {
    if (!lines.empty()) lines += '\n';
    lines += line.text;
  }
  return lines;
}

constexpr int pickle_version = 4;

py::tuple to_state(const PySummary& s) {
  const Selection& selection = s.summary.selection();
  std::vector<std::pair<std::string, std::vector<float>>> parts;
  for (const SaliencePart& part : s.summary.parts()) parts.emplace_back(part.name, part.scores);
  std::vector<int> reasons, notes;
  for (const Reason reason : selection.reasons) reasons.push_back(static_cast<int>(reason));
  for (const Note note : selection.notes) notes.push_back(static_cast<int>(note));
  return py::make_tuple(pickle_version, s.documents,
                        std::vector<float>(s.summary.salience().begin(), s.summary.salience().end()),
                        selection.chosen, selection.ranking, reasons, selection.dangling, notes,
                        s.summary.method(), parts, selection.repeats, selection.headings, selection.gap,
                        s.sources, s.dates);
}

SummaryPtr summary_of(const py::tuple& state) {
  auto documents = state[1].cast<std::vector<DocumentPtr>>();
  std::vector<Document> texts;
  for (const DocumentPtr& document : documents) {
    if (!document) throw Error(ErrorKind::corrupt_file, "the parts of the summary do not fit: documents");
    texts.push_back(document->document());
  }
  auto scores = state[2].cast<std::vector<float>>();
  Selection selection{.chosen = state[3].cast<std::vector<std::int32_t>>(),
                      .ranking = state[4].cast<std::vector<std::int32_t>>(),
                      .repeats = state[10].cast<std::vector<std::int32_t>>(),
                      .dangling = state[6].cast<std::vector<std::int32_t>>(),
                      .headings = state[11].cast<bool>(),
                      .gap = state[12].cast<std::optional<double>>()};
  for (const int reason : state[5].cast<std::vector<int>>())
    selection.reasons.push_back(static_cast<Reason>(reason));
  for (const int note : state[7].cast<std::vector<int>>()) selection.notes.push_back(static_cast<Note>(note));
  for (const py::object& list : {py::object(state[13]), py::object(state[14])}) {
    if (!list.is_none() && py::len(list) != documents.size())
      throw Error(ErrorKind::corrupt_file, "the parts of the summary do not fit: sources and dates");
  }
  std::vector<SaliencePart> parts;
  for (auto& [name, values] : state[9].cast<std::vector<std::pair<std::string, std::vector<float>>>>())
    parts.push_back({std::move(name), std::move(values)});
  return std::make_shared<PySummary>(
      std::move(documents),
      Summary::assemble(std::move(texts), std::move(scores), std::move(selection),
                        state[8].cast<std::string>(), std::move(parts)),
      py::object(state[13]), py::object(state[14]));
}

SummaryPtr from_state(const py::tuple& state) {
  if (state.empty() || state[0].cast<int>() != pickle_version || state.size() != 15) {
    throw Error(ErrorKind::newer_file, "the pickled Summary is of another version of nutgraf");
  }
  try {
    return summary_of(state);
  } catch (const py::cast_error&) {
    throw Error(ErrorKind::corrupt_file, "the parts of the summary do not fit: one is of another type");
  }
}

using Sentences = std::optional<std::variant<std::int64_t, std::string>>;

/// Sets the number of sentences, or auto, of options or of a budget.
template <typename Target>
void set_sentences(const Sentences& given, Target& target) {
  if (!given) return;
  if (const auto* const number = std::get_if<std::int64_t>(&*given)) {
    target.sentences = *number;
    return;
  }
  if (std::get<std::string>(*given) != "auto") {
    throw Error(ErrorKind::invalid_argument,
                "sentences is '" + std::get<std::string>(*given) + "'; it must be an int or 'auto'");
  }
  target.auto_sentences = true;
}

/// What counts tokens, from any thread: an int that a callable of a str gives. Options are copied without the
/// GIL, which the callable's own count of references would need.
std::function<std::int64_t(std::string_view)> counter_of(const py::object& counter) {
  if (counter.is_none()) return {};
  const std::shared_ptr<py::object> shared(new py::object(counter), [](py::object* held) {
    const py::gil_scoped_acquire gil;
    delete held;
  });
  return [shared](std::string_view text) {
    const py::gil_scoped_acquire gil;
    const py::object count = (*shared)(py::str(text.data(), text.size()));
    if (!PyIndex_Check(count.ptr())) throw py::type_error("counter gave no int but " + type_name(count));
    const py::ssize_t tokens =
        PyNumber_AsSsize_t(count.ptr(), nullptr);  // the most or least where it is more
    if (tokens < 0)
      throw Error(ErrorKind::invalid_argument,
                  "counter gave " + brief_repr(count) + "; it must be 0 or more");
    return tokens;
  };
}

std::shared_ptr<PyOptions> options_of(
    Named<"sentences", Sentences> sentences, MaybeInt<"words"> words, MaybeInt<"chars"> chars,
    MaybeInt<"bytes"> bytes, MaybeNumber<"ratio"> ratio, MaybeNumber<"seconds"> seconds,
    MaybeInt<"tokens"> tokens, const py::object& counter, Named<"method", std::string> method,
    MaybeText<"strategy"> strategy, MaybeText<"query"> query, MaybeText<"lang"> lang,
    Named<"roles", std::optional<std::vector<std::string>>> roles,
    Named<"min_length", std::int64_t> min_length, Named<"max_length", std::int64_t> max_length,
    Named<"headings", bool> headings,
    Named<"role_weights", std::optional<std::map<std::string, double>>> role_weights,
    Named<"position_weights", std::optional<std::vector<double>>> position_weights, py::object background,
    Named<"vectors", std::optional<FloatRows>> vectors,
    Named<"query_vector", std::optional<FloatRows>> query_vector, const std::optional<std::string>& weights) {
  auto made = std::make_shared<PyOptions>();
  SummarizeOptions& options = made->options;
  set_sentences(sentences, options);
  options.words = words;
  options.chars = chars;
  options.bytes = bytes;
  options.ratio = ratio;
  options.seconds = seconds;
  options.tokens = tokens;
  options.counter = counter_of(counter);
  options.method = method;
  options.strategy = strategy.value.value_or("");
  options.query = query.value.value_or("");
  options.lang = lang_or_empty(lang);
  options.min_length = min_length;
  options.max_length = max_length;
  options.headings = headings;
  if (role_weights.value) {
    for (const auto& [role, weight] : *role_weights.value)
      options.role_weights.emplace_back(role_from_name(role), weight);
  }
  options.position_weights = position_weights.value.value_or(std::vector<double>());
  if (roles.value) {
    if (roles.value->empty())
      throw Error(ErrorKind::invalid_argument, "roles is empty, so that no sentence may compete");
    for (const std::string& role : *roles.value) options.roles.push_back(role_from_name(role));
  }
  if (!background.is_none()) options.background = background.cast<const TfidfModel*>();
  made->background = std::move(background);
  if (vectors.value) {
    made->vectors = matrix_of(*vectors.value);
    options.vectors = &made->vectors;
  }
  if (query_vector.value) {
    made->query_vector.assign(query_vector.value->data(),
                              query_vector.value->data() + query_vector.value->size());
    options.query_vector = made->query_vector;
  }
  if (weights) {
    made->weights = SentenceWeights::from_text(*weights);
    options.weights = &made->weights;
  }
  return made;
}

/// A span of a text, or where there are several, of one of them.
struct Place {
  std::size_t document = 0;
  std::int32_t begin = 0, end = 0;
};
Place place_of(const char* what, const py::handle& item, std::size_t documents) {
  const bool is_one = documents == 1;
  try {
    if (is_one) {
      const auto [begin, end] = item.cast<std::pair<std::int32_t, std::int32_t>>();
      return {0, begin, end};
    }
    const auto [document, begin, end] = item.cast<std::tuple<std::size_t, std::int32_t, std::int32_t>>();
    return {document, begin, end};
  } catch (const py::cast_error&) {
    throw py::type_error(std::string(what) + " has " + brief_repr(item) + "; each is a tuple " +
                         (is_one ? "(begin, end)" : "(document, begin, end)") +
                         " of int, the place of a sentence");
  }
}

/// The rows that a callable of a Sentence wants, or that share a character with one of some places.
std::vector<std::int32_t> rows_of(const char* what, const std::vector<DocumentPtr>& documents,
                                  const py::object& given) {
  std::vector<std::int32_t> rows;
  if (given.is_none()) return rows;
  std::int32_t row = 0;
  if (PyCallable_Check(given.ptr())) {
    for (const DocumentPtr& document : documents) {
      for (const py::handle sentence : py::list(py::cast(document).attr("sentences"))) {
        const py::object wanted = given(sentence);
        const int is_wanted = PyObject_IsTrue(wanted.ptr());
        if (is_wanted < 0) throw py::error_already_set();
        if (is_wanted) rows.push_back(row);
        ++row;
      }
    }
    return rows;
  }
  if (!py::isinstance<py::iterable>(given)) {
    throw py::type_error(std::string(what) + " is " + brief_repr(given) +
                         "; it must be places of sentences, or a callable that tells of a Sentence");
  }
  for (const py::handle item : given) {
    const Place place = place_of(what, item, documents.size());
    bool found = false;
    row = 0;
    for (std::size_t d = 0; d < documents.size(); ++d) {
      for (const Span sentence : documents[d]->sentence_spans()) {
        if (d == place.document && sentence.begin < place.end && sentence.end > place.begin) {
          rows.push_back(row);
          found = true;
        }
        ++row;
      }
    }
    if (!found)
      throw Error(
          ErrorKind::invalid_argument,
          std::string(what) + " has " + py::str(item).cast<std::string>() + ", where no sentence stands");
  }
  return rows;
}

/// The options, with the sentences that must be there and may not.
SummarizeOptions with_rows(const PyOptions& given, const std::vector<DocumentPtr>& documents,
                           const py::object& must_include, const py::object& exclude) {
  SummarizeOptions options = given.options;
  options.must_include = rows_of("must_include", documents, must_include);
  options.exclude = rows_of("exclude", documents, exclude);
  return options;
}

SummaryPtr summarize_one(const py::object& text, const PyOptions& given, const py::object& must_include,
                         const py::object& exclude) {
  const DocumentPtr document = document_of("summarize", text, given.options.lang);
  const SummarizeOptions options = with_rows(given, {document}, must_include, exclude);
  Summary summary;
  run(document->document().text().size(), 1, py::none(),
      [&](const Control& control) { summary = summarize(document->document(), options, control); });
  return std::make_shared<PySummary>(document, std::move(summary));
}

SummaryPtr select_from(const py::object& text,
                       const py::array_t<float, py::array::c_style | py::array::forcecast>& scores,
                       const PyOptions& given, const py::object& must_include, const py::object& exclude) {
  const DocumentPtr document = document_of("select", text, given.options.lang);
  const SummarizeOptions options = with_rows(given, {document}, must_include, exclude);
  const std::span<const float> own(scores.data(), static_cast<std::size_t>(scores.size()));
  Summary summary;
  run(document->document().text().size(), 1, py::none(),
      [&](const Control& control) { summary = summarize(document->document(), own, options, control); });
  return std::make_shared<PySummary>(document, std::move(summary));
}

SummaryPtr summarize_story(const py::list& texts, const py::object& sources, const py::object& dates,
                           const PyOptions& given, const py::object& must_include,
                           const py::object& exclude) {
  std::vector<DocumentPtr> documents;
  std::vector<Document> story;
  std::size_t size = 0;
  for (const py::handle text : texts) {
    documents.push_back(document_of("summarize_together", text, given.options.lang));
    story.push_back(documents.back()->document());
    size += story.back().text().size();
  }
  const SummarizeOptions options = with_rows(given, documents, must_include, exclude);
  Summary summary;
  run(size, 1, py::none(),
      [&](const Control& control) { summary = summarize_together(story, options, control); });
  return std::make_shared<PySummary>(std::move(documents), std::move(summary), sources, dates);
}

enum class Output : std::uint8_t { summary, text, dict };

Output output_of(const std::string& output) {
  if (output == "summary") return Output::summary;
  if (output == "text") return Output::text;
  if (output == "dict") return Output::dict;
  throw Error(ErrorKind::invalid_argument,
              "output is '" + output + "'; it must be 'summary', 'text' or 'dict'");
}

py::object convert(Output output, const py::str& text, Summary&& summary) {
  if (output == Output::text) return py::str(summary.text());
  const Document document = summary.documents()[0];
  const auto kept =
      std::make_shared<PySummary>(std::make_shared<PyDocument>(text, document), std::move(summary));
  return output == Output::summary ? py::cast(kept) : py::object(dict_of(*kept));
}

py::list summarize_list(const py::list& texts, const PyOptions& given,
                        Named<"output", std::string> output_name, std::size_t first_row,
                        Named<"threads", int> threads, const py::object& progress, bool raise_errors) {
  const Output output = output_of(output_name);
  return map_texts<Summary>(
      texts, first_row, threads, progress, raise_errors,
      [&](std::span<const std::string_view> views, const Control& control) {
        return summarize_many(views, given.options, control);
      },
      [&](const py::str& text, Summary&& summary) { return convert(output, text, std::move(summary)); });
}

}  // namespace

void register_summarize(py::module_& module) {
  const SummarizeOptions defaults;
  const py::none none;
  py::class_<PyOptions, std::shared_ptr<PyOptions>>(module, "SummarizeOptions")
      .def(py::init(&options_of), py::kw_only(), py::arg("sentences") = none, py::arg("words") = none,
           py::arg("chars") = none, py::arg("bytes") = none, py::arg("ratio") = none,
           py::arg("seconds") = none, py::arg("tokens") = none, py::arg("counter") = none,
           py::arg("method") = defaults.method, py::arg("strategy") = none, py::arg("query") = none,
           py::arg("lang") = none, py::arg("roles") = none, py::arg("min_length") = defaults.min_length,
           py::arg("max_length") = defaults.max_length, py::arg("headings") = defaults.headings,
           py::arg("role_weights") = none, py::arg("position_weights") = none, py::arg("background") = none,
           py::arg("vectors") = none, py::arg("query_vector") = none, py::arg("weights") = none);
  register_view<PySummarySentence>(module, "SummarySentence",
                                   "A sentence of a Summary. str() is what a person reads of it.")
      .def("__str__", [](const PySummarySentence& s) { return s.document->document().display(s.index); })
      .def_property_readonly(
          "rank", [](const PySummarySentence& s) { return s.sentence.rank; }, "0 is the best.")
      .def_property_readonly(
          "salience", [](const PySummarySentence& s) { return s.sentence.salience; },
          "Its score; comparable within one summary.")
      .def_property_readonly(
          "block", [](const PySummarySentence& s) { return s.sentence.block; }, "Index of its block.")
      .def_property_readonly(
          "role", [](const PySummarySentence& s) { return name(s.sentence.role); }, "The role of its block.")
      .def_property_readonly(
          "chosen", [](const PySummarySentence& s) { return s.sentence.reason == Reason::chosen; },
          "Whether it is in the summary.")
      .def_property_readonly(
          "reason", [](const PySummarySentence& s) { return name(s.sentence.reason); },
          "Why it is in the summary or not: chosen, role, duplicate, redundant, dangling, budget, "
          "salience.")
      .def_property_readonly(
          "dangling", [](const PySummarySentence& s) { return s.sentence.dangling; },
          "Whether it lacks something that was not chosen.")
      .def_property_readonly(
          "flags", [](const PySummarySentence& s) { return py::tuple(flags_of(s.sentence)); },
          "What it lacks where it is dangling: opener (it opens with a word that points back), continued (it "
          "begins inside a quotation), unclosed (it leaves one open), speaker (it is a quotation alone).")
      .def_property_readonly(
          "repeats", [](const PySummarySentence& s) { return repeats_of(*s.of, s.sentence); },
          "Where other sentences say it again: (document, begin, end) each; empty if it is not chosen.")
      .def_property_readonly(
          "document", [](const PySummarySentence& s) { return s.sentence.document; },
          "Index of its document among ``Summary.documents``.")
      .def_property_readonly(
          "source", [](const PySummarySentence& s) { return s.entry_of(s.of->sources); },
          "What its text is called: of ``sources``, else its index among the texts; None for one text.")
      .def_property_readonly(
          "date", [](const PySummarySentence& s) { return s.entry_of(s.of->dates); },
          "The date of its text, of ``dates``, or None.");
  py::class_<PySummary, SummaryPtr> summary(
      module, "Summary",
      "The chosen sentences of a text, in its order; a sequence of SummarySentence.\n\n"
      "str() gives a sentence a line; a notebook shows the article with them marked.");
  def_sequence(
      summary, [](const PySummary& s) { return s.summary.sentences().size(); },
      [](const PySummary& s, std::int32_t index) {
        return view_of(s, s.summary.sentences()[static_cast<std::size_t>(index)]);
      });
  summary
      .def_property_readonly(
          "text", [](const PySummary& s) { return s.summary.text(); },
          "What a person reads: the sentences joined by spaces, white space folded; headings on lines of "
          "their "
          "own.")
      .def_property_readonly(
          "sentences",
          [](const PySummary& s) {
            py::list sentences;
            for (const SummarySentence& chosen : s.summary.sentences()) sentences.append(view_of(s, chosen));
            return sentences;
          },
          "The chosen sentences.")
      .def_property_readonly(
          "all_sentences",
          [](const PySummary& s) {
            py::list sentences;
            for (const SummarySentence& any : s.summary.all_sentences()) sentences.append(view_of(s, any));
            return sentences;
          },
          "Every sentence of the text, chosen or not, with the reason.")
      .def_property_readonly(
          "ranking", [](const PySummary& s) { return s.summary.selection().ranking; },
          "The indexes of all sentences, best first: the chosen ones, then the rest.")
      .def_property_readonly(
          "salience",
          [](const PySummary& s) {
            return take_array(std::vector<float>(s.summary.salience().begin(), s.summary.salience().end()));
          },
          "float32 array, an entry a sentence of the text.")
      .def_property_readonly(
          "notes", &notes_of,
          "What is not as asked: no_text, no_body, budget_too_small, dangling, query_unknown, "
          "graph_cut, must_include, nothing_left.")
      .def_property_readonly(
          "gap", [](const PySummary& s) { return s.summary.selection().gap; },
          "Of a search for the best set (strategy 'concepts'), the share of its worth that this one may "
          "lack: "
          "0 where none is better; None where none was sought.")
      .def_property_readonly(
          "method", [](const PySummary& s) { return s.summary.method(); }, "The method that was used.")
      .def_property_readonly(
          "document",
          [](const PySummary& s) {
            if (s.documents.size() != 1)
              throw py::attribute_error("this Summary is of several documents; see documents");
            return s.documents[0];
          },
          "The Document that was summarized, where it is one.")
      .def_property_readonly(
          "documents", [](const PySummary& s) { return py::tuple(py::cast(s.documents)); },
          "The Documents that were summarized, in the order in which they are read.")
      .def(
          "resize",
          [](const PySummary& s, Named<"sentences", Sentences> sentences, MaybeInt<"words"> words,
             MaybeInt<"chars"> chars, MaybeInt<"bytes"> bytes, MaybeNumber<"ratio"> ratio,
             MaybeNumber<"seconds"> seconds, MaybeInt<"tokens"> tokens, const py::object& counter) {
            Budget budget{.words = words,
                          .chars = chars,
                          .bytes = bytes,
                          .tokens = tokens,
                          .ratio = ratio,
                          .seconds = seconds,
                          .counter = counter_of(counter)};
            set_sentences(sentences, budget);
            return std::make_shared<PySummary>(s.documents, s.summary.resize(budget), s.sources, s.dates);
          },
          py::kw_only(), py::arg("sentences") = py::none(), py::arg("words") = py::none(),
          py::arg("chars") = py::none(), py::arg("bytes") = py::none(), py::arg("ratio") = py::none(),
          py::arg("seconds") = py::none(), py::arg("tokens") = py::none(), py::arg("counter") = py::none(),
          "The summary of another length that `ranking` gives: its first sentences that compete, as many as "
          "fit. At the budget that was asked for it is this summary; another may differ from one that "
          "summarize() chooses anew.")
      .def("records", &records_of, py::kw_only(), py::arg("all") = false,
           "A dict a sentence, with the keys of ``nutgraf summarize --json``; of every sentence with "
           "all=True.")
      .def("explain", &explanation_of, py::arg("index"),
           "Why the sentence of that index, of all sentences, is in the summary or not: its record, with "
           "`parts` "
           "(what its salience adds up from), `top_terms` (its heaviest terms and their weights) and "
           "`nearest` "
           "(the indexes of the sentences most like it and their cosines).")
      .def("to_dict", &dict_of, "method, notes, text and the records of the chosen sentences.")
      .def("to_html", &html_of, "The article with the chosen sentences marked, all text escaped.")
      .def("_repr_html_", &html_of)
      .def(
          "report", [](const PySummary& s) { return to_report(s.summary); },
          "The summary, and what was left out and why, as text.")
      .def("__str__", [](const PySummary& s) { return lines_of(s.summary); })
      .def("__repr__",
           [](const PySummary& s) {
             return "<Summary: " + std::to_string(s.summary.sentences().size()) + " of " +
                    std::to_string(s.summary.salience().size()) + " sentences, method '" +
                    s.summary.method() + "'>";
           })
      .def("__eq__",
           [](const PySummary& a, const py::object& b) {
             return py::isinstance<PySummary>(b) &&
                    py::make_tuple(to_state(a)).equal(py::make_tuple(to_state(*b.cast<SummaryPtr>())));
           })
      .def("__hash__", [](const PySummary& s) { return py::hash(py::str(s.summary.text())); })
      .def(py::pickle(&to_state, &from_state));
  module.def("summarize", &summarize_one, py::arg("text"), py::arg("options"), py::arg("must_include"),
             py::arg("exclude"));
  module.def("select", &select_from, py::arg("text"), py::arg("salience"), py::arg("options"),
             py::arg("must_include"), py::arg("exclude"));
  module.def("summarize_together", &summarize_story, py::arg("texts"), py::arg("sources"), py::arg("dates"),
             py::arg("options"), py::arg("must_include"), py::arg("exclude"));
  module.def("summarize_list", &summarize_list, py::arg("texts"), py::arg("options"), py::arg("output"),
             py::arg("first_row"), py::arg("threads"), py::arg("progress"), py::arg("raise_errors"));
  module.def(
      "auto_length",
      [](double words_in_all) {
        const AutoLength found = auto_length(words_in_all);
        return py::make_tuple(found.least, found.most);
      },
      py::arg("words_in_all"));
  module.def("summarize_options", [] {
    py::list options;
    for (const OptionInfo& o : summarize_options())
      options.append(py::make_tuple(o.name, o.type, o.default_value, o.help));
    return options;
  });
  py::list roles;
  for (const auto role : role_names) roles.append(role);
  module.attr("ROLES") = py::tuple(roles);
}

}  // namespace nutgraf::python
