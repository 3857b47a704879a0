#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nutgraf/control.h"

namespace nutgraf {

/// Sparse rows as they stand in memory: row r has the entries from row_begin[r] to row_begin[r + 1], columns
/// ascending.
template <typename Scalar>
struct SparseRows {
  std::span<const std::int32_t> row_begin{};
  std::span<const std::int32_t> columns{};
  std::span<const Scalar> values{};
  std::int32_t column_count = 0;

  std::int32_t rows() const noexcept { return static_cast<std::int32_t>(row_begin.size()) - 1; }
};

/// What two rows have in common.
enum class Metric : std::uint8_t {
  dot,      ///< the sum of products
  cosine,   ///< of rows divided by their Euclidean lengths; 0 for a row of zeros
  jaccard,  ///< of the sets of columns that are not 0: shared ones by those in either
  overlap,  ///< shared ones by those of the smaller set (Szymkiewicz and Simpson)
};

struct SimilarityOptions {
  Metric metric = Metric::cosine;
  /// Pairs below this, by more than rounding may be, are left out. Without it, and without top_k, all pairs
  /// that share a column are found.
  double threshold = -std::numeric_limits<double>::infinity();
  /// The most pairs of a row, the most similar ones, of equally similar ones the first; 0: all.
  std::int32_t top_k = 0;
  /// No more pairs than this are held: a bound on memory.
  std::int64_t most_pairs = std::numeric_limits<std::int32_t>::max();
};

/// Pairs of rows: row r of the one with the rows columns[row_begin[r]], ... of the other, which ascend.
struct SimilarPairs {
  std::vector<std::int32_t> row_begin{0};
  std::vector<std::int32_t> columns{};
  std::vector<double> values{};
};

/// The similarity of each row of x with rows of y, exactly: an entry is the product written out in double, in
/// the order of the columns, a cosine 1 at most. Only pairs that share a column are entries.
///
/// An inverted index of y gives the candidates. Columns of x whose weight could not lift a pair to the
/// threshold by itself are not looked up in it (Bayardo, Ma and Srikant 2007, Scaling Up All Pairs Similarity
/// Search; the bound is that of Cauchy and Schwarz, for sets the number of columns left), and a candidate is
/// worked out only if what was found and the bound of the rest reach the threshold. With top_k the threshold
/// is the k-th best of a first look. Time grows with the rows that share rare columns, not with all pairs.
/// With `y` the same rows as `x` (the same memory) and a threshold, each pair is looked at once.
/// \throws Error invalid_argument for rows that do not fit together or values that are not finite; limit for
/// more than most_pairs pairs, before they are held.
template <typename Scalar>
SimilarPairs similar_rows(const SparseRows<Scalar>& x, const SparseRows<Scalar>& y,
                          const SimilarityOptions& options = {}, const Control& control = {});

}  // namespace nutgraf
