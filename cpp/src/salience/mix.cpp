#include <algorithm>

#include "salience/methods.h"

namespace nutgraf {
namespace {

// Weights of the parts, each part in [0, 1]. Untrained: equal weights of position and centroid did well on
// news beside a few other pairs; the weight of the headline is a guess.
constexpr double position_weight = 1.0;
constexpr double centroid_weight = 1.0;
constexpr double headline_weight = 0.3;

/// The likeness of every row to the headlines and standfirsts of its documents, the highest being 1.
std::vector<double> likeness_to_headlines(const SalienceInput& in) {
  std::vector<double> titles(in.votes.has_vote.size());
  for (std::int32_t row = 0; row < in.rows.size(); ++row) {
    const SentenceRef ref = in.rows.at(row);
    const Document& document = in.rows.document(ref.document);
    const Role role = document.blocks()[document.block_of_sentence(ref.sentence)].role;
    titles[row] = role == Role::headline || role == Role::standfirst ? 1 : 0;
  }
  return in.cosines.times(titles, in.pacer);
}

/// Scales so that the largest of the voters is 1, if any is clearly above 0.
void scale_to_one(std::vector<double>& scores, const Votes& votes) {
  double largest = 0;
  for (std::size_t r = 0; r < scores.size(); ++r)
    largest = std::max(largest, votes.has_vote[r] ? scores[r] : 0);
  constexpr double least = 1e-9;  // below it, scaling would blow up rounding
  if (largest > least) {
    for (double& score : scores) score /= largest;
  }
}

}  // namespace

std::vector<double> mix(const SalienceInput& in) {
  std::vector<double> position = lead(in), central = centroid(in), titles = likeness_to_headlines(in);
  scale_to_one(central, in.votes);
  scale_to_one(titles, in.votes);
  for (std::size_t r = 0; r < position.size(); ++r) {
    position[r] = position_weight * position[r] + centroid_weight * central[r] + headline_weight * titles[r];
  }
  return position;
}

}  // namespace nutgraf
