#pragma once

#include <algorithm>
#include <array>
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

  /// `n` sums of rows, each row divided by its length: what the cosines of a row to several others add up
  /// from. They stand side by side, so that all of them cost little more than one.
  template <std::size_t n>
  class Sums {
   public:
    explicit Sums(const Cosines& cosines)
        : cosines_(cosines), by_column_(static_cast<std::size_t>(cosines.vectors_.cols())) {}
    void add(std::size_t row, std::size_t sum, double weight) {
      weight *= cosines_.inverse_length_[row];
      for_entries(row, [&](std::size_t column, double value) { by_column_[column][sum] += weight * value; });
    }
    /// For each sum, that of weight(v) · cos(row, v) over the rows v that were added to it.
    std::array<double, n> cosines(std::size_t row) const {
      std::array<double, n> found{};
      for_entries(row, [&](std::size_t column, double value) {
        const std::array<double, n>& sums = by_column_[column];
        for (std::size_t sum = 0; sum < n; ++sum) found[sum] += sums[sum] * value;
      });
      for (double& cosine : found) cosine *= cosines_.inverse_length_[row];
      return found;
    }
    /// Forgets what was added to the first `sums`, which must be among these rows.
    void clear(std::span<const std::int32_t> rows, std::size_t sums = n) {
      for (const std::int32_t row : rows) {
        for_entries(static_cast<std::size_t>(row),
                    [&](std::size_t column, double) { std::fill_n(by_column_[column].begin(), sums, 0.0); });
      }
    }

   private:
    template <typename Use>
    void for_entries(std::size_t row, Use use) const {
      for (SparseMatrix::InnerIterator entry(cosines_.vectors_, static_cast<Eigen::Index>(row)); entry;
           ++entry)
        use(static_cast<std::size_t>(entry.col()), static_cast<double>(entry.value()));
    }

    const Cosines& cosines_;
    std::vector<std::array<double, n>> by_column_;
  };

  /// One such sum.
  class Sum {
   public:
    explicit Sum(const Cosines& cosines) : sums_(cosines) {}
    void add(std::size_t row, double weight = 1) { sums_.add(row, 0, weight); }
    double cosine(std::size_t row) const { return sums_.cosines(row)[0]; }
    void clear(std::span<const std::int32_t> rows) { sums_.clear(rows); }

   private:
    Sums<1> sums_;
  };

 private:
  const SparseMatrix& vectors_;
  std::vector<double> inverse_length_;
  bool has_negative_ = false;
};

}  // namespace nutgraf
