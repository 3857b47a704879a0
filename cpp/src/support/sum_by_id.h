#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace nutgraf {

/// Sorts rows of small numbers, the ids, and adds up the values of equal ones. Which id comes next is
/// anybody's guess, so that the time goes where a branch would: there are few.
class SumById {
 public:
  /// A row of so many ids needs no memory that grows with the largest.
  static constexpr std::size_t few = 64;

  /// Sorts ids, none of them negative, with their values, and adds up the values of equal ids; gives how many
  /// are left, which stand at the begin of both. Linear in the ids, and in 1 / 2^18 of the largest.
  std::size_t add_up(std::span<std::int32_t> ids, std::span<std::int32_t> values) {
    return sum(ids, values, [&](std::size_t i) { return values[i]; });
  }
  /// The same with the value 1 for each id, so that the sums are counts.
  std::size_t count(std::span<std::int32_t> ids, std::span<std::int32_t> counts) {
    return sum(ids, counts, [](std::size_t) { return 1; });
  }
  /// The same where no id comes twice, so that all are left; faster.
  void sort(std::span<std::int32_t> ids, std::span<std::int32_t> values) {
    if (ids.size() <= few) {
      sort_few(ids, values);
    } else {
      add_up(ids, values);
    }
  }

 private:
  static constexpr std::size_t levels = 3, word_bits = 64;

  template <typename ValueOf>
  std::size_t sum(std::span<std::int32_t> ids, std::span<std::int32_t> sums, ValueOf value_of) {
    return ids.size() <= few ? sum_few(ids, sums, value_of) : sum_many(ids, sums, value_of);
  }

  /// A row as it is compared with one id: all of it, some lanes at a time.
  class Few {
   public:
    explicit Few(std::span<const std::int32_t> ids) noexcept
        : padded_((ids.size() + lanes - 1) / lanes * lanes) {
      std::ranges::copy(ids, ids_.begin());
      std::fill_n(ids_.begin() + static_cast<std::ptrdiff_t>(ids.size()), padded_ - ids.size(),
                  std::numeric_limits<std::int32_t>::max());
    }
    std::int32_t operator[](std::size_t i) const noexcept { return ids_[i]; }
    /// How many are smaller: the place of this id.
    std::size_t place_of(std::int32_t id) const noexcept {
      std::int32_t smaller = 0;
      for (std::size_t i = 0; i < padded_; ++i) smaller += ids_[i] < id;
      return static_cast<std::size_t>(smaller);
    }

   private:
    static constexpr std::size_t lanes = 8;
    std::size_t padded_;
    std::array<std::int32_t, few> ids_;
  };

  static void sort_few(std::span<std::int32_t> ids, std::span<std::int32_t> values) noexcept {
    const Few row(ids);
    std::array<std::int32_t, few> unsorted;
    std::ranges::copy(values, unsorted.begin());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::size_t place = row.place_of(row[i]);
      ids[place] = row[i];
      values[place] = unsorted[i];
    }
  }

  template <typename ValueOf>
  static std::size_t sum_few(std::span<std::int32_t> ids, std::span<std::int32_t> sums,
                             ValueOf value_of) noexcept {
    const Few row(ids);
    std::array<std::int32_t, few> sorted, places{};
    std::array<std::uint8_t, few> taken{};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::size_t place = row.place_of(row[i]);
      sorted[place] = row[i];
      places[place] += value_of(i);
      taken[place] = 1;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ids[kept] = sorted[i];
      sums[kept] = places[i];
      kept += taken[i];
    }
    return kept;
  }

  /// By three levels of bits: those of the first are the ids, one of the others stands for a word of the one
  /// before.
  template <typename ValueOf>
  std::size_t sum_many(std::span<std::int32_t> ids, std::span<std::int32_t> sums, ValueOf value_of) {
    std::int32_t most = 0;
    for (const std::int32_t id : ids) most = std::max(most, id);
    reserve(static_cast<std::size_t>(most) + 1);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      auto at = static_cast<std::size_t>(ids[i]);
      sums_[at] += value_of(i);
      for (std::vector<std::uint64_t>& bits : bits_) {
        bits[at / word_bits] |= std::uint64_t{1} << at % word_bits;
        at /= word_bits;
      }
    }
    std::array<std::int32_t, word_bits + 1> high, middle;
    std::array<std::int32_t, word_bits * word_bits + 1> low;
    std::size_t kept = 0;
    for (std::size_t top = 0; top < bits_[2].size(); ++top) {
      if (!bits_[2][top]) continue;
      const std::size_t highs = take_bits(2, static_cast<std::int32_t>(top), high.data());
      for (std::size_t h = 0; h < highs; ++h) {
        const std::size_t middles = take_bits(1, high[h], middle.data());
        std::size_t lows = 0;
        for (std::size_t m = 0; m < middles; ++m) lows += take_bits(0, middle[m], low.data() + lows);
        for (std::size_t l = 0; l < lows; ++l) {
          ids[kept] = low[l];
          sums[kept++] = std::exchange(sums_[static_cast<std::size_t>(low[l])], 0);
        }
      }
    }
    return kept;
  }

  void reserve(std::size_t size) {
    if (size <= sums_.size()) return;
    size = std::max(size, 2 * sums_.size());
    sums_.resize(size);
    for (std::vector<std::uint64_t>& bits : bits_) {
      size = (size + word_bits - 1) / word_bits;
      bits.resize(size);
    }
  }

  /// Clears a word and writes the places of its bits, of which there is one at least; gives their number.
  /// Most words have one or two.
  std::size_t take_bits(std::size_t level, std::int32_t word, std::int32_t* places) noexcept {
    std::uint64_t bits = std::exchange(bits_[level][static_cast<std::size_t>(word)], 0);
    const std::int32_t first = word * static_cast<std::int32_t>(word_bits);
    places[0] = first + std::countr_zero(bits);
    bits &= bits - 1;
    places[1] = first + (std::countr_zero(bits) & 63);
    std::size_t size = 1 + (bits != 0);
    for (bits &= bits - 1; bits; bits &= bits - 1) places[size++] = first + std::countr_zero(bits);
    return size;
  }

  std::vector<std::int32_t> sums_;
  std::array<std::vector<std::uint64_t>, levels> bits_;
};

}  // namespace nutgraf
