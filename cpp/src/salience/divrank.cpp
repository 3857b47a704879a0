#include "salience/walk.h"

namespace nutgraf {
namespace {

constexpr double alpha = 0.25;         // of the paper: how much of a sentence's weight leaves it
constexpr int most_iterations = 1000;  // what was visited more is visited more: the end may come slowly

}  // namespace

// p(u) <- (1 - d) / n + d · N(u) · sum over v of p0(v, u) p(v) / D(v), where D(v) = sum over z of p0(v, z)
// N(z), N(u) the last p(u), p0(v, u) = alpha cos(v, u) / degree(v) for u other than v, p0(u, u) = 1 - alpha.
std::vector<double> divrank(const SalienceInput& in) {
  const std::size_t n = in.size();
  const double damping = in.options.damping, share = 1.0 / in.votes.count;
  /// The sum of likeness(u, v) · w(v) over the voters v other than u.
  const auto others_times = [&](const std::vector<double>& w) {
    std::vector<double> sums = in.cosines.likeness_times(w, in.pacer);
    for (std::size_t r = 0; r < n; ++r) {
      if (in.has_vote(r)) sums[r] = without_own(sums[r], in.cosines.self_likeness(r) * w[r]);
    }
    return sums;
  };
  const std::vector<double> degree = others_times(in.voters());
  const auto leaving = [&](std::size_t r) { return degree[r] > 0 ? alpha : 0; };
  std::vector<double> start(n, share), of_voters(n), passed_on(n), plain(n);
  return fixed_point(in, std::move(start), most_iterations, [&](const std::vector<double>& p) {
    for (std::size_t r = 0; r < n; ++r) of_voters[r] = in.has_vote(r) ? p[r] : 0;
    const std::vector<double> around = others_times(of_voters);
    std::vector<double> next(n);
    for (std::size_t r = 0; r < n; ++r) {
      passed_on[r] = plain[r] = 0;
      if (!in.has_vote(r)) continue;
      const double reached =
          (1 - leaving(r)) * p[r] + (degree[r] > 0 ? leaving(r) * around[r] / degree[r] : 0);
      next[r] = reached > 0 ? (1 - leaving(r)) * p[r] / reached : 0;
      passed_on[r] = degree[r] > 0 && reached > 0 ? leaving(r) * p[r] / reached / degree[r] : 0;
      plain[r] = degree[r] > 0 ? leaving(r) * p[r] / degree[r] : 0;
    }
    const std::vector<double> arriving = others_times(passed_on);
    const std::vector<double> without_reinforcement = others_times(plain);
    for (std::size_t r = 0; r < n; ++r) {
      // A sentence without a vote takes no share of the walk: it gets what it would without reinforcement.
      const double flow = in.has_vote(r) ? p[r] * (next[r] + arriving[r]) : without_reinforcement[r];
      next[r] = (1 - damping) * share + damping * flow;
    }
    return next;
  });
}

}  // namespace nutgraf
