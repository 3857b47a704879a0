#include "select/best_fill.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nutgraf {
namespace {

/// What was done with the item before: left, taken, or taken with the need of the next one.
enum State : std::uint8_t { left, taken, open };
constexpr std::size_t states = 3;
constexpr std::int64_t impossible = -1;

/// The most value of each state for each limit up to the full one.
using Values = std::array<std::vector<std::int64_t>, states>;

std::pair<std::int64_t, State> better(std::pair<std::int64_t, State> a, std::pair<std::int64_t, State> b) {
  return b.first > a.first ? b : a;
}

}  // namespace

std::vector<std::int32_t> best_fill(std::span<const FillItem> items, std::int64_t limit, Pacer& pacer) {
  const auto size = static_cast<std::size_t>(limit) + 1;
  // For each item and limit the states before it that leaving and taking it come from, two bits each.
  std::vector<std::uint8_t> from(items.size() * size);
  Values before, after;
  for (std::vector<std::int64_t>& of_state : before) of_state.assign(size, impossible);
  after = before;
  std::ranges::fill(before[left], 0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const FillItem& item = items[i];
    pacer.advance(size);
    std::uint8_t* const from_here = from.data() + i * size;
    const State to = item.needs_next && !item.is_forced ? open : taken;
    const State other = to == open ? taken : open;
    const bool alone = !item.needs_previous || item.is_forced;
    const auto at = [&](State state, std::size_t c) { return std::pair{before[state][c], state}; };
    for (std::size_t c = 0; c < size; ++c) {
      const auto without = item.is_forced ? std::pair{impossible, left} : better(at(left, c), at(taken, c));
      std::pair<std::int64_t, State> with{impossible, left};
      if (!item.is_barred && item.cost <= static_cast<std::int64_t>(c)) {
        const std::size_t rest = c - static_cast<std::size_t>(item.cost);
        const bool has_previous = !item.begins_run;
        with = alone ? better(at(left, rest), at(taken, rest))
                     : std::pair{has_previous ? before[taken][rest] : impossible, taken};
        if (has_previous) with = better(with, at(open, rest));
        if (with.first != impossible) with.first += item.value;
      }
      after[left][c] = without.first;
      after[to][c] = with.first;
      after[other][c] = impossible;
      from_here[c] = static_cast<std::uint8_t>(without.second | with.second << 2);
    }
    std::swap(before, after);
  }
  std::vector<std::int32_t> found;
  State state = better({before[left].back(), left}, {before[taken].back(), taken}).second;
  std::size_t c = size - 1;
  for (std::size_t i = items.size(); i-- > 0;) {
    const std::uint8_t bits = from[i * size + c];
    if (state == left) {
      state = static_cast<State>(bits & 3);
      continue;
    }
    found.push_back(static_cast<std::int32_t>(i));
    c -= static_cast<std::size_t>(items[i].cost);
    state = static_cast<State>(bits >> 2);
  }
  std::ranges::reverse(found);
  return found;
}

}  // namespace nutgraf
