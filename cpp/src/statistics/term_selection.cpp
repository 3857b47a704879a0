#include "statistics/term_selection.h"

#include <algorithm>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

/// A term of all parts, whose places in the order stand beside each other.
struct Term {
  std::size_t first;  ///< of its places
  std::int64_t frequency = 0, total = 0;
};

/// Keeps the most frequent terms, of equally frequent ones those first in order.
void keep_most_frequent(std::vector<Term>& terms, std::size_t limit) {
  if (limit == 0 || terms.size() <= limit) return;
  std::ranges::nth_element(terms, terms.begin() + static_cast<std::ptrdiff_t>(limit),
                           [](const Term& a, const Term& b) {
                             return a.total != b.total ? a.total > b.total : a.first < b.first;
                           });
  terms.resize(limit);
  std::ranges::sort(terms, {}, &Term::first);
}

}  // namespace

TermSelection select_terms(std::span<const TermStatistics* const> parts, const TermLimits& limits,
                           const Control& control) {
  std::vector<const Vocabulary*> vocabularies;
  for (const TermStatistics* part : parts) vocabularies.push_back(&part->vocabulary());
  const std::vector<Vocabulary::Place> all = Vocabulary::byte_order(vocabularies, control);
  if (all.empty()) {
    throw Error(
        ErrorKind::invalid_argument,
        "the texts hold no term: they are empty, or hold nothing but stop words and single characters");
  }
  if (limits.max_df < limits.min_df)
    throw Error(ErrorKind::invalid_argument, "max_df corresponds to fewer rows than min_df");
  const auto is_same = [&](std::size_t i, std::size_t k) {
    const auto term = [&](Vocabulary::Place place) { return vocabularies[place.part]->term(place.id); };
    return i == k || (parts.size() > 1 && term(all[i]) == term(all[k]));
  };

  std::vector<Term> terms;
  terms.reserve(all.size());
  std::size_t terms_in_all = 0;
  for (std::size_t first = 0, last; first < all.size(); first = last, ++terms_in_all) {
    Term term{first};
    for (last = first; last < all.size() && is_same(last, first); ++last) {
      const TermStatistics& part = *parts[all[last].part];
      term.frequency += part.document_frequencies()[all[last].id];
      term.total += part.totals()[all[last].id];
    }
    const auto rows = static_cast<double>(term.frequency);
    if (rows >= limits.min_df && rows <= limits.max_df) terms.push_back(term);
  }
  keep_most_frequent(terms, static_cast<std::size_t>(limits.max_features));
  if (terms.empty()) {
    throw Error(ErrorKind::invalid_argument,
                "no term is left after pruning: use a lower min_df or a higher max_df");
  }

  TermSelection selection;
  selection.complete = terms.size() == terms_in_all;
  for (const Vocabulary* vocabulary : vocabularies)
    selection.new_ids.emplace_back(static_cast<std::size_t>(vocabulary->size()), -1);
  selection.places.reserve(terms.size());
  selection.document_frequencies.reserve(terms.size());
  selection.totals.reserve(terms.size());
  for (const Term& term : terms) {
    const auto id = static_cast<std::int32_t>(selection.places.size());
    for (std::size_t i = term.first; i < all.size() && is_same(i, term.first); ++i)
      selection.new_ids[all[i].part][all[i].id] = id;
    selection.places.push_back(all[term.first]);
    selection.document_frequencies.push_back(term.frequency);
    selection.totals.push_back(term.total);
  }
  return selection;
}

}  // namespace nutgraf
