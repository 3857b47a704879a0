#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/vectors.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Which sentences say what the others are measured by; see salience().
struct Votes {
  std::vector<std::uint8_t> has_vote;  ///< one a row
  std::int32_t count = 0;
};
Votes find_votes(const SentenceRows& rows);

/// The cosines between the rows of a matrix, never made as a whole: only their products with vectors.
class Cosines {
 public:
  /// \throws Error invalid_argument for a row that is not finite.
  explicit Cosines(const SparseMatrix& vectors);

  /// out(u) = sum over v of cos(u, v) · weights(v), in double. O(non-zeros): X (Xᵀ w) with normalized rows.
  std::vector<double> times(std::span<const double> weights, Pacer& pacer) const;
  bool is_zero(std::int32_t row) const noexcept { return inverse_length_[row] == 0; }

 private:
  const SparseMatrix& vectors_;
  std::vector<double> inverse_length_;
};

}  // namespace nutgraf
