#include "call.h"
#include "convert.h"
#include "named.h"

namespace nutgraf::python {
namespace {

using Ints = py::array_t<std::int32_t, py::array::c_style>;

Metric metric_of(const std::string& name) {
  if (name == "cosine") return Metric::cosine;
  if (name == "jaccard") return Metric::jaccard;
  if (name == "overlap") return Metric::overlap;
  return Metric::dot;
}

/// The arrays of a csr_matrix; they must be contiguous.
struct Csr {
  Ints indptr, indices;
  py::array data;
  std::int32_t columns;

  explicit Csr(const py::tuple& parts)
      : indptr(parts[0].cast<Ints>()),
        indices(parts[1].cast<Ints>()),
        data(parts[2].cast<py::array>()),
        columns(parts[3].cast<std::int32_t>()) {}

  template <typename Scalar>
  SparseRows<Scalar> rows() const {
    const auto ints = [](const Ints& array) {
      return std::span<const std::int32_t>(array.data(), static_cast<std::size_t>(array.size()));
    };
    const auto values = py::cast<py::array_t<Scalar, py::array::c_style>>(data);
    return {ints(indptr), ints(indices), {values.data(), static_cast<std::size_t>(values.size())}, columns};
  }
};

template <typename Scalar>
py::tuple similar(const Csr& x, const Csr& y, const SimilarityOptions& options, int threads) {
  SimilarPairs pairs;
  const SparseRows<Scalar> rows_x = x.rows<Scalar>(), rows_y = y.rows<Scalar>();
  run(rows_x.values.size_bytes() + rows_y.values.size_bytes(), threads, py::none(),
      [&](const Control& control) { pairs = similar_rows(rows_x, rows_y, options, control); });
  return py::make_tuple(take_array(std::move(pairs.values)), take_array(std::move(pairs.columns)),
                        take_array(std::move(pairs.row_begin)), py::make_tuple(rows_x.rows(), rows_y.rows()));
}

}  // namespace

void register_similarity(py::module_& module) {
  module.def(
      "similar_rows",
      [](const py::tuple& x, const py::tuple& y, Named<"metric", std::string> metric,
         Named<"threshold", double> threshold, Named<"top_k", std::int32_t> top_k,
         Named<"max_pairs", std::int64_t> most_pairs, Named<"threads", int> threads) {
        const Csr csr_x(x), csr_y(y);
        const SimilarityOptions options{metric_of(metric), threshold, top_k, most_pairs};
        return py::isinstance<py::array_t<float>>(csr_x.data)
                   ? similar<float>(csr_x, csr_y, options, threads)
                   : similar<double>(csr_x, csr_y, options, threads);
      },
      py::arg("x"), py::arg("y"), py::arg("metric"), py::arg("threshold"), py::arg("top_k"),
      py::arg("most_pairs"), py::arg("threads"));
}

}  // namespace nutgraf::python
