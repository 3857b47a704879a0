#include "statistics/term_selection.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

/// Terms while they are selected. `first` are their first places in the order of all parts' terms.
struct Terms {
  std::vector<std::int64_t> frequencies, totals;
  std::vector<std::size_t> first;

  void resize(std::size_t size) {
    frequencies.resize(size);
    totals.resize(size);
    first.resize(size);
  }
};

/// Keeps the most frequent terms, of equally frequent ones those first in order.
void keep_most_frequent(Terms& terms, std::size_t limit) {
  if (limit == 0 || terms.first.size() <= limit) return;
  std::vector<std::size_t> kept(terms.first.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  const auto last = kept.begin() + static_cast<std::ptrdiff_t>(limit);
  std::ranges::nth_element(kept, last, [&](std::size_t a, std::size_t b) {
    return terms.totals[a] != terms.totals[b] ? terms.totals[a] > terms.totals[b] : a < b;
  });
  std::sort(kept.begin(), last);
  for (std::size_t i = 0; i < limit; ++i) {
    terms.frequencies[i] = terms.frequencies[kept[i]];
    terms.totals[i] = terms.totals[kept[i]];
    terms.first[i] = terms.first[kept[i]];
  }
  terms.resize(limit);
}

}  // namespace

TermSelection select_terms(std::span<const TermStatistics> parts, const TermLimits& limits,
                           const Control& control) {
  std::vector<const Vocabulary*> vocabularies;
  for (const TermStatistics& part : parts) vocabularies.push_back(&part.vocabulary());
  std::vector<Vocabulary::Place> all = Vocabulary::byte_order(vocabularies, control);
  if (all.empty()) {
    throw Error(
        ErrorKind::invalid_argument,
        "the texts hold no term: they are empty, or hold nothing but stop words and single characters");
  }
  if (limits.max_df < limits.min_df)
    throw Error(ErrorKind::invalid_argument, "max_df corresponds to fewer rows than min_df");

  Terms terms;
  terms.resize(all.size());
  std::size_t kept = 0, terms_in_all = 0;
  for (std::size_t first = 0, last; first < all.size(); first = last, ++terms_in_all) {
    std::int64_t frequency = 0, total = 0;
    last = first;
    do {
      const TermStatistics& part = parts[all[last].part];
      frequency += part.document_frequencies()[all[last].id];
      total += part.totals()[all[last].id];
      ++last;
    } while (last < all.size() && all[last].is_repeat);
    terms.frequencies[kept] = frequency;
    terms.totals[kept] = total;
    terms.first[kept] = first;
    const auto rows = static_cast<double>(frequency);
    kept += rows >= limits.min_df && rows <= limits.max_df;
  }
  terms.resize(kept);
  keep_most_frequent(terms, static_cast<std::size_t>(limits.max_features));
  if (terms.first.empty()) {
    throw Error(ErrorKind::invalid_argument,
                "no term is left after pruning: use a lower min_df or a higher max_df");
  }

  TermSelection selection;
  selection.complete = terms.first.size() == terms_in_all;
  for (const Vocabulary* vocabulary : vocabularies)
    selection.new_ids.emplace_back(static_cast<std::size_t>(vocabulary->size()), -1);
  for (std::size_t id = 0; id < terms.first.size(); ++id) {
    std::size_t at = terms.first[id];
    do {
      selection.new_ids[all[at].part][all[at].id] = static_cast<std::int32_t>(id);
      ++at;
    } while (at < all.size() && all[at].is_repeat);
    all[id] = all[terms.first[id]];
  }
  all.resize(terms.first.size());
  selection.places = std::move(all);
  selection.document_frequencies = std::move(terms.frequencies);
  selection.totals = std::move(terms.totals);
  return selection;
}

}  // namespace nutgraf
