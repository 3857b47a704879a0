#pragma once

#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// The topics of latent semantic analysis: singular values and vectors of the voting rows, each of unit
/// length, by the Lanczos method on X X' with full reorthogonalization, which is never made.
struct SingularVectors {
  std::vector<double> values{};                ///< descending
  std::vector<std::vector<double>> vectors{};  ///< one a value, an entry a row; of rows without a vote as if
                                               ///< they had been added afterwards
};

/// Those whose value is at least half of the largest: 20 at most, and no more than one for ten voters, so
/// that some are left out of a short text too. O(m · (non-zeros + m · n)) for the m steps
/// it takes, some dozens.
SingularVectors singular_vectors(const SalienceInput& in);

}  // namespace nutgraf
