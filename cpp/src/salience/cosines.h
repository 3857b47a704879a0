#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/vectors.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// The cosines between the rows of a matrix, never made as a whole: only their products with vectors.
class Cosines {
 public:
  /// \throws Error invalid_argument for a row that is not finite.
  explicit Cosines(const SparseMatrix& vectors);

  const SparseMatrix& rows() const noexcept { return vectors_; }
  /// 1 / length of a row, 0 for a row of zeros.
  double inverse_length(std::size_t row) const noexcept { return inverse_length_[row]; }

  /// out(u) = sum over v of cos(u, v) · weights(v), in double. O(non-zeros): X (Xᵀ w) with normalized rows.
  std::vector<double> times(std::span<const double> weights, Pacer& pacer) const;
  /// The same with likeness in place of cos: cos itself, or (1 + cos) / 2 where an entry of the matrix is
  /// below 0, as in embeddings. Never below 0, as weights of a walk must be.
  std::vector<double> likeness_times(std::span<const double> weights, Pacer& pacer) const;
  /// The likeness of a row to itself.
  double self_likeness(std::size_t row) const noexcept {
    const double cosine = inverse_length_[row] > 0 ? 1 : 0;
    return has_negative_ ? (1 + cosine) / 2 : cosine;
  }
  /// Cosines of all rows to a row of the same columns, which is not among them.
  std::vector<double> to(std::span<const double> row) const;

  /// Sums of rows, each divided by its length: what the cosines of a row to several others add up from.
  class Sum {
   public:
    explicit Sum(const Cosines& cosines)
        : cosines_(cosines), by_column_(static_cast<std::size_t>(cosines.vectors_.cols())) {}
    void add(std::size_t row, double weight = 1);
    /// sum of weight(v) · cos(row, v) over the rows v that were added.
    double cosine(std::size_t row) const;
    /// Forgets what was added, which must be among these rows.
    void clear(std::span<const std::int32_t> rows);

   private:
    const Cosines& cosines_;
    std::vector<double> by_column_;
  };

 private:
  const SparseMatrix& vectors_;
  std::vector<double> inverse_length_;
  bool has_negative_ = false;
};

}  // namespace nutgraf
