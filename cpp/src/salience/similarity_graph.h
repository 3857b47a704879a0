#pragma once

#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// For each row the voters whose cosine to it is at least SalienceOptions::threshold, itself among them.
/// Exact, but for what max_neighbors and max_postings cut, which SalienceInput::is_cut says: a voter keeps
/// the most similar ones, and those that keep it.
class SimilarityGraph {
 public:
  explicit SimilarityGraph(const SalienceInput& in);

  /// For each row the sum of the weights of its neighbours.
  std::vector<double> sum_of_neighbors(const std::vector<double>& weights, Pacer& pacer) const;

 private:
  std::vector<std::vector<std::int32_t>> neighbors_;  ///< ascending
};

}  // namespace nutgraf
