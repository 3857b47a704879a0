#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"
#include "named.h"
#include "summaries.h"

namespace nutgraf::python {
namespace {

using Row = std::tuple<std::string, double, double, double, double, double, double, double, double,
                       std::array<double, 10>>;

Row to_tuple(const EvaluationRow& row) {
  return {row.system,       row.rouge1,        row.rouge2,   row.rouge_lsum, row.gain,
          row.interval.low, row.interval.high, row.dangling, row.redundancy, row.places};
}

EvaluationRow from_tuple(const Row& row) {
  const auto& [system, one, two, lines, gain, low, high, dangling, said_again, places] = row;
  return {.system = system,
          .rouge1 = one,
          .rouge2 = two,
          .rouge_lsum = lines,
          .gain = gain,
          .interval = {low, high},
          .dangling = dangling,
          .redundancy = said_again,
          .places = places};
}

std::vector<Row> rows_of(const Evaluation& evaluation) {
  std::vector<Row> rows;
  for (const EvaluationRow& row : evaluation.rows) rows.push_back(to_tuple(row));
  return rows;
}

struct Given {
  std::vector<Example> examples;
  std::size_t bytes = 0;
};

Given examples_of(const std::string& caller, const py::list& texts, const py::list& references,
                  const std::string& lang) {
  Given given;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Example& example = given.examples.emplace_back();
    example.document = document_of(caller, texts[i], lang)->document();
    given.bytes += example.document.text().size();
    for (const py::handle reference : references[i].cast<py::list>()) {
      if (!py::isinstance<py::str>(reference))
        throw_type_error(caller, reference, "give str, or lists of str, for what should be said");
      example.references.emplace_back(utf8_of(reference));
    }
  }
  return given;
}

Evaluation evaluation_of(const py::list& texts, const py::list& references,
                         Named<"methods", std::vector<std::string>> methods, const PyOptions& options,
                         Named<"threads", int> threads, const py::object& progress) {
  const std::vector<std::string_view> named(methods.value.begin(), methods.value.end());
  const Given given = examples_of("evaluate", texts, references, options.options.lang);
  Evaluation found;
  run(given.bytes, threads, progress,
      [&](const Control& control) { found = evaluate(given.examples, named, options.options, control); });
  return found;
}

/// The report, the weights, the advice, and the number of sentences or None.
py::tuple fitted(const py::list& texts, const py::list& references, const PyOptions& options,
                 Named<"threads", int> threads, const py::object& progress) {
  const Given given = examples_of("fit", texts, references, options.options.lang);
  Fitted found;
  run(given.bytes, threads, progress,
      [&](const Control& control) { found = fit(given.examples, options.options, control); });
  return py::make_tuple(found.report, found.weights.weights, found.advice, found.options.sentences);
}

}  // namespace

void register_evaluation(py::module_& module) {
  py::class_<Evaluation>(module, "Evaluation")
      .def_property_readonly("rows", &rows_of)
      .def_readonly("texts", &Evaluation::texts)
      .def_property_readonly("best", &Evaluation::best)
      .def_property_readonly("verdict", &Evaluation::verdict)
      .def_property_readonly("table", [](const Evaluation& e) { return to_table(e); })
      .def_property_readonly("html", [](const Evaluation& e) { return to_html(e); })
      .def(py::pickle([](const Evaluation& e) { return py::make_tuple(e.texts, rows_of(e)); },
                      [](const py::tuple& state) {
                        Evaluation found{.texts = state[0].cast<std::int64_t>()};
                        for (const Row& row : state[1].cast<std::vector<Row>>())
                          found.rows.push_back(from_tuple(row));
                        return found;
                      }));
  py::list compared;
  for (const std::string_view method : compared_methods) compared.append(method);
  module.attr("COMPARED_METHODS") = py::tuple(compared);
  module.def("evaluate", &evaluation_of, py::arg("texts"), py::arg("references"), py::arg("methods"),
             py::arg("options"), py::arg("threads"), py::arg("progress"));
  module.def("fit", &fitted, py::arg("texts"), py::arg("references"), py::arg("options"), py::arg("threads"),
             py::arg("progress"));
}

}  // namespace nutgraf::python
