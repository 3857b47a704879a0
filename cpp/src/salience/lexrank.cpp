#include "salience/similarity_graph.h"
#include "salience/walk.h"

namespace nutgraf {
namespace {

std::vector<double> walk_over_cosines(const SalienceInput& in, std::span<const double> jumps) {
  const auto flow = [&](const std::vector<double>& w) { return in.cosines.likeness_times(w, in.pacer); };
  return stationary(in, flow(in.voters()), jumps, flow);
}

}  // namespace

std::vector<double> lexrank(const SalienceInput& in) {
  return walk_over_cosines(in, {});
}

std::vector<double> lexrank_discrete(const SalienceInput& in) {
  const SimilarityGraph graph(in);
  const auto flow = [&](const std::vector<double>& w) { return graph.sum_of_neighbors(w, in.pacer); };
  return stationary(in, flow(in.voters()), {}, flow);
}

std::vector<double> lexrank_degree(const SalienceInput& in) {
  return SimilarityGraph(in).sum_of_neighbors(in.voters(), in.pacer);
}

std::vector<double> lexrank_biased(const SalienceInput& in) {
  double sum = 0;
  for (std::size_t r = 0; r < in.topic.size(); ++r) sum += in.has_vote(r) ? in.topic[r] : 0;
  if (!(sum > 0)) return lexrank(in);
  std::vector<double> jumps(in.topic.begin(), in.topic.end());
  for (double& jump : jumps) jump /= sum;
  return walk_over_cosines(in, jumps);
}

}  // namespace nutgraf
