#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"

namespace nutgraf::python {
namespace {

using FloatRows = py::array_t<float, py::array::c_style | py::array::forcecast>;

/// A dense array as rows; what is 0 is no entry.
SparseMatrix matrix_of(const FloatRows& given) {
  if (given.ndim() != 2)
    throw Error(ErrorKind::invalid_argument, "vectors has " + std::to_string(given.ndim()) +
                                                 " dimensions; it must have two, a row a sentence");
  const auto values = given.unchecked<2>();
  SparseMatrix matrix(static_cast<Eigen::Index>(given.shape(0)), static_cast<Eigen::Index>(given.shape(1)));
  matrix.reserve(static_cast<Eigen::Index>(given.size()));
  for (py::ssize_t row = 0; row < given.shape(0); ++row) {
    matrix.startVec(row);
    for (py::ssize_t column = 0; column < given.shape(1); ++column) {
      if (values(row, column) != 0) matrix.insertBack(row, column) = values(row, column);
    }
  }
  matrix.finalize();
  return matrix;
}

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
