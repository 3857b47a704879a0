#include "nutgraf/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "nutgraf/error.h"
#include "segment/votes.h"
#include "support/checkpoint.h"
#include "support/natural_log.h"
#include "terms/renumber.h"

namespace nutgraf {
namespace {

/// The ids of the terms that the limits keep, in the byte order of the terms.
std::vector<std::int32_t> terms_within(const TermLimits& limits, const TermCounts& counts,
                                       std::span<const std::int64_t> df, const Control& control) {
  if (limits.max_df < limits.min_df)
    throw Error(ErrorKind::invalid_argument, "max_df corresponds to fewer rows than min_df");
  std::vector<std::int32_t> kept = counts.vocabulary.byte_order(control);
  std::erase_if(kept, [&](std::int32_t id) {
    const auto rows = static_cast<double>(df[id]);
    return rows < limits.min_df || rows > limits.max_df;
  });
  const auto limit = static_cast<std::size_t>(limits.max_features);
  if (limit > 0 && kept.size() > limit) {
    std::vector<std::int64_t> total(df.size());
    for (std::size_t i = 0; i < counts.ids.size(); ++i) total[counts.ids[i]] += counts.counts[i];
    std::vector<std::int32_t> place(df.size());
    for (std::size_t i = 0; i < kept.size(); ++i) place[kept[i]] = static_cast<std::int32_t>(i);
    const auto before = [&](std::int32_t a, std::int32_t b) {
      return total[a] != total[b] ? total[a] > total[b] : place[a] < place[b];
    };
    std::ranges::nth_element(kept, kept.begin() + static_cast<std::ptrdiff_t>(limit), before);
    kept.resize(limit);
    std::ranges::sort(kept, {}, [&](std::int32_t id) { return place[id]; });
  }
  if (kept.empty()) {
    throw Error(ErrorKind::invalid_argument,
                "no term is left after pruning: use a lower min_df or a higher max_df");
  }
  return kept;
}

double norm_of(std::span<const double> row, Norm norm) {
  double sum = 0;
  for (const double w : row) sum += norm == Norm::l1 ? std::abs(w) : w * w;
  return norm == Norm::none ? 1 : norm == Norm::l1 ? sum : std::sqrt(sum);
}

void check_rows(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::size_t counts, std::span<const double> idf) {
  const bool fit = !row_begin.empty() && row_begin.front() == 0 && terms.size() == counts &&
                   static_cast<std::size_t>(row_begin.back()) == counts && std::ranges::is_sorted(row_begin);
  if (!fit) throw Error(ErrorKind::invalid_argument, "the rows of the matrix do not fit its entries");
  if (idf.empty()) return;
  const auto wrong = std::ranges::find_if(
      terms, [&](std::int32_t term) { return term < 0 || static_cast<std::size_t>(term) >= idf.size(); });
  if (wrong != terms.end()) {
    throw Error(ErrorKind::invalid_argument, "the matrix has a column " + std::to_string(*wrong) +
                                                 "; there are " + std::to_string(idf.size()));
  }
}

/// The counts as a matrix of weights.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> weigh(const TermCounts& counts, std::span<const double> idf,
                                                        std::int32_t columns, const TfidfOptions& options,
                                                        const Control& control) {
  auto matrix = count_matrix<Scalar>(counts, columns);
  weigh_rows(std::span<const std::int32_t>(counts.row_begin), std::span<const std::int32_t>(counts.ids),
             std::span(matrix.valuePtr(), counts.ids.size()), idf, options, control);
  return matrix;
}

}  // namespace

std::vector<double> inverse_document_frequencies(std::span<const std::int64_t> df, std::int64_t rows,
                                                 bool smooth) {
  std::vector<double> idf(df.size());
  const double added = smooth ? 1 : 0;
  // Most terms stand in few rows: these values are computed once. No idf is below 0.
  std::array<double, 64> known;
  known.fill(-1);
  std::ranges::transform(df, idf.begin(), [&](std::int64_t count) {
    double fresh = -1;
    double& value = count < static_cast<std::int64_t>(known.size()) ? known[count] : fresh;
    if (value < 0) {
      value =
          static_cast<double>(count) + added == 0
              ? std::numeric_limits<double>::infinity()
              : natural_log((static_cast<double>(rows) + added) / (static_cast<double>(count) + added)) + 1;
    }
    return value;
  });
  return idf;
}

template <typename Scalar>
void weigh_rows(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::span<Scalar> counts, std::span<const double> idf, const TfidfOptions& options,
                const Control& control) {
  check_rows(row_begin, terms, counts.size(), idf);
  std::vector<double> row;
  Pacer pacer(control);
  for (std::size_t r = 0; r + 1 < row_begin.size(); ++r) {
    const auto begin = static_cast<std::size_t>(row_begin[r]);
    const std::span<Scalar> cells = counts.subspan(begin, static_cast<std::size_t>(row_begin[r + 1]) - begin);
    pacer.advance(cells.size());
    row.assign(cells.begin(), cells.end());
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::int32_t term = terms[begin + i];
      if (options.sublinear_tf) {
        if (!(row[i] > 0)) {
          throw Error(ErrorKind::invalid_argument,
                      "row " + std::to_string(r) + ", column " + std::to_string(term) + " is " +
                          std::to_string(row[i]) + "; sublinear_tf takes counts above 0");
        }
        row[i] = 1 + natural_log(row[i]);
      }
      if (!idf.empty()) row[i] *= idf[static_cast<std::size_t>(term)];
    }
    const double length = norm_of(row, options.norm);
    std::ranges::transform(row, cells.begin(), [&](double weight) {
      return static_cast<Scalar>(length > 0 ? weight / length : weight);
    });
  }
}

template void weigh_rows<float>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                std::span<float>, std::span<const double>, const TfidfOptions&,
                                const Control&);
template void weigh_rows<double>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                 std::span<double>, std::span<const double>, const TfidfOptions&,
                                 const Control&);

TfidfModel TfidfModel::fit(TermCounts& counts, const TermLimits& limits, const Control& control) {
  if (counts.vocabulary.size() == 0) {
    throw Error(
        ErrorKind::invalid_argument,
        "the texts hold no term: they are empty, or hold nothing but stop words and single characters");
  }
  const std::vector<std::int64_t> df = nutgraf::document_frequencies(counts, counts.vocabulary.size());
  const std::vector<std::int32_t> kept = terms_within(limits, counts, df, control);
  TfidfModel model;
  model.vocabulary_ = Vocabulary(kept.size());
  constexpr std::int32_t dropped = -1;
  std::vector<std::int32_t> new_id(df.size(), dropped);
  for (const std::int32_t id : kept) {
    new_id[static_cast<std::size_t>(id)] = model.vocabulary_.add(counts.vocabulary.term(id));
    model.document_frequencies_.push_back(df[static_cast<std::size_t>(id)]);
  }
  renumber(counts, new_id, model.document_frequencies_, control);
  counts.vocabulary = model.vocabulary_;
  model.rows_ = counts.rows();
  model.fitted_ = true;
  return model;
}

TfidfModel TfidfModel::fit(const TermCounts& counts, Vocabulary terms) {
  TfidfModel model;
  model.document_frequencies_ = nutgraf::document_frequencies(counts, terms.size());
  model.vocabulary_ = std::move(terms);
  model.rows_ = counts.rows();
  model.fitted_ = true;
  model.given_ = true;
  return model;
}

std::vector<double> TfidfModel::idf(bool smooth) const {
  if (!fitted_) throw Error(ErrorKind::not_fitted, "the model is not fitted yet; call fit first");
  return inverse_document_frequencies(document_frequencies_, rows_, smooth);
}

template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> tfidf(const TermCounts& counts, const TfidfModel& model,
                                                        const TfidfOptions& options, const Control& control) {
  const std::vector<double> idf = model.idf(options.smooth_idf);
  return weigh<Scalar>(counts, options.use_idf ? std::span<const double>(idf) : std::span<const double>(),
                       model.vocabulary().size(), options, control);
}

template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> count_matrix(const TermCounts& counts,
                                                               std::int32_t columns) {
  Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> matrix(counts.rows(), columns);
  matrix.resizeNonZeros(static_cast<Eigen::Index>(counts.ids.size()));
  std::ranges::copy(counts.row_begin, matrix.outerIndexPtr());
  std::ranges::copy(counts.ids, matrix.innerIndexPtr());
  std::ranges::transform(counts.counts, matrix.valuePtr(),
                         [](std::int32_t n) { return static_cast<Scalar>(n); });
  return matrix;
}

template Eigen::SparseMatrix<float, Eigen::RowMajor, int> count_matrix<float>(const TermCounts&,
                                                                              std::int32_t);
template Eigen::SparseMatrix<double, Eigen::RowMajor, int> count_matrix<double>(const TermCounts&,
                                                                                std::int32_t);
template Eigen::SparseMatrix<std::int32_t, Eigen::RowMajor, int> count_matrix<std::int32_t>(const TermCounts&,
                                                                                            std::int32_t);
template Eigen::SparseMatrix<std::int64_t, Eigen::RowMajor, int> count_matrix<std::int64_t>(const TermCounts&,
                                                                                            std::int32_t);

template SparseMatrix tfidf<float>(const TermCounts&, const TfidfModel&, const TfidfOptions&, const Control&);
template SparseMatrixDouble tfidf<double>(const TermCounts&, const TfidfModel&, const TfidfOptions&,
                                          const Control&);

SparseMatrix sentence_vectors(std::span<const Document> documents, const TermOptions& terms,
                              const TfidfOptions& options, const Control& control) {
  const TermCounts counts = count_terms(documents, terms, control);
  const std::int32_t columns = counts.vocabulary.size();
  std::vector<double> idf;
  if (options.use_idf) {
    const Votes votes = find_votes(SentenceRows(documents));
    std::vector<std::int64_t> df(static_cast<std::size_t>(columns));
    for (std::int32_t r = 0; r < counts.rows(); ++r) {
      if (!votes.has_vote[r]) continue;
      for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i) ++df[counts.ids[i]];
    }
    for (std::int64_t& count : df) count = std::max<std::int64_t>(count, 1);
    idf = inverse_document_frequencies(df, votes.count, options.smooth_idf);
  }
  return weigh<float>(counts, idf, columns, options, control);
}

}  // namespace nutgraf
