#include <cmath>

#include "salience/walk.h"

namespace nutgraf {

// The topic is a node of its own, whose edges are its likeness to the sentences.
std::vector<double> manifold(const SalienceInput& in) {
  const std::size_t n = in.size();
  const double alpha = in.options.damping;
  const std::vector<double> votes = in.voters();
  double topic_degree = 0;
  for (std::size_t r = 0; r < in.topic.size(); ++r) topic_degree += votes[r] * in.topic[r];
  const bool is_linked = topic_degree > 0;

  std::vector<double> inverse = in.cosines.likeness_times(votes, in.pacer);  // of the root of the degree
  for (std::size_t r = 0; r < n; ++r) {
    if (in.has_vote(r)) inverse[r] = without_own(inverse[r], in.cosines.self_likeness(r));
    if (is_linked) inverse[r] += in.topic[r];
    inverse[r] = inverse[r] > 0 ? 1 / std::sqrt(inverse[r]) : 0;
  }
  const double topic_inverse = is_linked ? 1 / std::sqrt(topic_degree) : 0;
  const double given = is_linked ? 0 : 1;  // y of a sentence
  double topic = is_linked ? 1 : 0;
  std::vector<double> weights(n);
  return fixed_point(in, std::vector<double>(n, given), most_steps, [&](const std::vector<double>& f) {
    for (std::size_t r = 0; r < n; ++r) weights[r] = votes[r] * f[r] * inverse[r];
    std::vector<double> next = in.cosines.likeness_times(weights, in.pacer);
    double topic_next = 0;
    for (std::size_t r = 0; r < n; ++r) {
      if (in.has_vote(r)) next[r] = without_own(next[r], in.cosines.self_likeness(r) * weights[r]);
      if (is_linked) {
        topic_next += in.topic[r] * weights[r] * topic_inverse;
        next[r] += in.topic[r] * topic * topic_inverse;
      }
      next[r] = alpha * next[r] * inverse[r] + (1 - alpha) * given;
    }
    if (is_linked) topic = alpha * topic_next + (1 - alpha);
    return next;
  });
}

}  // namespace nutgraf
