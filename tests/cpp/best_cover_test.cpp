#include "select/best_cover.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support.h"

namespace nutgraf {
namespace {

using test::below, test::Rng;

CoverProblem any_problem(Rng& rng) {
  CoverProblem problem;
  for (std::size_t i = 0; i < 6 + below(rng, 10); ++i)
    problem.worth.push_back(static_cast<std::int64_t>(below(rng, 5)));
  for (std::size_t i = 0; i < 1 + below(rng, 9); ++i) {
    CoverProblem::Item item;
    for (std::size_t each = 0; each < problem.worth.size(); ++each) {
      if (below(rng, 4) == 0) item.concepts.push_back(static_cast<std::int32_t>(each));
    }
    for (std::int64_t& cost : item.cost) cost = static_cast<std::int64_t>(1 + below(rng, 9));
    if (i > 0 && below(rng, 4) == 0) item.needs = static_cast<std::int32_t>(below(rng, i));
    problem.items.push_back(item);
  }
  for (std::int64_t& limit : problem.limits) limit = static_cast<std::int64_t>(5 + below(rng, 25));
  for (std::size_t i = 1; i < problem.items.size(); ++i) {
    if (below(rng, 5) > 0) continue;
    problem.items[i].conflicts.push_back(static_cast<std::int32_t>(i - 1));
    problem.items[i - 1].conflicts.push_back(static_cast<std::int32_t>(i));
  }
  return problem;
}

/// The worth of a set of items, or -1 where it may not be.
std::int64_t worth_of(const CoverProblem& problem, unsigned set) {
  const auto has = [&](std::size_t i) { return (set >> i & 1U) != 0; };
  CoverProblem::Cost sum{};
  std::vector<std::uint8_t> covered(problem.worth.size());
  for (std::size_t i = 0; i < problem.items.size(); ++i) {
    const CoverProblem::Item& item = problem.items[i];
    if (!has(i)) {
      if (item.is_forced) return -1;
      continue;
    }
    if (item.needs >= 0 && !has(static_cast<std::size_t>(item.needs))) return -1;
    for (const std::int32_t other : item.conflicts) {
      if (has(static_cast<std::size_t>(other))) return -1;
    }
    for (std::size_t kind = 0; kind < sum.size(); ++kind) sum[kind] += item.cost[kind];
    for (const std::int32_t each : item.concepts) covered[static_cast<std::size_t>(each)] = 1;
  }
  for (std::size_t kind = 0; kind < sum.size(); ++kind) {
    if (sum[kind] > problem.limits[kind]) return -1;
  }
  std::int64_t worth = 0;
  for (std::size_t each = 0; each < covered.size(); ++each) worth += covered[each] ? problem.worth[each] : 0;
  return worth;
}

std::int64_t by_brute_force(const CoverProblem& problem) {
  std::int64_t best = 0;
  for (unsigned set = 0; set < 1U << problem.items.size(); ++set)
    best = std::max(best, worth_of(problem, set));
  return best;
}

TEST(BestCover, EqualsBruteForce) {
  Rng rng(5);
  for (int round = 0; round < 3000; ++round) {
    const CoverProblem problem = any_problem(rng);
    const std::int64_t best = by_brute_force(problem);
    const Control control;
    Pacer pacer(control);
    const Cover found = best_cover(problem, 0, 1'000'000, pacer);
    EXPECT_EQ(found.worth, best);
    EXPECT_EQ(found.bound, best);
    unsigned set = 0;
    for (const std::int32_t item : found.items) set |= 1U << static_cast<unsigned>(item);
    EXPECT_EQ(worth_of(problem, set), best);
    EXPECT_TRUE(best_cover(problem, best, 1'000'000, pacer).items.empty());
  }
}

TEST(BestCover, BoundHoldsWhenItStopsEarly) {
  Rng rng(6);
  for (int round = 0; round < 1000; ++round) {
    const CoverProblem problem = any_problem(rng);
    const std::int64_t best = by_brute_force(problem);
    const Control control;
    Pacer pacer(control);
    const Cover found = best_cover(problem, 0, static_cast<std::int64_t>(below(rng, 6)), pacer);
    EXPECT_LE(found.worth, best);
    EXPECT_GE(found.bound, best);
  }
}

}  // namespace
}  // namespace nutgraf
