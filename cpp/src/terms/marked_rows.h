#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/terms.h"

namespace nutgraf {

/// Calls use(term, count) for each entry of a row.
template <typename Use>
void for_terms(const TermCounts& counts, std::int32_t row, Use use) {
  for (std::int32_t i = counts.row_begin[row]; i < counts.row_begin[row + 1]; ++i)
    use(counts.ids[i], counts.counts[i]);
}

/// In how many of the rows with a mark each term stands.
inline std::vector<std::int64_t> row_frequencies(const TermCounts& counts,
                                                 std::span<const std::uint8_t> marks) {
  std::vector<std::int64_t> found(static_cast<std::size_t>(counts.vocabulary.size()));
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    if (marks[r]) for_terms(counts, r, [&](std::int32_t term, std::int32_t) { ++found[term]; });
  }
  return found;
}

/// How often each term stands in the rows with a mark.
inline std::vector<double> term_frequencies(const TermCounts& counts, std::span<const std::uint8_t> marks) {
  std::vector<double> found(static_cast<std::size_t>(counts.vocabulary.size()));
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    if (marks[r]) for_terms(counts, r, [&](std::int32_t term, std::int32_t count) { found[term] += count; });
  }
  return found;
}

}  // namespace nutgraf
