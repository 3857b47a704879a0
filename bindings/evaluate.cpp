#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"
#include "named.h"

namespace nutgraf::python {
namespace {

/// ROUGE's options and types as Python gives them.
struct PyRouge {
  std::vector<std::string> types;
  RougeOptions options;

  std::vector<std::string_view> type_views() const { return {types.begin(), types.end()}; }
};

RougeReferences references_from_name(const std::string& given) {
  if (given == "best") return RougeReferences::best;
  if (given == "jackknife") return RougeReferences::jackknife;
  throw Error(ErrorKind::invalid_argument, "multi is '" + given + "'; it must be 'best' or 'jackknife'");
}

RougeWords words_from_name(const std::string& given) {
  if (given == "ascii") return RougeWords::ascii;
  if (given == "unicode") return RougeWords::unicode;
  throw Error(ErrorKind::invalid_argument, "tokens is '" + given + "'; it must be 'ascii' or 'unicode'");
}

PyRouge rouge_options(Named<"types", std::vector<std::string>> types, Named<"use_stemmer", bool> use_stemmer,
                      Named<"tokens", std::string> tokens, Named<"multi", std::string> multi,
                      Named<"stop_words", std::vector<std::string>> stop_words,
                      Named<"max_words", std::int64_t> max_words,
                      Named<"max_bytes", std::int64_t> max_bytes) {
  return {std::move(types.value),
          {.use_stemmer = use_stemmer,
           .words = words_from_name(tokens.value),
           .references = references_from_name(multi.value),
           .stop_words = std::move(stop_words.value),
           .max_words = max_words,
           .max_bytes = max_bytes}};
}

std::vector<std::string_view> views_of(const py::list& texts, const char* caller, const char* instead) {
  std::vector<std::string_view> views;
  for (const py::handle text : texts) {
    if (!py::isinstance<py::str>(text)) throw_type_error(caller, text, instead);
    views.push_back(utf8_of(text));
  }
  return views;
}

/// Precision, recall and F for each type.
py::list scores_of(const py::str& prediction, const py::list& references, const PyRouge& given) {
  const std::vector<std::string_view> views = views_of(references, "rouge", "give str");
  py::list found;
  for (const RougeScore& score : rouge(utf8_of(prediction), views, given.type_views(), given.options))
    found.append(py::make_tuple(score.precision, score.recall, score.fmeasure));
  return found;
}

/// The same for many: shape (predictions, types, 3).
py::array_t<double> scores_of_many(const py::list& predictions, const py::list& references,
                                   const PyRouge& given, Named<"threads", int> threads,
                                   const py::object& progress) {
  const std::vector<std::string_view> predicted = views_of(predictions, "rouge_many", "give str");
  std::vector<std::vector<std::string_view>> referred;
  std::size_t bytes = 0;
  for (const std::string_view text : predicted) bytes += text.size();
  for (const py::handle some : references)
    referred.push_back(views_of(some.cast<py::list>(), "rouge_many", "give str, or lists of str"));
  std::vector<std::vector<RougeScore>> scores;
  run(bytes, threads, progress, [&](const Control& control) {
    scores = rouge_many(predicted, referred, given.type_views(), given.options, control);
  });
  py::array_t<double> found({static_cast<py::ssize_t>(scores.size()),
                             static_cast<py::ssize_t>(given.types.size()), py::ssize_t{3}});
  auto at = found.mutable_unchecked<3>();
  for (std::size_t row = 0; row < scores.size(); ++row) {
    for (std::size_t i = 0; i < scores[row].size(); ++i) {
      const auto r = static_cast<py::ssize_t>(row), t = static_cast<py::ssize_t>(i);
      at(r, t, 0) = scores[row][i].precision;
      at(r, t, 1) = scores[row][i].recall;
      at(r, t, 2) = scores[row][i].fmeasure;
    }
  }
  return found;
}

std::vector<std::int32_t> oracle_rows(const DocumentPtr& document, const py::list& references,
                                      std::int32_t sentences, bool exact, const PyRouge& given) {
  const std::vector<std::string_view> views = views_of(references, "oracle", "give str");
  std::vector<std::int32_t> rows;
  run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
    rows = oracle(document->document(), views,
                  {.sentences = sentences,
                   .search = exact ? OracleSearch::exact : OracleSearch::greedy,
                   .types = given.types,
                   .rouge = given.options},
                  control);
  });
  return rows;
}

}  // namespace

void register_evaluate(py::module_& module) {
  py::class_<PyRouge>(module, "RougeOptions")
      .def(py::init(&rouge_options), py::arg("types"), py::arg("use_stemmer"), py::arg("tokens"),
           py::arg("multi"), py::arg("stop_words"), py::arg("max_words"), py::arg("max_bytes"));
  module.def("rouge", &scores_of, py::arg("prediction"), py::arg("references"), py::arg("options"));
  module.def("rouge_many", &scores_of_many, py::arg("predictions"), py::arg("references"), py::arg("options"),
             py::arg("threads"), py::arg("progress"));
  module.def(
      "oracle",
      [](const py::object& text, MaybeText<"lang"> lang, const py::list& references,
         Named<"sentences", std::int32_t> sentences, Named<"exact", bool> exact, const PyRouge& given) {
        const DocumentPtr document = document_of("oracle", text, lang_or_empty(lang));
        return py::make_tuple(document, oracle_rows(document, references, sentences, exact, given));
      },
      py::arg("text"), py::arg("lang"), py::arg("references"), py::arg("sentences"), py::arg("exact"),
      py::arg("options"));
  module.def(
      "extractiveness",
      [](const py::str& text, const py::str& summary, const PyRouge& given) {
        const Extractiveness found = extractiveness(utf8_of(text), utf8_of(summary), given.options);
        return py::make_tuple(found.coverage, found.density, found.compression, found.novelty);
      },
      py::arg("text"), py::arg("summary"), py::arg("options"));
  module.def(
      "redundancy",
      [](const py::str& summary, const PyRouge& given) {
        return redundancy(utf8_of(summary), given.options);
      },
      py::arg("summary"), py::arg("options"));
  module.def(
      "bootstrap_interval",
      [](Named<"values", std::vector<double>> values, Named<"level", double> level,
         Named<"samples", std::int32_t> samples) {
        const Interval found = bootstrap_interval(values.value, level, samples);
        return py::make_tuple(found.low, found.high);
      },
      py::arg("values"), py::arg("level"), py::arg("samples"));
  module.def("porter_stem", &porter_stem, py::arg("word"));
}

}  // namespace nutgraf::python
