#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace nutgraf {

/// Sorts items by key(item), a number of so many bits, and keeps the order of equal ones; `scratch` has the
/// size of `items`. Linear in items and bits.
template <typename Item, typename Key>
void radix_sort(std::span<Item> items, std::span<Item> scratch, int bits, Key key) {
  // Bits of a digit: with more there are fewer passes, and larger tables of counts.
  constexpr int most_digit = 11, usual_digit = 9;
  constexpr std::size_t many = std::size_t{1} << 13;
  const int wanted = items.size() < many ? usual_digit : most_digit;
  const int passes = (bits + wanted - 1) / wanted;
  const int digit = passes == 0 ? 0 : (bits + passes - 1) / passes;
  const std::uint64_t mask = (std::uint64_t{1} << digit) - 1;
  std::span<Item> from = items, to = scratch;
  std::array<std::uint32_t, std::size_t{1} << most_digit> places;
  for (int pass = 0; pass < passes; ++pass) {
    const int shift = pass * digit;
    const auto digit_of = [&](const Item& item) {
      return static_cast<std::size_t>(key(item) >> shift & mask);
    };
    std::fill_n(places.begin(), mask + 1, 0U);
    for (const Item& item : from) ++places[digit_of(item)];
    std::uint32_t before = 0;
    for (std::size_t d = 0; d <= mask; ++d) before += std::exchange(places[d], before);
    for (const Item& item : from) to[places[digit_of(item)]++] = item;
    std::swap(from, to);
  }
  if (from.data() != items.data()) std::ranges::copy(from, items.begin());
}

}  // namespace nutgraf
