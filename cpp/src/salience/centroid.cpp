#include <cmath>

#include "salience/methods.h"

namespace nutgraf {

std::vector<double> centroid(const SalienceInput& in) {
  std::vector<double> scores = in.cosines.times(in.voters(), in.pacer);
  divide_by_centroid(scores, in.votes);
  return scores;
}

// |c|² = sum of the voting x · c.
void divide_by_centroid(std::vector<double>& products, const Votes& votes) {
  double square = 0;
  for (std::size_t r = 0; r < products.size(); ++r) square += votes.has_vote[r] * products[r];
  if (square > 0) {
    for (double& product : products) product /= std::sqrt(square);
  }
}

}  // namespace nutgraf
