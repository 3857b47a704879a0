#include <cmath>

#include "salience/methods.h"

namespace nutgraf {

// With unit rows x and centroid c = sum of the voting x: cos(x, c) = (x · c) / |c|, and |c|² = sum of the
// voting x · c.
std::vector<double> centroid(const SalienceInput& in) {
  const std::vector<double> votes = in.voters();
  std::vector<double> scores = in.cosines.times(votes, in.pacer);
  double square = 0;
  for (std::size_t r = 0; r < scores.size(); ++r) square += votes[r] * scores[r];
  if (square > 0) {
    for (double& score : scores) score /= std::sqrt(square);
  }
  return scores;
}

}  // namespace nutgraf
