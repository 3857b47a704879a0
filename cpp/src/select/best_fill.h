#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "support/checkpoint.h"

namespace nutgraf {

/// A sentence to choose, or not, in the order of the text.
struct FillItem {
  std::int64_t value = 0;  ///< 0 or more; the sum of all below 2^62
  std::int64_t cost = 0;   ///< 0 or more
  /// It may be taken only beside the item before it, or behind it; a run ends where nothing follows.
  bool needs_previous = false, needs_next = false;
  bool begins_run = false;  ///< what stands before it is not its previous
  bool is_barred = false;   ///< it may not be taken
  bool is_forced = false;   ///< it must be taken; needs nothing
};

/// The most cells, items times limit, of what best_fill keeps: a byte each.
inline constexpr std::int64_t most_fill_cells = std::int64_t{1} << 20;

/// Which items to take so that their costs sum to `limit` at most, each has what it needs, and their values
/// sum to the most: the knapsack problem by dynamic programming over items and cost, exact. Of equal choices
/// one with earlier items. Time and memory are items times limit.
std::vector<std::int32_t> best_fill(std::span<const FillItem> items, std::int64_t limit, Pacer& pacer);

}  // namespace nutgraf
