#pragma once

#include <Eigen/SparseCore>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/statistics.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// A row a sentence (or a text), a column a term.
using SparseMatrix = Eigen::SparseMatrix<float, Eigen::RowMajor, int>;
using SparseMatrixDouble = Eigen::SparseMatrix<double, Eigen::RowMajor, int>;

enum class Norm : std::uint8_t { none, l1, l2 };

struct TfidfOptions {
  /// Rows are divided by the sum of their absolute values (l1) or their Euclidean length (l2). A row of zeros
  /// stays.
  Norm norm = Norm::l2;
  /// Multiply counts by the inverse document frequency.
  bool use_idf = true;
  /// idf(t) = ln((1 + n) / (1 + df(t))) + 1 instead of ln(n / df(t)) + 1, with n rows and df(t) of them
  /// holding t.
  bool smooth_idf = true;
  /// 1 + ln(count) in place of the count.
  bool sublinear_tf = false;
};

/// The inverse document frequency of each term, of which so many of the rows hold it; see
/// TfidfOptions::smooth_idf. That of a term in no row is infinite unless it is smoothed.
std::vector<double> inverse_document_frequencies(std::span<const std::int64_t> document_frequencies,
                                                 std::int64_t rows, bool smooth);

/// Weighs, in place, counts that stand in compressed rows: entry (r, t) becomes tf · idf(t), then the row is
/// normalized. `idf` is empty where it is not used. Scalar is float or double; all sums are in double.
/// \throws Error invalid_argument for rows that do not fit together, a term without an idf, and with
/// sublinear_tf a count that is not above 0.
template <typename Scalar>
void weigh_rows(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::span<Scalar> counts, std::span<const double> idf, const TfidfOptions& options = {},
                const Control& control = {});

struct Bm25Options {
  double k1 = 1.2;  ///< how soon a further occurrence of a term counts for less; 0: at once
  double b = 0.75;  ///< how much the length of a row counts, from 0 to 1
};

/// ln(1 + (n - df(t) + 0.5) / (df(t) + 0.5)) for each term: never below 0.
std::vector<double> bm25_idf(std::span<const std::int64_t> document_frequencies, std::int64_t rows);

/// Weighs counts as weigh_rows does, by BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance
/// Framework, eq. 3.15, with an idf that is not below 0): entry (r, t) becomes idf(t) · tf · (k1 + 1) / (tf +
/// k1 · (1 - b + b · length(r) / average_length)), length(r) being the sum of the counts of the row. A
/// query's terms add up the weights of a row to its score. \throws Error invalid_argument for rows that do
/// not fit together, a term without an idf, counts below 0, an average length that is not above 0, and k1 or
/// b out of range.
template <typename Scalar>
void weigh_bm25(std::span<const std::int32_t> row_begin, std::span<const std::int32_t> terms,
                std::span<Scalar> counts, std::span<const double> idf, double average_length,
                const Bm25Options& options = {}, const Control& control = {});

/// Document frequencies of a corpus: what turns term counts into TF-IDF weights. Immutable once fitted; const
/// use from many threads is safe.
class TfidfModel {
 public:
  TfidfModel() = default;

  /// Learns the vocabulary (ids sorted by bytes) and its document frequencies. Changes `counts` to these ids;
  /// what the limits cut goes from it.
  /// \throws Error invalid_argument when there is no term at all, or none within the limits; cancelled,
  /// `counts` being in no usable state then.
  static TfidfModel fit(TermCounts& counts, const TermLimits& limits = {}, const Control& control = {});
  /// The same from the parts of a corpus, which keep their rows but no vocabulary; see count_term_parts.
  static TfidfModel fit(TermParts& counted, const TermLimits& limits = {}, const Control& control = {});
  /// The same from statistics; given terms keep their ids, and no limits apply to them.
  static TfidfModel fit(TermStatistics statistics, const TermLimits& limits = {},
                        const Control& control = {});

  bool fitted() const noexcept { return fitted_; }
  /// What was learned; complete() says whether more rows can be added to a copy of it.
  const TermStatistics& statistics() const noexcept { return statistics_; }
  const Vocabulary& vocabulary() const noexcept { return statistics_.vocabulary(); }
  /// The number of rows fitted on.
  std::int64_t rows() const noexcept { return statistics_.rows(); }
  std::span<const std::int64_t> document_frequencies() const noexcept {
    return statistics_.document_frequencies();
  }
  /// One a term; see TfidfOptions::smooth_idf. \throws Error not_fitted.
  std::vector<double> idf(bool smooth) const;

  /// The model as bytes of a container (see model.h), and back.
  /// \throws Error not_fitted; corrupt_file or newer_file.
  std::string to_bytes() const;
  static TfidfModel from_bytes(std::string_view bytes);

 private:
  TermStatistics statistics_;
  bool fitted_ = false;
};

/// The arrays of a matrix in compressed rows: row r has the columns and values from row_begin[r] to before
/// row_begin[r + 1].
template <typename Scalar>
struct CompressedRows {
  UninitializedVector<Scalar> values;
  UninitializedVector<std::int32_t> columns;
  std::vector<std::int32_t> row_begin{0};
};

/// The counts of parts, one after the other; ids are the columns. A part is freed once its rows stand there,
/// so that little more than the result is held at a time. Scalar as for count_matrix. \throws Error limit for
/// more than 2^31 - 1 entries.
template <typename Scalar>
CompressedRows<Scalar> compressed_rows(TermParts counted, const Control& control = {});
/// The same, weighed as weigh_rows does, in one go. Scalar is float or double.
template <typename Scalar>
CompressedRows<Scalar> weighed_rows(TermParts counted, std::span<const double> idf,
                                    const TfidfOptions& options = {}, const Control& control = {});

/// Term counts weighed by weigh_rows. `counts` has the ids of the model. Scalar is float or double.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> tfidf(const TermCounts& counts, const TfidfModel& model,
                                                        const TfidfOptions& options = {},
                                                        const Control& control = {});

/// The counts themselves as a matrix of `columns` columns. Scalar is float, double, std::int32_t or
/// std::int64_t.
template <typename Scalar>
Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int> count_matrix(const TermCounts& counts,
                                                               std::int32_t columns);

/// The sentences of documents as rows of terms: what salience and select stand on.
struct SentenceVectors {
  TermCounts counts{};          ///< with the vocabulary; ids are arbitrary, and the same for the same input
  std::vector<double> idf{};    ///< one a term; 1 where it is not used
  SparseMatrix weights{};       ///< the counts as TF-IDF
  bool has_background = false;  ///< idf is that of a corpus
};

/// A row a sentence. Without a background, idf is over the sentences that vote (see salience()), so that a
/// caption changes no weight of the others however often it stands there; a term in no voting sentence counts
/// as one in a single one. A background gives the document frequencies of a corpus, of terms as they are here
/// (folded words: a model fitted with Analyzer::segment and the same TermOptions); one it does not know
/// counts as one in no row. \throws Error invalid_argument for a background that is not fitted; as
/// count_terms.
SentenceVectors sentence_vectors(std::span<const Document> documents, const TermOptions& terms = {},
                                 const TfidfOptions& options = {}, const TfidfModel* background = nullptr,
                                 const Control& control = {});

}  // namespace nutgraf
