#include "salience/term_weights.h"

#include <algorithm>

#include "terms/marked_rows.h"

namespace nutgraf {

TermWeights weigh_terms(const SalienceInput& in) {
  TermWeights found{.weight = term_frequencies(in.vectors.counts, in.votes.has_vote)};
  for (std::size_t t = 0; t < found.weight.size(); ++t) {
    if (in.vectors.has_background) found.weight[t] *= in.vectors.idf[t];
    found.sum += found.weight[t];
  }
  return found;
}

std::vector<std::uint8_t> significant_terms(const SalienceInput& in, const TermWeights& weights) {
  const std::vector<double> frequency = term_frequencies(in.vectors.counts, in.votes.has_vote);
  const auto present = std::ranges::count_if(frequency, [](double count) { return count > 0; });
  const double mean = present > 0 ? weights.sum / static_cast<double>(present) : 0;
  std::vector<std::uint8_t> is_significant(frequency.size());
  for (std::size_t t = 0; t < frequency.size(); ++t)
    is_significant[t] = frequency[t] >= 2 && weights.weight[t] > mean;
  return is_significant;
}

}  // namespace nutgraf
