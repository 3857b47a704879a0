#pragma once

#include <cstdint>
#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// How much each term stands for what the documents are about.
struct TermWeights {
  /// How often it stands in the voting sentences, times its idf where there is a background.
  std::vector<double> weight{};
  /// Whether it stands there twice or more, and its weight is above the mean of those that stand there.
  std::vector<std::uint8_t> is_significant{};
  double sum = 0;  ///< of all weights
};
TermWeights weigh_terms(const SalienceInput& in);

}  // namespace nutgraf
