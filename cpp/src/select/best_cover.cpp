#include "select/best_cover.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nutgraf {
namespace {

enum class State : std::uint8_t { open, taken, left_out };

struct Node {
  std::vector<State> states;
  std::vector<std::uint8_t> covered;
  CoverProblem::Cost left;
  std::int64_t worth = 0;
};

class Search {
 public:
  Search(const CoverProblem& problem, std::int64_t known, Pacer& pacer)
      : problem_(problem), pacer_(pacer), best_{.items = {}, .worth = known, .bound = known} {}

  Cover run(std::int64_t most_nodes) {
    Node root{.states = std::vector<State>(problem_.items.size(), State::open),
              .covered = std::vector<std::uint8_t>(problem_.worth.size()),
              .left = problem_.limits};
    for (std::size_t i = 0; i < problem_.items.size(); ++i) {
      if (problem_.items[i].is_forced) take(root, i);
    }
    std::vector<std::pair<Node, std::int64_t>> open;  // with their bounds
    push(open, std::move(root));
    while (!open.empty() && most_nodes-- > 0) {
      auto [node, bound] = std::move(open.back());
      open.pop_back();
      if (bound <= best_.worth) continue;
      const std::int64_t next = branch_at(node);
      if (next < 0) continue;
      Node without = node;
      without.states[static_cast<std::size_t>(next)] = State::left_out;
      take(node, static_cast<std::size_t>(next));
      push(open, std::move(without));
      push(open, std::move(node));
    }
    best_.bound = best_.worth;
    for (const auto& [node, bound] : open) best_.bound = std::max(best_.bound, bound);
    return best_;
  }

 private:
  bool fits(const Node& node, const CoverProblem::Item& item) const {
    for (std::size_t kind = 0; kind < item.cost.size(); ++kind) {
      if (item.cost[kind] > node.left[kind]) return false;
    }
    return true;
  }
  void take(Node& node, std::size_t i) const {
    const CoverProblem::Item& item = problem_.items[i];
    node.states[i] = State::taken;
    for (const std::int32_t other : item.conflicts) {
      if (node.states[other] == State::open) node.states[other] = State::left_out;
    }
    for (std::size_t kind = 0; kind < item.cost.size(); ++kind) node.left[kind] -= item.cost[kind];
    for (const std::int32_t each : item.concepts) {
      if (!std::exchange(node.covered[each], std::uint8_t{1})) node.worth += problem_.worth[each];
    }
  }
  std::int64_t gain(const Node& node, std::size_t i) const {
    std::int64_t sum = 0;
    for (const std::int32_t each : problem_.items[i].concepts)
      sum += node.covered[each] ? 0 : problem_.worth[each];
    return sum;
  }
  /// The share of what is left of a budget that an item takes, the largest of its kinds.
  double share(const Node& node, std::size_t i) const {
    double most = 0;
    for (std::size_t kind = 0; kind < node.left.size(); ++kind) {
      if (problem_.items[i].cost[kind] > 0)
        most = std::max(most, static_cast<double>(problem_.items[i].cost[kind]) /
                                  static_cast<double>(std::max<std::int64_t>(node.left[kind], 1)));
    }
    return most;
  }

  /// Leaves out what can be taken no more, keeps the node if it is the best, and puts it to the others if
  /// what is below it may be better.
  void push(std::vector<std::pair<Node, std::int64_t>>& open, Node node) {
    if (node.worth > best_.worth) {
      best_.worth = node.worth;
      best_.items.clear();
      for (std::size_t i = 0; i < node.states.size(); ++i) {
        if (node.states[i] == State::taken) best_.items.push_back(static_cast<std::int32_t>(i));
      }
    }
    for (std::size_t i = 0; i < node.states.size(); ++i) {
      const CoverProblem::Item& item = problem_.items[i];
      const bool is_barred = item.needs >= 0 && node.states[item.needs] == State::left_out;
      if (node.states[i] == State::open && (is_barred || !fits(node, item))) node.states[i] = State::left_out;
    }
    const std::int64_t bound = bound_of(node);
    if (bound > best_.worth) open.emplace_back(std::move(node), bound);
  }

  std::int64_t bound_of(const Node& node) {
    // One bound a kind of cost, each as if there were no other.
    std::vector<std::pair<std::int64_t, std::size_t>> gains;
    for (std::size_t i = 0; i < node.states.size(); ++i) {
      if (node.states[i] == State::open) gains.emplace_back(gain(node, i), i);
      pacer_.advance(problem_.items[i].concepts.size() + 1);
    }
    std::int64_t least = 0;
    std::vector<std::uint8_t> seen = node.covered;
    for (const auto& [worth, i] : gains) {
      for (const std::int32_t each : problem_.items[i].concepts) {
        if (!std::exchange(seen[each], std::uint8_t{1})) least += problem_.worth[each];
      }
    }
    for (std::size_t kind = 0; kind < node.left.size(); ++kind) {
      const auto density = [&](const std::pair<std::int64_t, std::size_t>& item) {
        return static_cast<double>(item.first) /
               static_cast<double>(std::max<std::int64_t>(problem_.items[item.second].cost[kind], 1));
      };
      std::ranges::sort(gains, [&](const auto& a, const auto& b) {
        return density(a) != density(b) ? density(a) > density(b) : a.second < b.second;
      });
      std::int64_t left = node.left[kind], sum = 0;
      for (const auto& [worth, i] : gains) {
        const std::int64_t cost = problem_.items[i].cost[kind];
        if (cost > left) {
          sum += static_cast<std::int64_t>(
              std::ceil(static_cast<double>(worth) * static_cast<double>(left) / static_cast<double>(cost)));
          break;
        }
        left -= cost;
        sum += worth;
      }
      least = std::min(least, sum);
    }
    return node.worth + least;
  }

  /// The open item with the most gain for its cost, of those that may be taken now; -1 where none gains.
  std::int64_t branch_at(const Node& node) const {
    std::int64_t best = -1;
    double most = 0;
    for (std::size_t i = 0; i < node.states.size(); ++i) {
      const std::int32_t needs = problem_.items[i].needs;
      if (node.states[i] != State::open || (needs >= 0 && node.states[needs] != State::taken)) continue;
      const double density = static_cast<double>(gain(node, i)) / std::max(share(node, i), 1e-9);
      // One without a gain may be needed by one that has.
      if (best >= 0 && density <= most) continue;
      most = density;
      best = static_cast<std::int64_t>(i);
    }
    return best;
  }

  const CoverProblem& problem_;
  Pacer& pacer_;
  Cover best_;
};

}  // namespace

Cover best_cover(const CoverProblem& problem, std::int64_t known, std::int64_t most_nodes, Pacer& pacer) {
  return Search(problem, known, pacer).run(most_nodes);
}

}  // namespace nutgraf
