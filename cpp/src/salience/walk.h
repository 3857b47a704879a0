#pragma once

#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "salience/methods.h"

namespace nutgraf {

/// Enough for what shrinks by a damping: at 0.999, 0.999^20000 is 2e-9.
inline constexpr int most_steps = 20000;

/// Iterates next(p) from p, until the sum of the differences over the voters is below 1e-8.
template <typename Next>
std::vector<double> fixed_point(const SalienceInput& in, std::vector<double> p, int most_iterations,
                                Next next) {
  constexpr double tolerance = 1e-8;
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    std::vector<double> following = next(p);
    double change = 0;
    for (std::size_t r = 0; r < p.size(); ++r) {
      if (in.has_vote(r)) change += std::abs(following[r] - p[r]);
    }
    std::swap(p, following);
    if (change < tolerance) break;
  }
  return p;
}

/// The stationary distribution of a walk over the voters (Brin and Page 1998) that follows an edge with
/// probability in.options.damping, and jumps by `jumps`, which add up to 1 over the voters, or anywhere when
/// empty. `out_weight` has the sum of the weights of the edges from each voter to voters; from one without
/// any the walk jumps. flow(w) gives for each row u the sum over voters v of weight(v -> u) · w(v).
template <typename Flow>
std::vector<double> stationary(const SalienceInput& in, std::span<const double> out_weight,
                               std::span<const double> jumps, Flow flow) {
  const std::size_t n = in.size();
  const double damping = in.options.damping, share = 1.0 / in.votes.count;
  std::vector<double> start = in.voters(), passed_on(n);
  for (double& p : start) p *= share;
  return fixed_point(in, std::move(start), most_steps, [&](const std::vector<double>& p) {
    double jumping = 0;
    for (std::size_t r = 0; r < n; ++r) {
      const bool walks = in.has_vote(r) && out_weight[r] > 0;
      passed_on[r] = walks ? p[r] / out_weight[r] : 0;
      if (in.has_vote(r) && !walks) jumping += p[r];
    }
    std::vector<double> next = flow(passed_on);
    const double jumped = 1 - damping + damping * jumping;
    for (std::size_t r = 0; r < n; ++r)
      next[r] = jumped * (jumps.empty() ? share : jumps[r]) + damping * next[r];
    return next;
  });
}

/// `all` less the part `own`, and 0 where nothing but rounding is left.
inline double without_own(double all, double own) {
  constexpr double rounding = 1e-12;
  return all - own > rounding * own ? all - own : 0;
}

}  // namespace nutgraf
