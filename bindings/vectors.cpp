#include <pybind11/stl.h>

#include "arrow.h"
#include "call.h"
#include "convert.h"
#include "named.h"

namespace nutgraf::python {
namespace {

Norm norm_of(const std::optional<std::string>& norm) {
  if (!norm) return Norm::none;
  if (*norm == "l1") return Norm::l1;
  if (*norm == "l2") return Norm::l2;
  throw Error(ErrorKind::invalid_argument, "norm is '" + *norm + "'; it must be 'l1', 'l2' or None");
}

template <typename T, int flags>
std::span<const T> span_of(const py::array_t<T, flags>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

using IntArray = py::array_t<int, py::array::c_style>;

/// Calls weigh(values, control) with the data of a csr_matrix, which it changes in place.
template <typename Weigh>
void weigh_in_place(const py::array& given, Weigh weigh) {
  const auto call = [&]<typename Scalar>(py::array_t<Scalar, 0> data) {
    const std::span<Scalar> values(data.mutable_data(), static_cast<std::size_t>(data.size()));
    run(values.size_bytes(), 1, py::none(), [&](const Control& control) { weigh(values, control); });
  };
  if (py::isinstance<py::array_t<float>>(given)) return call(py::cast<py::array_t<float, 0>>(given));
  if (py::isinstance<py::array_t<double>>(given)) return call(py::cast<py::array_t<double, 0>>(given));
  throw py::type_error("data is no float32 or float64");
}

}  // namespace

void register_vectors(py::module_& module) {
  py::class_<TfidfOptions>(module, "TfidfOptions")
      .def(py::init([](MaybeText<"norm"> norm, Named<"use_idf", bool> use_idf,
                       Named<"smooth_idf", bool> smooth_idf, Named<"sublinear_tf", bool> sublinear_tf) {
             return TfidfOptions{norm_of(norm), use_idf, smooth_idf, sublinear_tf};
           }),
           py::arg("norm"), py::arg("use_idf"), py::arg("smooth_idf"), py::arg("sublinear_tf"));
  py::class_<TfidfModel>(module, "TfidfModel")
      .def_static(
          "of_terms",
          [](Named<"vocabulary", std::vector<py::str>> terms) {
            Vocabulary vocabulary;
            for (const py::str& term : terms.value) vocabulary.add(utf8_of(term));
            return TfidfModel::fit(TermStatistics::of_terms(std::move(vocabulary)));
          },
          py::arg("terms"))
      .def_property_readonly("statistics", [](const TfidfModel& model) { return model.statistics(); })
      .def("__len__", [](const TfidfModel& model) { return model.vocabulary().size(); })
      .def("terms",
           [](const TfidfModel& model) {
             py::list terms;
             for (std::int32_t id = 0; id < model.vocabulary().size(); ++id)
               terms.append(model.vocabulary().term(id));
             return terms;
           })
      .def(
          "idf", [](const TfidfModel& model, bool smooth) { return take_array(model.idf(smooth)); },
          py::arg("smooth"))
      .def("to_bytes", [](const TfidfModel& model) { return py::bytes(model.to_bytes()); })
      .def_static("from_bytes",
                  [](const py::bytes& bytes) { return TfidfModel::from_bytes(std::string_view(bytes)); });
  module.def(
      "idf",
      [](const py::array_t<std::int64_t, py::array::c_style>& df, std::int64_t rows, bool smooth) {
        return take_array(inverse_document_frequencies(span_of(df), rows, smooth));
      },
      py::arg("document_frequencies"), py::arg("rows"), py::arg("smooth"));
  module.def(
      "weigh_data",
      [](const IntArray& indptr, const IntArray& indices, const py::array& data,
         const std::optional<py::array_t<double>>& idf, const TfidfOptions& options) {
        weigh_in_place(data, [&](auto values, const Control& control) {
          weigh_rows(span_of(indptr), span_of(indices), values,
                     idf ? span_of(*idf) : std::span<const double>(), options, control);
        });
      },
      py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("idf"), py::arg("options"));
  module.def(
      "bm25_idf",
      [](const py::array_t<std::int64_t, py::array::c_style>& df, std::int64_t rows) {
        return take_array(bm25_idf(span_of(df), rows));
      },
      py::arg("document_frequencies"), py::arg("rows"));
  module.def(
      "weigh_bm25",
      [](const IntArray& indptr, const IntArray& indices, const py::array& data,
         const py::array_t<double>& idf, double average_length, Named<"k1", double> k1,
         Named<"b", double> b) {
        weigh_in_place(data, [&](auto values, const Control& control) {
          weigh_bm25(span_of(indptr), span_of(indices), values, span_of(idf), average_length, {k1, b},
                     control);
        });
      },
      py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("idf"), py::arg("average_length"),
      py::arg("k1"), py::arg("b"));
  module.def("arrow_rows", &arrow_rows, py::arg("data"), py::arg("indices"), py::arg("indptr"));
}

}  // namespace nutgraf::python
