#pragma once

#include <cstdint>
#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// How much each term stands for what the documents are about.
struct TermWeights {
  /// How often it stands in the voting sentences, times its idf where there is a background.
  std::vector<double> weight{};
  double sum = 0;  ///< of all weights
};
TermWeights weigh_terms(const SalienceInput& in);

/// Whether each term stands twice or more in the voting sentences, and its weight is above the mean of those
/// that stand there.
std::vector<std::uint8_t> significant_terms(const SalienceInput& in, const TermWeights& weights);

}  // namespace nutgraf
