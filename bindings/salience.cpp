#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"

namespace nutgraf::python {
namespace {

py::tuple salience_of(const py::object& text, const std::string& method, const std::string& query,
                      const TfidfModel* background, const std::optional<FloatRows>& vectors,
                      const std::optional<FloatRows>& query_vector, double damping, double threshold,
                      std::int32_t max_neighbors, std::int32_t max_postings,
                      const std::optional<std::string>& lang) {
  utf8_of(py::str(query));
  const DocumentPtr document = document_of("salience", text, lang_or_empty(lang));
  SalienceOptions options{.damping = damping,
                          .query = query,
                          .threshold = threshold,
                          .max_neighbors = max_neighbors,
                          .max_postings = max_postings};
  SparseMatrix own;
  if (vectors) {
    own = matrix_of(*vectors);
    options.vectors = &own;
  }
  if (query_vector)
    options.query_vector = {query_vector->data(), static_cast<std::size_t>(query_vector->size())};
  Salience found;
  run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
    const std::span<const Document> one(&document->document(), 1);
    found = salience(one, sentence_vectors(one, {}, {}, background, control), method, options, control);
  });
  return py::make_tuple(take_array(std::move(found.scores)), found.is_cut, found.query_is_unknown);
}

}  // namespace

void register_salience(py::module_& module) {
  module.def("salience", &salience_of, py::arg("text"), py::arg("method"), py::arg("query"),
             py::arg("background"), py::arg("vectors"), py::arg("query_vector"), py::arg("damping"),
             py::arg("threshold"), py::arg("max_neighbors"), py::arg("max_postings"), py::arg("lang"));
  py::list names;
  for (const auto method : methods()) names.append(method);
  module.attr("METHODS") = py::tuple(names);
}

}  // namespace nutgraf::python
