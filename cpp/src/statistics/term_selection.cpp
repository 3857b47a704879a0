#include "statistics/term_selection.h"

#include <algorithm>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

/// Whether each of the terms is among the most frequent; of equally frequent ones those first in order are.
std::vector<char> most_frequent(std::span<const std::int64_t> totals, std::size_t limit) {
  std::vector<std::size_t> places(totals.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::ranges::nth_element(
      places, places.begin() + static_cast<std::ptrdiff_t>(limit),
      [&](std::size_t a, std::size_t b) { return totals[a] != totals[b] ? totals[a] > totals[b] : a < b; });
  std::vector<char> is_kept(totals.size());
  for (std::size_t i = 0; i < limit; ++i) is_kept[places[i]] = 1;
  return is_kept;
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
  const auto term = [&](Vocabulary::Place place) { return vocabularies[place.part]->term(place.id); };

  // Equal terms stand beside each other: a group is a term.
  TermSelection selection;
  for (const Vocabulary* vocabulary : vocabularies)
    selection.new_ids.emplace_back(static_cast<std::size_t>(vocabulary->size()), -1);
  std::vector<std::size_t> group_begins;
  selection.places.reserve(all.size());
  selection.document_frequencies.reserve(all.size());
  selection.totals.reserve(all.size());
  group_begins.reserve(all.size());
  std::size_t terms = 0;
  for (std::size_t first = 0, last; first < all.size(); first = last, ++terms) {
    std::int64_t frequency = 0, total = 0;
    for (last = first;
         last < all.size() && (last == first || (parts.size() > 1 && term(all[last]) == term(all[first])));
         ++last) {
      frequency += parts[all[last].part]->document_frequencies()[all[last].id];
      total += parts[all[last].part]->totals()[all[last].id];
    }
    const auto rows = static_cast<double>(frequency);
    if (rows < limits.min_df || rows > limits.max_df) continue;
    selection.places.push_back(all[first]);
    selection.document_frequencies.push_back(frequency);
    selection.totals.push_back(total);
    group_begins.push_back(first);
  }
  const auto limit = static_cast<std::size_t>(limits.max_features);
  if (limit > 0 && selection.places.size() > limit) {
    const std::vector<char> is_kept = most_frequent(selection.totals, limit);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < is_kept.size(); ++i) {
      if (!is_kept[i]) continue;
      selection.places[kept] = selection.places[i];
      selection.document_frequencies[kept] = selection.document_frequencies[i];
      selection.totals[kept] = selection.totals[i];
      group_begins[kept++] = group_begins[i];
    }
    selection.places.resize(kept);
    selection.document_frequencies.resize(kept);
    selection.totals.resize(kept);
  }
  if (selection.places.empty()) {
    throw Error(ErrorKind::invalid_argument,
                "no term is left after pruning: use a lower min_df or a higher max_df");
  }
  for (std::size_t id = 0; id < selection.places.size(); ++id) {
    std::size_t i = group_begins[id];
    do {
      selection.new_ids[all[i].part][all[i].id] = static_cast<std::int32_t>(id);
      ++i;
    } while (parts.size() > 1 && i < all.size() && term(all[i]) == term(selection.places[id]));
  }
  selection.complete = selection.places.size() == terms;
  return selection;
}

}  // namespace nutgraf
