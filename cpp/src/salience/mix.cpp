#include <algorithm>
#include <cmath>

#include "salience/methods.h"
#include "terms/marked_rows.h"

namespace nutgraf {
namespace {

// Weights of the parts, each 1 at most before. Chosen by hand on news, papers and stories of the evaluation
// data, from a few dozen others that differ little.
constexpr double position_weight = 3.5;
constexpr double position_weight_in_story = 2.0;
constexpr double frequency_weight = 1.0;
constexpr double forward_weight = 0.5;
constexpr double headline_weight = 0.6;

/// 0 for labels and cries, "Consignes." or "2005.", else 1; 1 for all where there is nothing else, as in a
/// chat.
std::vector<double> sentence_factors(const SalienceInput& in) {
  constexpr std::int32_t fewest_words = 3;
  std::vector<double> factors(in.size());
  bool has_sentence = false;
  for (std::int32_t row = 0; row < in.rows.size(); ++row) {
    const SentenceRef ref = in.rows.at(row);
    factors[row] = in.rows.document(ref.document).words_of_sentence(ref.sentence).size() >= fewest_words;
    has_sentence |= factors[row] > 0 && in.has_vote(static_cast<std::size_t>(row));
  }
  if (!has_sentence) std::ranges::fill(factors, 1);
  return factors;
}

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
  const std::vector<double> factors = sentence_factors(in);
  const auto add = [&](std::string_view name, double weight, std::vector<double> part) {
    scale_to_one(part, in.votes);
    for (std::size_t r = 0; r < scores.size(); ++r) scores[r] += part[r] *= weight * factors[r];
    in.parts.emplace_back(name, std::move(part));
  };
  const bool in_story = in.options.of_story || in.rows.document_count() > 1;
  std::vector<double> position = nutgraf::position(in);
  if (in_story) {
    // The first sentence of each text says more than the second of any.
    const std::vector<double> first = lead(in);
    for (std::size_t r = 0; r < position.size(); ++r) position[r] += first[r];
  }
  add("position", in_story ? position_weight_in_story : position_weight, std::move(position));
  add("frequency", frequency_weight, sentence_frequencies(in));
  add("what follows", forward_weight, pacsum(in));
  add("headline", headline_weight, in.cosines.times(headlines(in.rows), in.pacer));
  return scores;
}

}  // namespace nutgraf
