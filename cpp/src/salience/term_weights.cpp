#include "salience/term_weights.h"

namespace nutgraf {

TermWeights weigh_terms(const SalienceInput& in) {
  const TermCounts& counts = in.vectors.counts;
  const auto terms = static_cast<std::size_t>(counts.vocabulary.size());
  TermWeights found{std::vector<double>(terms), std::vector<std::uint8_t>(terms)};
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    if (!in.has_vote(static_cast<std::size_t>(r))) continue;
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i)
      found.weight[counts.ids[i]] += counts.counts[i];
  }
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
