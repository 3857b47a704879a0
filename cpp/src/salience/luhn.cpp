#include <algorithm>

#include "salience/term_weights.h"
#include "terms/word_terms.h"

namespace nutgraf {
namespace {

constexpr int most_between = 4;  // words that are not significant, between two that are

/// The best s² / l of the runs of a sentence, given the places of its significant words.
double best_run(std::span<const std::int32_t> places) {
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
  const std::vector<std::uint8_t> is_significant = significant_terms(in, weigh_terms(in));
  const Vocabulary& vocabulary = in.vectors.counts.vocabulary;
  std::vector<double> scores;
  scores.reserve(in.size());
  WordTerms terms_of({});
  std::vector<std::int32_t> ids, places;
  for (const Document& document : in.documents) {
    terms_of(
        document,
        [&](const char* buffer, std::span<const Span> found) {
          ids.resize(found.size());
          vocabulary.find(buffer, found, ids);
          for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] >= 0 && is_significant[ids[i]]) places.push_back(terms_of.places()[i]);
          }
        },
        [&](std::int32_t sentence) {
          in.pacer.advance(static_cast<std::size_t>(document.sentence_spans()[sentence].size()));
          scores.push_back(best_run(places));
          places.clear();
        });
  }
  return scores;
}

}  // namespace nutgraf
