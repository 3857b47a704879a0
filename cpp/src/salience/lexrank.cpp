#include <cmath>

#include "salience/methods.h"

namespace nutgraf {
namespace {

constexpr double tolerance = 1e-8;
// At a damping of 0.999, 0.999^20000 is 2e-9.
constexpr int most_iterations = 20000;

}  // namespace

std::vector<double> lexrank(const SalienceInput& in) {
  const std::size_t n = in.votes.has_vote.size();
  const std::vector<double> votes(in.votes.has_vote.begin(), in.votes.has_vote.end());
  const double voters = in.votes.count, damping = in.options.damping;
  const std::vector<double> degree = in.cosines.likeness_times(votes, in.pacer);
  std::vector<double> p(n), passed_on(n), next(n);
  for (std::size_t r = 0; r < n; ++r) p[r] = votes[r] / voters;
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    double jumps = 0;
    for (std::size_t r = 0; r < n; ++r) {
      const bool walks = votes[r] != 0 && degree[r] > 0;
      passed_on[r] = walks ? p[r] / degree[r] : 0;
      if (votes[r] != 0 && !walks) jumps += p[r];
    }
    next = in.cosines.likeness_times(passed_on, in.pacer);
    double change = 0;
    for (std::size_t r = 0; r < n; ++r) {
      next[r] = (1 - damping + damping * jumps) / voters + damping * next[r];
      change += votes[r] * std::abs(next[r] - p[r]);
    }
    std::swap(p, next);
    if (change < tolerance) break;
  }
  return p;
}

}  // namespace nutgraf
