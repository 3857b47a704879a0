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

  /// out(u) = sum over v of cos(u, v) · weights(v), in double. O(non-zeros): X (Xᵀ w) with normalized rows.
  std::vector<double> times(std::span<const double> weights, Pacer& pacer) const;
  /// The same with likeness in place of cos: cos itself, or (1 + cos) / 2 where an entry of the matrix is
  /// below 0, as in embeddings. Never below 0, as weights of a walk must be.
  std::vector<double> likeness_times(std::span<const double> weights, Pacer& pacer) const;

 private:
  const SparseMatrix& vectors_;
  std::vector<double> inverse_length_;
  bool has_negative_ = false;
};

}  // namespace nutgraf
