#include "nutgraf/vectors.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "nutgraf/error.h"
#include "segment/votes.h"
#include "support/checkpoint.h"
#include "support/natural_log.h"

namespace nutgraf {
namespace {

std::vector<std::int64_t> document_frequencies_of(const TermCounts& counts) {
  std::vector<std::int64_t> df(static_cast<std::size_t>(counts.vocabulary.size()));
  for (const std::int32_t id : counts.ids) ++df[id];
  return df;
}

/// TfidfOptions::smooth_idf
std::vector<double> idf_of(std::span<const std::int64_t> df, std::int64_t rows, bool smooth) {
  std::vector<double> idf(df.size());
  const double added = smooth ? 1 : 0;
  // Most terms stand in few rows: these values are computed once. No idf is below 0.
  std::array<double, 64> known;
  known.fill(-1);
  std::ranges::transform(df, idf.begin(), [&](std::int64_t count) {
    double fresh = -1;
    double& value = count < static_cast<std::int64_t>(known.size()) ? known[count] : fresh;
    if (value < 0) {
      value = natural_log((static_cast<double>(rows) + added) / (static_cast<double>(count) + added)) + 1;
    }
    return value;
  });
  return idf;
}

double norm_of(std::span<const double> row, Norm norm) {
  double sum = 0;
  for (const double w : row) sum += norm == Norm::l1 ? std::abs(w) : w * w;
  return norm == Norm::none ? 1 : norm == Norm::l1 ? sum : std::sqrt(sum);
}

/// `idf` is empty where it is not used.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> weigh(const TermCounts& counts, std::span<const double> idf,
                                                        std::int32_t columns, const TfidfOptions& options,
                                                        const Control& control) {
  Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> matrix(counts.rows(), columns);
  matrix.resizeNonZeros(static_cast<Eigen::Index>(counts.ids.size()));
  std::ranges::copy(counts.row_begin, matrix.outerIndexPtr());
  std::ranges::copy(counts.ids, matrix.innerIndexPtr());
  std::vector<double> row;
  Pacer pacer(control);
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    const std::int32_t begin = counts.row_begin[r], end = counts.row_begin[r + 1];
    pacer.advance(static_cast<std::size_t>(end - begin));
    row.clear();
    for (std::int32_t i = begin; i < end; ++i) {
      const double count = counts.counts[i];
      const double tf = options.sublinear_tf ? 1 + natural_log(count) : count;
      row.push_back(idf.empty() ? tf : tf * idf[counts.ids[i]]);
    }
    const double length = norm_of(row, options.norm);
    for (std::int32_t i = begin; i < end; ++i) {
      matrix.valuePtr()[i] = static_cast<Scalar>(length > 0 ? row[i - begin] / length : row[i - begin]);
    }
  }
  return matrix;
}

}  // namespace

TfidfModel TfidfModel::fit(TermCounts& counts, const Control& control) {
  if (counts.vocabulary.size() == 0) {
    throw Error(
        ErrorKind::invalid_argument,
        "the texts hold no term: they are empty, or hold nothing but stop words and single characters");
  }
  const std::vector<std::int32_t> order = counts.vocabulary.byte_order(control);
  TfidfModel model;
  std::vector<std::int32_t> new_id(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    new_id[order[i]] = static_cast<std::int32_t>(i);
    model.vocabulary_.add(counts.vocabulary.term(order[i]));
  }
  std::vector<std::pair<std::int32_t, std::int32_t>> row;
  Pacer pacer(control);
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    pacer.advance(static_cast<std::size_t>(counts.row_begin[r + 1] - counts.row_begin[r]));
    row.clear();
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i) {
      row.emplace_back(new_id[counts.ids[i]], counts.counts[i]);
    }
    std::ranges::sort(row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      counts.ids[counts.row_begin[r] + static_cast<std::int32_t>(i)] = row[i].first;
      counts.counts[counts.row_begin[r] + static_cast<std::int32_t>(i)] = row[i].second;
    }
  }
  counts.vocabulary = model.vocabulary_;
  model.document_frequencies_ = document_frequencies_of(counts);
  model.rows_ = counts.rows();
  model.fitted_ = true;
  return model;
}

std::vector<double> TfidfModel::idf(bool smooth) const {
  if (!fitted_) throw Error(ErrorKind::not_fitted, "the model is not fitted yet; call fit first");
  return idf_of(document_frequencies_, rows_, smooth);
}

template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> tfidf(const TermCounts& counts, const TfidfModel& model,
                                                        const TfidfOptions& options, const Control& control) {
  const std::vector<double> idf = model.idf(options.smooth_idf);
  return weigh<Scalar>(counts, options.use_idf ? std::span<const double>(idf) : std::span<const double>(),
                       model.vocabulary().size(), options, control);
}

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
    idf = idf_of(df, votes.count, options.smooth_idf);
  }
  return weigh<float>(counts, idf, columns, options, control);
}

}  // namespace nutgraf
