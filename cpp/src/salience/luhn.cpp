#include <algorithm>

#include "salience/term_weights.h"
#include "terms/word_terms.h"

namespace nutgraf {
namespace {

constexpr int most_between = 4;  // words that are not significant, between two that are

/// The best s² / l of the runs of a sentence, given the places of its significant words.
double best_run(std::span<const int> places) {
  double best = 0;
  for (std::size_t first = 0, last; first < places.size(); first = last) {
    last = first + 1;
    while (last < places.size() && places[last] - places[last - 1] <= most_between + 1) ++last;
    const auto significant = static_cast<double>(last - first);
    best = std::max(best, significant * significant / (places[last - 1] - places[first] + 1));
  }
  return best;
}

}  // namespace

std::vector<double> luhn(const SalienceInput& in) {
  const TermWeights terms = weigh_terms(in);
  const Vocabulary& vocabulary = in.vectors.counts.vocabulary;
  std::vector<double> scores;
  scores.reserve(in.size());
  WordTerms terms_of({});
  std::vector<int> places;
  int word = 0;
  for (const Document& document : in.documents) {
    terms_of(
        document,
        [&](const TermKey& key) {
          const std::int32_t term = vocabulary.find(key);
          if (term >= 0 && terms.is_significant[term]) places.push_back(word);
          ++word;
        },
        [&] { ++word; },
        [&](std::int32_t sentence) {
          in.pacer.advance(static_cast<std::size_t>(document.sentence_spans()[sentence].size()));
          scores.push_back(best_run(places));
          places.clear();
          word = 0;
        });
  }
  return scores;
}

}  // namespace nutgraf
