#include <cmath>

#include "salience/singular_vectors.h"

namespace nutgraf {

std::vector<double> lsa(const SalienceInput& in) {
  const SingularVectors topics = singular_vectors(in);
  std::vector<double> scores(in.size());
  for (std::size_t r = 0; r < scores.size(); ++r) {
    double squares = 0;
    for (std::size_t k = 0; k < topics.values.size(); ++k) {
      const double part = topics.values[k] * topics.vectors[k][r];
      squares += part * part;
    }
    scores[r] = std::sqrt(squares);
  }
  return scores;
}

std::vector<double> lsa_topics(const SalienceInput& in) {
  const SingularVectors topics = singular_vectors(in);
  std::vector<double> scores(in.size());
  // Where two entries differ by rounding alone, the first sentence is taken.
  constexpr double rounding = 1e-9;
  for (std::size_t k = 0; k < topics.values.size(); ++k) {
    double largest = 0;
    std::size_t taken = in.size();
    for (std::size_t r = 0; r < scores.size(); ++r) {
      const double size = std::abs(topics.vectors[k][r]);
      if (!in.has_vote(r) || scores[r] > 0 || size <= largest + rounding) continue;
      largest = size;
      taken = r;
    }
    if (taken < in.size()) scores[taken] = topics.values[k] / topics.values[0];
  }
  return scores;
}

std::vector<double> lsa_cross(const SalienceInput& in) {
  const SingularVectors topics = singular_vectors(in);
  std::vector<double> scores(in.size());
  for (std::size_t k = 0; k < topics.values.size(); ++k) {
    const std::vector<double>& topic = topics.vectors[k];
    double mean = 0;
    for (std::size_t r = 0; r < topic.size(); ++r) mean += in.has_vote(r) ? std::abs(topic[r]) : 0;
    mean /= in.votes.count;
    for (std::size_t r = 0; r < topic.size(); ++r) {
      if (std::abs(topic[r]) > mean) scores[r] += topics.values[k] * std::abs(topic[r]);
    }
  }
  return scores;
}

}  // namespace nutgraf
