#include <pybind11/stl.h>

#include "call.h"
#include "convert.h"

namespace nutgraf::python {
namespace {

/// The arrays of a matrix as (data, indices, indptr, shape), over the matrix's own memory, which a capsule
/// keeps.
template <typename Scalar>
py::tuple take_csr(Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int>&& matrix) {
  using Matrix = Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int>;
  auto* kept = new Matrix(std::move(matrix));
  const py::capsule owner(kept, [](void* p) { delete static_cast<Matrix*>(p); });
  const auto entries = static_cast<py::ssize_t>(kept->nonZeros());
  return py::make_tuple(
      py::array_t<Scalar>(entries, kept->valuePtr(), owner),
      py::array_t<int>(entries, kept->innerIndexPtr(), owner),
      py::array_t<int>(static_cast<py::ssize_t>(kept->rows()) + 1, kept->outerIndexPtr(), owner),
      py::make_tuple(kept->rows(), kept->cols()));
}

struct Texts {
  py::object kept;  ///< holds the texts alive
  std::vector<std::string_view> views{};
  std::size_t bytes = 0;
};

/// The texts of a list, or the sentences of a Document.
Texts texts_of(const py::object& given) {
  Texts texts{.kept = given};
  if (py::isinstance<PyDocument>(given)) {
    const Document& document = given.cast<DocumentPtr>()->document();
    for (const Span s : document.sentence_spans()) texts.views.push_back(document.slice(s));
  } else {
    std::size_t row = 0;
    for (const py::handle item : given.cast<py::list>()) {
      if (!py::isinstance<py::str>(item)) {
        throw py::type_error("text " + std::to_string(row) + " is no str but " +
                             py::str(py::type::of(item).attr("__name__")).cast<std::string>());
      }
      try {
        texts.views.push_back(utf8_of(item));
      } catch (const Error& error) {
        throw of_text(row, error);
      }
      ++row;
    }
  }
  for (const auto view : texts.views) texts.bytes += view.size();
  return texts;
}

Norm norm_of(const std::optional<std::string>& norm) {
  if (!norm) return Norm::none;
  if (*norm == "l1") return Norm::l1;
  if (*norm == "l2") return Norm::l2;
  throw Error(ErrorKind::invalid_argument, "norm is '" + *norm + "'; it must be 'l1', 'l2' or None");
}

template <typename Scalar>
py::tuple weigh(const TermCounts& counts, const TfidfModel& model, const TfidfOptions& options) {
  Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> matrix;
  run(counts.ids.size() * sizeof(Scalar), 1, py::none(),
      [&](const Control& control) { matrix = tfidf<Scalar>(counts, model, options, control); });
  return take_csr(std::move(matrix));
}

py::tuple weigh(const TermCounts& counts, const TfidfModel& model, const TfidfOptions& options, bool single) {
  return single ? weigh<float>(counts, model, options) : weigh<double>(counts, model, options);
}

}  // namespace

void register_vectors(py::module_& module) {
  py::class_<TfidfOptions>(module, "TfidfOptions")
      .def(py::init(
               [](const std::optional<std::string>& norm, bool use_idf, bool smooth_idf, bool sublinear_tf) {
                 return TfidfOptions{norm_of(norm), use_idf, smooth_idf, sublinear_tf};
               }),
           py::arg("norm"), py::arg("use_idf"), py::arg("smooth_idf"), py::arg("sublinear_tf"));
  py::class_<AnalyzerOptions>(module, "AnalyzerOptions")
      .def(py::init([](bool lowercase, std::vector<std::string> stop) {
             return AnalyzerOptions{lowercase, std::move(stop)};
           }),
           py::arg("lowercase"), py::arg("stop_words"));
  py::class_<TfidfModel>(module, "TfidfModel")
      .def_static(
          "fit_transform",
          [](const py::object& given, const AnalyzerOptions& analyzer, const TfidfOptions& options,
             bool single) {
            const Texts texts = texts_of(given);
            TermCounts counts;
            TfidfModel model;
            run(texts.bytes, 1, py::none(), [&](const Control& control) {
              counts = count_terms(texts.views, analyzer, nullptr, control);
              model = TfidfModel::fit(counts, control);
            });
            const py::tuple matrix = weigh(counts, model, options, single);
            return py::make_tuple(std::move(model), matrix);
          },
          py::arg("texts"), py::arg("analyzer"), py::arg("options"), py::arg("single"))
      .def(
          "transform",
          [](const TfidfModel& model, const py::object& given, const AnalyzerOptions& analyzer,
             const TfidfOptions& options, bool single) {
            const Texts texts = texts_of(given);
            TermCounts counts;
            run(texts.bytes, 1, py::none(), [&](const Control& control) {
              counts = count_terms(texts.views, analyzer, &model.vocabulary(), control);
            });
            return weigh(counts, model, options, single);
          },
          py::arg("texts"), py::arg("analyzer"), py::arg("options"), py::arg("single"))
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
  module.def("stop_words", [](const std::string& lang) {
    std::vector<std::string> words;
    for (const auto word : stop_words(lang)) words.emplace_back(word);
    return words;
  });
}

}  // namespace nutgraf::python
