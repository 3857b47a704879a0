#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"
#include "named.h"

namespace nutgraf::python {
namespace {

py::tuple salience_of(const py::object& text, Named<"method", std::string> method,
                      Named<"query", std::string> query, const TfidfModel* background,
                      Named<"vectors", std::optional<FloatRows>> vectors,
                      Named<"query_vector", std::optional<FloatRows>> query_vector,
                      Named<"damping", double> damping, Named<"threshold", double> threshold,
                      Named<"max_neighbors", std::int32_t> max_neighbors,
                      Named<"max_postings", std::int32_t> max_postings, Named<"share", double> share,
                      MaybeText<"lang"> lang) {
  utf8_of(py::str(query.value));
  const DocumentPtr document = document_of("salience", text, lang_or_empty(lang));
  SalienceOptions options{.damping = damping,
                          .query = query,
                          .threshold = threshold,
                          .max_neighbors = max_neighbors,
                          .max_postings = max_postings,
                          .share = share};
  SparseMatrix own;
  if (vectors.value) {
    own = matrix_of(*vectors.value);
    options.vectors = &own;
  }
  if (query_vector.value)
    options.query_vector = {query_vector.value->data(), static_cast<std::size_t>(query_vector.value->size())};
  Salience found;
  run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
    const std::span<const Document> one(&document->document(), 1);
    found = salience(one, sentence_vectors(one, {}, {}, background, control), method.value, options, control);
  });
  return py::make_tuple(take_array(std::move(found.scores)), found.is_cut, found.query_is_unknown);
}

/// The features of sentences, (n, features), and which of them vote.
py::tuple features_of(const py::object& text, double share, const std::optional<std::string>& lang) {
  const DocumentPtr document = document_of("sentence_features", text, lang_or_empty(lang));
  SentenceFeatureTable found;
  run(document->document().text().size(), 1, py::none(), [&](const Control& control) {
    const std::span<const Document> one(&document->document(), 1);
    found = sentence_features(one, sentence_vectors(one, {}, {}, nullptr, control), share, control);
  });
  const auto rows = static_cast<py::ssize_t>(found.has_vote.size());
  return py::make_tuple(take_array(std::move(found.values))
                            .reshape({rows, static_cast<py::ssize_t>(sentence_feature_names().size())}),
                        take_array(std::move(found.has_vote)));
}

}  // namespace

void register_salience(py::module_& module) {
  module.def("salience", &salience_of, py::arg("text"), py::arg("method"), py::arg("query"),
             py::arg("background"), py::arg("vectors"), py::arg("query_vector"), py::arg("damping"),
             py::arg("threshold"), py::arg("max_neighbors"), py::arg("max_postings"), py::arg("share"),
             py::arg("lang"));
  module.def("sentence_features", &features_of, py::arg("text"), py::arg("share"), py::arg("lang"));
  py::list features;
  for (const auto feature : sentence_feature_names()) features.append(feature);
  module.attr("SENTENCE_FEATURES") = py::tuple(features);
  py::list names;
  for (const auto method : methods()) names.append(method);
  module.attr("METHODS") = py::tuple(names);
}

}  // namespace nutgraf::python
