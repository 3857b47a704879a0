#include <cmath>

#include "salience/methods.h"

namespace nutgraf {
namespace {

// Weights of the parts, each 1 at most. Chosen by hand on news, papers and stories of the evaluation data,
// from a few dozen others that differ little.
constexpr double position_weight = 1.0;
constexpr double frequency_weight = 1.0;
constexpr double forward_weight = 0.5;
constexpr double headline_weight = 0.3;

/// In how many voting sentences the terms of a sentence stand, added up, by the root of their number: a long
/// sentence says more, though not as much more as it is longer.
std::vector<double> sentence_frequencies(const SalienceInput& in) {
  const TermCounts& counts = in.vectors.counts;
  std::vector<double> frequency(static_cast<std::size_t>(counts.vocabulary.size())), scores(in.size());
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    if (!in.has_vote(static_cast<std::size_t>(r))) continue;
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i) ++frequency[counts.ids[i]];
  }
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    const std::int32_t begin = counts.row_begin[r], end = counts.row_begin[r + 1];
    double sum = 0;
    for (std::int32_t i = begin; i < end; ++i)
      sum += frequency[counts.ids[i]] * (in.vectors.has_background ? in.vectors.idf[counts.ids[i]] : 1);
    scores[r] = end > begin ? sum / std::sqrt(static_cast<double>(end - begin)) : 0;
  }
  return scores;
}

}  // namespace

std::vector<double> mix(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  const auto add = [&](std::string_view name, double weight, std::vector<double> part) {
    scale_to_one(part, in.votes);
    for (std::size_t r = 0; r < scores.size(); ++r) scores[r] += part[r] *= weight;
    in.parts.emplace_back(name, std::move(part));
  };
  add("position", position_weight, lead(in));
  add("frequency", frequency_weight, sentence_frequencies(in));
  add("what follows", forward_weight, pacsum(in));
  add("headline", headline_weight, in.cosines.times(headlines(in.rows), in.pacer));
  return scores;
}

}  // namespace nutgraf
