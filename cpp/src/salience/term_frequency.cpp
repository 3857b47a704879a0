#include "salience/term_weights.h"

namespace nutgraf {

std::vector<double> term_frequency(const SalienceInput& in) {
  const TermCounts& counts = in.vectors.counts;
  const TermWeights terms = weigh_terms(in);
  std::vector<double> scores(in.size());
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    double sum = 0, size = 0;
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i) {
      sum += counts.counts[i] * terms.weight[counts.ids[i]];
      size += counts.counts[i];
    }
    if (size > 0 && terms.sum > 0) scores[r] = sum / size / terms.sum;
  }
  return scores;
}

}  // namespace nutgraf
