#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "support/checkpoint.h"

namespace nutgraf {

/// Which items to take so that the concepts of all are worth the most, each concept counted once.
struct CoverProblem {
  static constexpr std::size_t kinds_of_cost = 4;
  using Cost = std::array<std::int64_t, kinds_of_cost>;
  struct Item {
    std::vector<std::int32_t> concepts{};
    Cost cost{};
    std::int32_t needs = -1;                ///< an item without which this one may not be taken, or -1
    std::vector<std::int32_t> conflicts{};  ///< items that may not be taken beside it
    bool is_forced = false;
  };
  std::vector<Item> items{};
  std::vector<std::int64_t> worth{};  ///< of each concept
  Cost limits{};                      ///< ceilings of the sums of costs
};

struct Cover {
  std::vector<std::int32_t> items{};  ///< sorted; empty where nothing is worth more than what was known
  std::int64_t worth = 0;             ///< of them, or what was known
  std::int64_t bound = 0;             ///< no choice is worth more
};

/// The best choice that is worth more than `known`, by branch and bound (Gillick and Favre 2009 solve the
/// same by integer programming). The bound of a node is what fits of the gains that are left, by gain for
/// cost, the last one in part; gains only fall. Depth first, the item of the most gain for its cost taken
/// before it is left out. Looks at `most_nodes` nodes at most, so that `bound` may stay above `worth`.
Cover best_cover(const CoverProblem& problem, std::int64_t known, std::int64_t most_nodes, Pacer& pacer);

}  // namespace nutgraf
