#include "select/best_fill.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support.h"

namespace nutgraf {
namespace {

using test::below, test::Rng;

std::vector<FillItem> any_items(Rng& rng) {
  std::vector<FillItem> items(1 + below(rng, 10));
  for (FillItem& item : items) {
    item = {.value = static_cast<std::int64_t>(below(rng, 9)),
            .cost = static_cast<std::int64_t>(below(rng, 7)),
            .needs_previous = below(rng, 3) == 0,
            .needs_next = below(rng, 5) == 0,
            .begins_run = below(rng, 6) == 0,
            .is_barred = below(rng, 8) == 0};
    if (below(rng, 10) == 0) item.cost = 0, item.is_barred = false, item.is_forced = true;
  }
  return items;
}

/// The value of a set of items, or -1 where it may not be.
std::int64_t value_of(std::span<const FillItem> items, std::int64_t limit, unsigned set) {
  const auto has = [&](std::size_t i) { return i < items.size() && (set >> i & 1U) != 0; };
  std::int64_t value = 0, cost = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!has(i)) {
      if (items[i].is_forced) return -1;
      continue;
    }
    value += items[i].value;
    cost += items[i].cost;
    if (items[i].is_forced) continue;
    const bool has_next = has(i + 1) && !items[i + 1].begins_run;
    const bool has_previous = i > 0 && has(i - 1) && !items[i].begins_run;
    if (items[i].is_barred || (items[i].needs_previous && !has_previous) ||
        (items[i].needs_next && !has_next)) {
      return -1;
    }
  }
  return cost <= limit ? value : -1;
}

TEST(BestFill, IsTheBestOfAllSets) {
  Rng rng(11);
  const Control control;
  for (int round = 0; round < 3000; ++round) {
    const std::vector<FillItem> items = any_items(rng);
    const auto limit = static_cast<std::int64_t>(below(rng, 25));
    std::int64_t best = -1;
    for (unsigned set = 0; set < 1U << items.size(); ++set)
      best = std::max(best, value_of(items, limit, set));
    Pacer pacer(control);
    unsigned found = 0;
    for (const std::int32_t item : best_fill(items, limit, pacer)) found |= 1U << item;
    ASSERT_EQ(value_of(items, limit, found), best) << "round " << round;
  }
}

TEST(BestFill, OfEqualSetsTheEarlier) {
  const std::vector<FillItem> items(5, {.value = 3, .cost = 2});
  const Control control;
  Pacer pacer(control);
  EXPECT_EQ(best_fill(items, 5, pacer), (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(best_fill({}, 5, pacer), std::vector<std::int32_t>{});
}

}  // namespace
}  // namespace nutgraf
