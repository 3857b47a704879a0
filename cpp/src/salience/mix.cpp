#include "salience/methods.h"

namespace nutgraf {
namespace {

// Weights of the parts, each part in [0, 1]. Untrained: equal weights of position and centroid did well on
// news beside a few other pairs; the weight of the headline is a guess.
constexpr double position_weight = 1.0;
constexpr double centroid_weight = 1.0;
constexpr double headline_weight = 0.3;

}  // namespace

std::vector<double> mix(const SalienceInput& in) {
  std::vector<double> scores = lead(in), central = centroid(in),
                      titles = in.cosines.times(headlines(in.rows), in.pacer);
  scale_to_one(central, in.votes);
  scale_to_one(titles, in.votes);
  for (std::size_t r = 0; r < scores.size(); ++r) {
    scores[r] = position_weight * scores[r] + centroid_weight * central[r] + headline_weight * titles[r];
  }
  return scores;
}

}  // namespace nutgraf
