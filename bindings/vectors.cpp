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

/// Rows of texts, or of terms that a callable has found.
struct Rows {
  py::object kept;  ///< holds the str objects alive
  std::vector<std::string_view> texts{};
  std::vector<std::vector<std::string_view>> terms{};
  bool are_terms = false;
  std::size_t bytes = 0;

  TermCounts count(const AnalyzerOptions& options, const Vocabulary* vocabulary,
                   const Control& control) const {
    return are_terms ? count_terms(terms, options.binary, vocabulary, control)
                     : count_terms(texts, options, vocabulary, control);
  }
};

std::string_view text_of_row(const py::handle& item, std::size_t row) {
  if (!py::isinstance<py::str>(item)) {
    throw py::type_error("text " + std::to_string(row) + " is no str but " +
                         py::str(py::type::of(item).attr("__name__")).cast<std::string>());
  }
  try {
    return utf8_of(item);
  } catch (const Error& error) {
    throw of_text(row, error);
  }
}

/// The texts of a list, the sentences of a Document, or, with `are_terms`, the lists of terms of a list.
Rows rows_of(const py::object& given, bool are_terms) {
  Rows rows{.kept = given, .are_terms = are_terms};
  if (py::isinstance<PyDocument>(given)) {
    const Document& document = given.cast<DocumentPtr>()->document();
    for (const Span s : document.sentence_spans()) rows.texts.push_back(document.slice(s));
  } else {
    std::size_t row = 0;
    for (const py::handle item : given.cast<py::list>()) {
      if (are_terms) {
        std::vector<std::string_view>& terms = rows.terms.emplace_back();
        for (const py::handle term : item.cast<py::list>()) terms.push_back(text_of_row(term, row));
        for (const auto term : terms) rows.bytes += term.size();
      } else {
        rows.texts.push_back(text_of_row(item, row));
      }
      ++row;
    }
  }
  for (const auto text : rows.texts) rows.bytes += text.size();
  return rows;
}

Analyzer analyzer_of(const std::string& name) {
  return name == "word"   ? Analyzer::word
         : name == "char" ? Analyzer::character
                          : Analyzer::character_in_words;
}

Accents accents_of(const std::optional<std::string>& name) {
  return !name ? Accents::keep : *name == "ascii" ? Accents::strip_ascii : Accents::strip_unicode;
}

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

using IntArray = py::array_t<int, py::array::c_style>;

/// Weighs the data of a csr_matrix in place.
template <typename Scalar>
void weigh_data(const IntArray& indptr, const IntArray& indices, const py::array& given,
                const std::optional<py::array_t<double>>& idf, const TfidfOptions& options) {
  if (!py::isinstance<py::array_t<Scalar>>(given)) throw py::type_error("data is no float32 or float64");
  auto data = py::cast<py::array_t<Scalar, 0>>(given);
  const std::span<Scalar> values(data.mutable_data(), static_cast<std::size_t>(data.size()));
  run(values.size_bytes(), 1, py::none(), [&](const Control& control) {
    weigh_rows(span_of(indptr), span_of(indices), values, idf ? span_of(*idf) : std::span<const double>(),
               options, control);
  });
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
      .def(py::init([](const std::string& analyzer, std::pair<int, int> ngram_range, bool lowercase,
                       const std::optional<std::string>& strip_accents, std::vector<std::string> stop_words,
                       bool binary) {
             return AnalyzerOptions{analyzer_of(analyzer),
                                    ngram_range.first,
                                    ngram_range.second,
                                    lowercase,
                                    accents_of(strip_accents),
                                    std::move(stop_words),
                                    binary};
           }),
           py::arg("analyzer"), py::arg("ngram_range"), py::arg("lowercase"), py::arg("strip_accents"),
           py::arg("stop_words"), py::arg("binary"));
  py::class_<TermCounts>(module, "TermCounts")
      .def_static(
          "count",
          [](const py::object& given, bool are_terms, const AnalyzerOptions& options) {
            const Rows rows = rows_of(given, are_terms);
            TermCounts counts;
            run(rows.bytes, 1, py::none(),
                [&](const Control& control) { counts = rows.count(options, nullptr, control); });
            return counts;
          },
          py::arg("rows"), py::arg("are_terms"), py::arg("options"))
      .def_property_readonly("rows", &TermCounts::rows)
      .def(
          "matrix",
          [](const TermCounts& counts, std::int32_t columns, const std::string& dtype) -> py::tuple {
            if (dtype == "float32") return take_csr(count_matrix<float>(counts, columns));
            if (dtype == "float64") return take_csr(count_matrix<double>(counts, columns));
            if (dtype == "int32") return take_csr(count_matrix<std::int32_t>(counts, columns));
            return take_csr(count_matrix<std::int64_t>(counts, columns));
          },
          py::arg("columns"), py::arg("dtype"));
  py::class_<TfidfModel>(module, "TfidfModel")
      .def_static(
          "fit",
          [](TermCounts& counts, double min_df, double max_df, std::int32_t max_features) {
            TfidfModel model;
            run(counts.ids.size() * sizeof(std::int32_t), 1, py::none(), [&](const Control& control) {
              model = TfidfModel::fit(counts, {min_df, max_df, max_features}, control);
            });
            return model;
          },
          py::arg("counts"), py::arg("min_df"), py::arg("max_df"), py::arg("max_features"))
      .def_static(
          "of_terms",
          [](const std::vector<py::str>& terms) {
            Vocabulary vocabulary;
            for (const py::str& term : terms) vocabulary.add(utf8_of(term));
            return TfidfModel::fit(TermCounts(), std::move(vocabulary));
          },
          py::arg("terms"))
      .def(
          "with_frequencies_of",
          [](const TfidfModel& model, const TermCounts& counts) {
            return TfidfModel::fit(counts, model.vocabulary());
          },
          py::arg("counts"))
      .def(
          "count",
          [](const TfidfModel& model, const py::object& given, bool are_terms,
             const AnalyzerOptions& options) {
            const Rows rows = rows_of(given, are_terms);
            TermCounts counts;
            run(rows.bytes, 1, py::none(),
                [&](const Control& control) { counts = rows.count(options, &model.vocabulary(), control); });
            return counts;
          },
          py::arg("rows"), py::arg("are_terms"), py::arg("options"))
      .def(
          "weigh",
          [](const TfidfModel& model, const TermCounts& counts, const TfidfOptions& options, bool single) {
            return weigh(counts, model, options, single);
          },
          py::arg("counts"), py::arg("options"), py::arg("single"))
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
        if (py::isinstance<py::array_t<float>>(data)) {
          weigh_data<float>(indptr, indices, data, idf, options);
        } else {
          weigh_data<double>(indptr, indices, data, idf, options);
        }
      },
      py::arg("indptr"), py::arg("indices"), py::arg("data"), py::arg("idf"), py::arg("options"));
  module.def("stop_words", [](const std::string& lang) {
    std::vector<std::string> words;
    for (const auto word : stop_words(lang)) words.emplace_back(word);
    return words;
  });
}

}  // namespace nutgraf::python
