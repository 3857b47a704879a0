#include <pybind11/stl.h>

#include <algorithm>
#include <cmath>

#include "call.h"
#include "convert.h"
#include "many.h"
#include "named.h"

namespace nutgraf::python {
namespace {

/// A Keyphrase with its spans in code points.
struct PyKeyphrase {
  Keyphrase phrase;
  Span first() const { return phrase.spans.front(); }
};

/// Turns the bytes of all spans into code points of the text, in one walk.
void count_code_points(std::string_view utf8, std::vector<Keyphrase>& phrases) {
  std::vector<std::int32_t*> offsets;
  for (Keyphrase& phrase : phrases) {
    for (Span& span : phrase.spans) offsets.insert(offsets.end(), {&span.begin, &span.end});
  }
  std::ranges::sort(offsets, {}, [](const std::int32_t* offset) { return *offset; });
  std::int32_t at = 0, index = 0;
  for (std::int32_t* const offset : offsets) {
    for (; at < *offset; ++at) index += (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80;
    *offset = index;
  }
}

py::list list_of(const py::str& text, std::vector<Keyphrase>&& phrases) {
  if (!PyUnicode_IS_ASCII(text.ptr())) count_code_points(utf8_of(text), phrases);
  py::list list;
  for (Keyphrase& phrase : phrases) list.append(PyKeyphrase{std::move(phrase)});
  return list;
}

KeyphraseOptions options_of(std::int32_t top, const std::optional<std::string>& lang) {
  return {.top = top, .lang = lang_or_empty(lang)};
}

py::tuple to_state(const PyKeyphrase& p) {
  std::vector<std::pair<std::int32_t, std::int32_t>> spans;
  for (const Span span : p.phrase.spans) spans.emplace_back(span.begin, span.end);
  return py::make_tuple(p.phrase.text, p.phrase.score, spans);
}

PyKeyphrase from_state(const py::tuple& state) {
  PyKeyphrase made{{.text = state[0].cast<std::string>(), .score = state[1].cast<double>()}};
  for (const auto& [begin, end] : state[2].cast<std::vector<std::pair<std::int32_t, std::int32_t>>>())
    made.phrase.spans.push_back({begin, end});
  if (made.phrase.spans.empty()) {
    throw Error(ErrorKind::corrupt_file, "the pickled Keyphrase has no span");
  }
  return made;
}

std::string shown(const PyKeyphrase& p) {
  const py::str text(fold_white_space(p.phrase.text));
  const std::size_t count = p.phrase.spans.size();
  return "<Keyphrase: " + py::repr(text).cast<std::string>() + ", " + std::to_string(count) +
         (count == 1 ? " time" : " times") + ", score " +
         py::str("{:.4g}").format(p.phrase.score).cast<std::string>() + ">";
}

}  // namespace

void register_keyphrases(py::module_& module) {
  py::class_<PyKeyphrase>(module, "Keyphrase",
                          "A phrase that names what a text is about. str() folds its white space.\n\n"
                          "``text[p.begin:p.end] == p.text`` for the text it was found in.")
      .def_property_readonly(
          "text", [](const PyKeyphrase& p) { return p.phrase.text; },
          "The phrase as it stands where it occurs first, verbatim.")
      .def_property_readonly(
          "score", [](const PyKeyphrase& p) { return p.phrase.score; },
          "Above 0, and comparable within one text alone.")
      .def_property_readonly(
          "spans",
          [](const py::object& self) {
            return span_array(self.cast<const PyKeyphrase&>().phrase.spans, self);
          },
          "(n_occurrences, 2) int32 array, read-only: where it stands, in the order of the text.")
      .def_property_readonly(
          "begin", [](const PyKeyphrase& p) { return p.first().begin; },
          "Index of the first character of its first occurrence.")
      .def_property_readonly(
          "end", [](const PyKeyphrase& p) { return p.first().end; },
          "Index after the last character of its first occurrence.")
      .def("__str__", [](const PyKeyphrase& p) { return fold_white_space(p.phrase.text); })
      .def("__repr__", &shown)
      .def("__eq__",
           [](const PyKeyphrase& a, const py::object& b) {
             return py::isinstance<PyKeyphrase>(b) && a.phrase == b.cast<const PyKeyphrase&>().phrase;
           })
      .def("__hash__", [](const PyKeyphrase& p) { return py::hash(py::str(p.phrase.text)); })
      .def(py::pickle(&to_state, &from_state));

  module.def(
      "keyphrases",
      [](const py::object& text, Named<"top", std::int32_t> top, MaybeText<"lang"> lang) {
        const DocumentPtr document = document_of("keyphrases", text, lang_or_empty(lang));
        std::vector<Keyphrase> found;
        run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
          found = keyphrases(document->document(), options_of(top, {}), control);
        });
        return list_of(document->text(), std::move(found));
      },
      py::arg("text"), py::arg("top"), py::arg("lang"));
  module.def(
      "keyphrases_list",
      [](const py::list& texts, Named<"top", std::int32_t> top, MaybeText<"lang"> lang,
         Named<"threads", int> threads, const py::object& progress, bool raise_errors) {
        const KeyphraseOptions options = options_of(top, lang);
        return map_texts<std::vector<Keyphrase>>(
            texts, 0, threads, progress, raise_errors,
            [&](std::span<const std::string_view> views, const Control& control) {
              return keyphrases_many(views, options, control);
            },
            [](const py::str& text, std::vector<Keyphrase>&& found) {
              return py::object(list_of(text, std::move(found)));
            });
      },
      py::arg("texts"), py::arg("top"), py::arg("lang"), py::arg("threads"), py::arg("progress"),
      py::arg("raise_errors"));
}

}  // namespace nutgraf::python
