#include "nutgraf/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>

#include "nutgraf/error.h"
#include "segment/votes.h"
#include "support/checkpoint.h"
#include "support/compressed_rows.h"
#include "support/natural_log.h"
#include "support/parallel.h"
#include "support/wide.h"
#include "terms/marked_rows.h"
#include "terms/row_counter.h"

namespace nutgraf {
namespace {

/// The sum of terms(i) for each i below `size`: four sums by turns, which the processor adds at the same
/// time.
template <typename Terms>
double sum_by_turns(std::size_t size, Terms terms) {
  double sums[4] = {};
  std::size_t i = 0;
  for (; i + 4 <= size; i += 4) {
    for (std::size_t k = 0; k < 4; ++k) sums[k] += terms(i + k);
  }
  for (; i < size; ++i) sums[0] += terms(i);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double norm_of(std::span<const double> row, Norm norm) {
  switch (norm) {
    case Norm::none:
      return 1;
    case Norm::l1:
      return sum_by_turns(row.size(), [&](std::size_t i) { return std::abs(row[i]); });
    case Norm::l2:
      return std::sqrt(sum_by_turns(row.size(), [&](std::size_t i) { return row[i] * row[i]; }));
  }
  return 1;
}

/// Multiplies a row by the idf of its columns, where there is one, and divides it by its norm.
void weigh_row(std::span<double> row, const std::int32_t* columns, std::span<const double> idf,
               Norm norm) noexcept {
  if (!idf.empty()) {
    for (std::size_t i = 0; i < row.size(); ++i) row[i] *= idf[static_cast<std::size_t>(columns[i])];
  }
  if (norm == Norm::none) return;
  const double length = norm_of(row, norm);
  if (!(length > 0)) return;
  for (double& weight : row) weight /= length;
}

/// As numbers without a sign, of which those below 0 are the largest.
NUTGRAF_WIDE std::uint32_t largest(std::span<const std::int32_t> numbers) noexcept {
  std::uint32_t most = 0;
  for (const std::int32_t number : numbers) most = std::max(most, static_cast<std::uint32_t>(number));
  return most;
}

void check_rows(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::size_t counts, std::span<const double> idf) {
  check_compressed_rows(row_begin, terms.size(), counts);
  if (idf.empty()) return;
  const std::uint32_t most = largest(terms);
  if (!terms.empty() && most >= idf.size()) {
    throw Error(ErrorKind::invalid_argument, "the matrix has a column " +
                                                 std::to_string(static_cast<std::int32_t>(most)) +
                                                 "; there are " + std::to_string(idf.size()));
  }
}

bool has_infinite(std::span<const double> idf) noexcept {
  return std::ranges::any_of(idf, [](double value) { return std::isinf(value); });
}

/// Of rows that were checked, the first of which has that number.
void refuse_infinite(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                     std::span<const double> idf, std::size_t first_row) {
  for (std::size_t r = 0; r + 1 < row_begin.size(); ++r) {
    for (std::int32_t i = row_begin[r]; i < row_begin[r + 1]; ++i) {
      if (std::isinf(idf[static_cast<std::size_t>(terms[i])]))
        throw Error(ErrorKind::invalid_argument,
                    "row " + std::to_string(first_row + r) + " has column " + std::to_string(terms[i]) +
                        ", which no row had that was learned from: its idf is infinite without smooth_idf");
    }
  }
}

/// Weighs the rows from `first` to before `last`; counts and weights may be the same.
template <typename Count, typename Scalar>
void weigh_range(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                 const Count* counts, Scalar* weights, std::span<const double> idf,
                 const TfidfOptions& options, std::size_t first, std::size_t last, const Control& control) {
  std::vector<double> as_double;  // of a row, where the weights are not
  Pacer pacer(control);
  for (std::size_t r = first; r < last; ++r) {
    const auto begin = static_cast<std::size_t>(row_begin[r]),
               end = static_cast<std::size_t>(row_begin[r + 1]);
    const std::span<const std::int32_t> columns = terms.subspan(begin, end - begin);
    pacer.advance(columns.size());
    std::span<double> row;
    if constexpr (std::is_same_v<Scalar, double>) {
      row = {weights + begin, columns.size()};
    } else {
      as_double.resize(std::max(as_double.size(), columns.size()));
      row = std::span(as_double).first(columns.size());
    }
    // Not a copy, which may not go to where it comes from.
    std::transform(counts + begin, counts + end, row.begin(),
                   [](Count count) { return static_cast<double>(count); });
    if (options.sublinear_tf) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (!(row[i] > 0)) {
          throw Error(ErrorKind::invalid_argument,
                      "row " + std::to_string(r) + ", column " + std::to_string(columns[i]) + " is " +
                          std::to_string(row[i]) + "; sublinear_tf takes counts above 0");
        }
        row[i] = 1 + natural_log(row[i]);
      }
    }
    weigh_row(row, columns.data(), idf, options.norm);
    if constexpr (!std::is_same_v<Scalar, double>) {
      std::ranges::transform(row, weights + begin, [](double weight) { return static_cast<Scalar>(weight); });
    }
  }
}

/// A matrix with the places of the counts, and no values yet.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> matrix_of(const TermCounts& counts, std::int32_t columns) {
  Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> matrix(counts.rows(), columns);
  matrix.resizeNonZeros(static_cast<Eigen::Index>(counts.ids.size()));
  std::ranges::copy(counts.row_begin, matrix.outerIndexPtr());
  std::ranges::copy(counts.ids, matrix.innerIndexPtr());
  return matrix;
}

/// The counts as a matrix of weights.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> weigh(const TermCounts& counts, std::span<const double> idf,
                                                        std::int32_t columns, const TfidfOptions& options,
                                                        const Control& control) {
  check_rows(counts.row_begin, counts.ids, counts.counts.size(), idf);
  if (has_infinite(idf)) refuse_infinite(counts.row_begin, counts.ids, idf, 0);
  auto matrix = matrix_of<Scalar>(counts, columns);
  parallel_rows(counts.row_begin, control, [&](std::size_t first, std::size_t last, const Control& inner) {
    weigh_range(counts.row_begin, counts.ids, counts.counts.data(), matrix.valuePtr(), idf, options, first,
                last, inner);
  });
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
  if (has_infinite(idf)) refuse_infinite(row_begin, terms, idf, 0);
  parallel_rows(row_begin, control, [&](std::size_t first, std::size_t last, const Control& inner) {
    weigh_range(row_begin, terms, counts.data(), counts.data(), idf, options, first, last, inner);
  });
}

template void weigh_rows<float>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                std::span<float>, std::span<const double>, const TfidfOptions&,
                                const Control&);
template void weigh_rows<double>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                 std::span<double>, std::span<const double>, const TfidfOptions&,
                                 const Control&);

std::vector<double> bm25_idf(std::span<const std::int64_t> df, std::int64_t rows) {
  std::vector<double> idf(df.size());
  std::ranges::transform(df, idf.begin(), [&](std::int64_t count) {
    const auto with = static_cast<double>(count), all = static_cast<double>(rows);
    return natural_log(1 + (all - with + 0.5) / (with + 0.5));
  });
  return idf;
}

template <typename Scalar>
void weigh_bm25(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::span<Scalar> counts, std::span<const double> idf, double average_length,
                const Bm25Options& options, const Control& control) {
  const double k1 = options.k1, b = options.b;
  if (!(k1 >= 0) || !std::isfinite(k1) || !(b >= 0 && b <= 1)) {
    throw Error(ErrorKind::invalid_argument, "k1 is " + std::to_string(k1) + " and b is " +
                                                 std::to_string(b) + "; k1 must be 0 or more, b from 0 to 1");
  }
  check_rows(row_begin, terms, counts.size(), idf);
  if (idf.empty() && !terms.empty())
    throw Error(ErrorKind::invalid_argument, "there is no idf for the columns of the matrix");
  if (!(average_length > 0) && !terms.empty())
    throw Error(ErrorKind::invalid_argument, "the average length of the rows must be above 0");
  parallel_rows(row_begin, control, [&](std::size_t first, std::size_t last, const Control& inner) {
    Pacer pacer(inner);
    for (std::size_t r = first; r < last; ++r) {
      const auto begin = static_cast<std::size_t>(row_begin[r]),
                 end = static_cast<std::size_t>(row_begin[r + 1]);
      pacer.advance(end - begin);
      double length = 0;
      for (std::size_t i = begin; i < end; ++i) {
        if (!(counts[i] >= 0)) {
          throw Error(ErrorKind::invalid_argument, "row " + std::to_string(r) + ", column " +
                                                       std::to_string(terms[i]) + " is " +
                                                       std::to_string(counts[i]) + "; BM25 takes counts");
        }
        length += static_cast<double>(counts[i]);
      }
      const double norm = k1 * (1 - b + b * length / average_length);
      for (std::size_t i = begin; i < end; ++i) {
        const auto count = static_cast<double>(counts[i]);
        const double weight =
            count > 0 ? idf[static_cast<std::size_t>(terms[i])] * count * (k1 + 1) / (count + norm) : 0;
        counts[i] = static_cast<Scalar>(weight);
      }
    }
  });
}

template void weigh_bm25<float>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                std::span<float>, std::span<const double>, double, const Bm25Options&,
                                const Control&);
template void weigh_bm25<double>(std::span<const std::int32_t>, std::span<const std::int32_t>,
                                 std::span<double>, std::span<const double>, double, const Bm25Options&,
                                 const Control&);

std::vector<double> TfidfModel::idf(bool smooth) const {
  if (!fitted_) throw Error(ErrorKind::not_fitted, "the model is not fitted yet; call fit first");
  return inverse_document_frequencies(document_frequencies(), rows(), smooth);
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
  auto matrix = matrix_of<Scalar>(counts, columns);
  std::ranges::transform(counts.counts, matrix.valuePtr(),
                         [](std::int32_t n) { return static_cast<Scalar>(n); });
  return matrix;
}

namespace {

/// The arrays of all parts, whose values come from fill(part, values, control).
template <typename Scalar, typename Fill>
CompressedRows<Scalar> joined_rows(TermParts counted, const Control& control, Fill fill) {
  const auto [entries, rows] = sizes_of(counted);
  CompressedRows<Scalar> all;
  all.values.resize(entries);
  if (counted.parts.size() == 1) {
    TermCounts& part = counted.parts[0].rows;
    fill(part, all.values.data(), control);
    all.columns = std::move(part.ids);
    all.row_begin = std::move(part.row_begin);
    return all;
  }
  all.columns.resize(entries);
  all.row_begin.reserve(rows + 1);
  std::vector<std::size_t> begins;
  for (const TermParts::Part& part : counted.parts) {
    begins.push_back(static_cast<std::size_t>(all.row_begin.back()));
    append_row_ends(part.rows, begins.back(), all.row_begin);
  }
  parallel_for(counted.parts.size(), without_progress(control), [&](std::size_t p, const Control& inner) {
    const TermCounts part = std::move(counted.parts[p].rows);
    std::ranges::copy(part.ids, all.columns.begin() + static_cast<std::ptrdiff_t>(begins[p]));
    fill(part, all.values.data() + begins[p], inner);
  });
  return all;
}

}  // namespace

template <typename Scalar>
CompressedRows<Scalar> compressed_rows(TermParts counted, const Control& control) {
  return joined_rows<Scalar>(
      std::move(counted), control,
      [](const TermCounts& part, Scalar* values, const Control&) { std::ranges::copy(part.counts, values); });
}

template <typename Scalar>
CompressedRows<Scalar> weighed_rows(TermParts counted, std::span<const double> idf,
                                    const TfidfOptions& options, const Control& control) {
  if (has_infinite(idf)) {
    std::size_t first_row = 0;
    for (const auto& [part, _] : counted.parts) {
      check_rows(part.row_begin, part.ids, part.counts.size(), idf);
      refuse_infinite(part.row_begin, part.ids, idf, first_row);
      first_row += static_cast<std::size_t>(part.rows());
    }
  }
  return joined_rows<Scalar>(std::move(counted), control,
                             [&](const TermCounts& part, Scalar* values, const Control& inner) {
                               check_rows(part.row_begin, part.ids, part.counts.size(), idf);
                               weigh_range(part.row_begin, part.ids, part.counts.data(), values, idf, options,
                                           0, static_cast<std::size_t>(part.rows()), inner);
                             });
}

template CompressedRows<float> compressed_rows<float>(TermParts, const Control&);
template CompressedRows<double> compressed_rows<double>(TermParts, const Control&);
template CompressedRows<std::int32_t> compressed_rows<std::int32_t>(TermParts, const Control&);
template CompressedRows<std::int64_t> compressed_rows<std::int64_t>(TermParts, const Control&);
template CompressedRows<float> weighed_rows<float>(TermParts, std::span<const double>, const TfidfOptions&,
                                                   const Control&);
template CompressedRows<double> weighed_rows<double>(TermParts, std::span<const double>, const TfidfOptions&,
                                                     const Control&);

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

namespace {

/// Over the sentences that vote.
std::vector<double> idf_of_sentences(std::span<const Document> documents, const TermCounts& counts,
                                     bool smooth) {
  const Votes votes = find_votes(SentenceRows(documents));
  std::vector<std::int64_t> df = row_frequencies(counts, votes.has_vote);
  for (std::int64_t& count : df) count = std::max<std::int64_t>(count, 1);
  return inverse_document_frequencies(df, votes.count, smooth);
}

std::vector<double> idf_of_background(const TfidfModel& background, const Vocabulary& terms) {
  // An unknown term is in no row, which only a smoothed idf can tell.
  const std::vector<double> known = background.idf(true);
  const double unknown =
      inverse_document_frequencies(std::array<std::int64_t, 1>{0}, background.rows(), true)[0];
  std::vector<double> idf;
  for (std::int32_t id = 0; id < terms.size(); ++id) {
    const std::int32_t found = background.vocabulary().find(terms.term(id));
    idf.push_back(found < 0 ? unknown : known[found]);
  }
  return idf;
}

}  // namespace

SentenceVectors sentence_vectors(std::span<const Document> documents, const TermOptions& terms,
                                 const TfidfOptions& options, const TfidfModel* background,
                                 const Control& control) {
  SentenceVectors vectors{.counts = count_terms(documents, terms, control)};
  const Vocabulary& vocabulary = vectors.counts.vocabulary;
  if (!options.use_idf) {
    vectors.idf.assign(static_cast<std::size_t>(vocabulary.size()), 1);
  } else if (background) {
    vectors.idf = idf_of_background(*background, vocabulary);
    vectors.has_background = true;
  } else {
    vectors.idf = idf_of_sentences(documents, vectors.counts, options.smooth_idf);
  }
  vectors.weights = weigh<float>(vectors.counts, vectors.idf, vocabulary.size(), options, control);
  return vectors;
}

}  // namespace nutgraf
