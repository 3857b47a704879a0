#include "salience/term_weights.h"

#include "terms/marked_rows.h"

namespace nutgraf {

TermWeights weigh_terms(const SalienceInput& in) {
  TermWeights found{.weight = term_frequencies(in.vectors.counts, in.votes.has_vote)};
  const std::size_t terms = found.weight.size();
  found.is_significant.resize(terms);
  std::vector<std::uint8_t> is_repeated(terms);
  std::size_t present = 0;
  for (std::size_t t = 0; t < terms; ++t) {
    is_repeated[t] = found.weight[t] >= 2;
    present += found.weight[t] > 0;
    if (in.vectors.has_background) found.weight[t] *= in.vectors.idf[t];
    found.sum += found.weight[t];
  }
  const double mean = present > 0 ? found.sum / static_cast<double>(present) : 0;
  for (std::size_t t = 0; t < terms; ++t) found.is_significant[t] = is_repeated[t] && found.weight[t] > mean;
  return found;
}

}  // namespace nutgraf
