#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace nutgraf {

/// Sorts rows of small numbers, the ids, and adds up the values of equal ones. Which id comes next is
/// anybody's guess, so that the time goes where a branch would: there are few.
class SumById {
 public:
  /// A row of so many ids needs no memory that grows with the ids there are.
  static constexpr std::size_t few = 64;

  /// From now on ids are below `ids`; more than before are allowed, fewer change nothing.
  void reserve(std::size_t ids) noexcept { ids_ = std::max(ids_, ids); }

  /// Sorts ids, none of them negative, with their values, and adds up the values of equal ids; gives how many
  /// are left, which stand at the begin of both. Linear in the ids, and in 1 / 2^9 of the largest that was
  /// reserved.
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
  static constexpr std::size_t word_bits = 64;

  template <typename ValueOf>
  std::size_t sum(std::span<std::int32_t> ids, std::span<std::int32_t> sums, ValueOf value_of) {
    return ids.size() <= few ? sum_few(ids, sums, value_of) : sum_many(ids, sums, value_of);
  }

  using Few = std::array<std::int32_t, few>;
  /// How many of the first `size` ids are smaller than each of them: their places in order.
  static void find_places(const Few& ids, std::size_t size, Few& places) noexcept;

  static void sort_few(std::span<std::int32_t> ids, std::span<std::int32_t> values) noexcept {
    Few row, unsorted, places;
    std::ranges::copy(ids, row.begin());
    std::ranges::copy(values, unsorted.begin());
    find_places(row, ids.size(), places);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto place = static_cast<std::size_t>(places[i]);
      ids[place] = row[i];
      values[place] = unsorted[i];
    }
  }

  template <typename ValueOf>
  std::size_t sum_few(std::span<std::int32_t> ids, std::span<std::int32_t> sums, ValueOf value_of) noexcept {
    std::ranges::copy(ids, row_.begin());
    find_places(row_, ids.size(), places_);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto place = static_cast<std::size_t>(places_[i]);
      sorted_[place] = row_[i];
      sorted_sums_[place] += value_of(i);
      taken_[place] = 1;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      ids[kept] = sorted_[i];
      sums[kept] = std::exchange(sorted_sums_[i], 0);
      kept += std::exchange(taken_[i], std::uint8_t{0});
    }
    return kept;
  }

  /// By a bit for each id and a mark for each word of bits, that is only written, so that no id waits for the
  /// one before.
  template <typename ValueOf>
  std::size_t sum_many(std::span<std::int32_t> ids, std::span<std::int32_t> sums, ValueOf value_of) {
    grow();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto id = static_cast<std::size_t>(ids[i]);
      sums_[id] += value_of(i);
      bits_[id / word_bits] |= std::uint64_t{1} << id % word_bits;
      marks_[id / word_bits] = 1;
    }
    if (found_.size() <= ids.size()) {  // of both one more is written, in vain
      found_.resize(ids.size() + 1);
      words_.resize(ids.size() + 1);
    }
    std::size_t words = 0;
    for (std::size_t first = 0; first < marks_.size(); first += sizeof(std::uint64_t)) {
      std::uint64_t marks;
      std::memcpy(&marks, &marks_[first], sizeof marks);
      if (marks == 0) continue;
      for (std::size_t word = first; word < first + sizeof marks; ++word) {
        words_[words] = static_cast<std::uint32_t>(word);
        words += std::exchange(marks_[word], 0);
      }
    }
    std::int32_t* to = found_.data();
    for (std::size_t word = 0; word < words; ++word) to = take_bits(words_[word], to);
    const auto kept = static_cast<std::size_t>(to - found_.data());
    for (std::size_t i = 0; i < kept; ++i) {
      ids[i] = found_[i];
      sums[i] = std::exchange(sums_[static_cast<std::size_t>(found_[i])], 0);
    }
    return kept;
  }

  void grow() {
    if (ids_ <= sums_.size()) return;
    constexpr std::size_t least_ids = word_bits * sizeof(std::uint64_t);  // a word of marks
    const std::size_t size = (std::max(ids_, 2 * sums_.size()) + least_ids - 1) / least_ids * least_ids;
    sums_.resize(size);
    bits_.resize(size / word_bits);
    marks_.resize(bits_.size());
  }

  /// Clears a word and appends the ids of its bits, of which there is one at least. Most words have one or
  /// two: so many are written without a branch.
  std::int32_t* take_bits(std::size_t word, std::int32_t* to) noexcept {
    constexpr std::uint64_t last = std::uint64_t{1} << (word_bits - 1);  // any, where there is none
    std::uint64_t bits = std::exchange(bits_[word], 0);
    const auto first = static_cast<std::int32_t>(word * word_bits);
    *to++ = first + std::countr_zero(bits);
    bits &= bits - 1;
    *to = first + std::countr_zero(bits | last);
    to += bits != 0;
    for (bits &= bits - 1; bits; bits &= bits - 1) *to++ = first + std::countr_zero(bits);
    return to;
  }

  // Of a short row. Sums and marks are 0 between rows, so that no row clears whole arrays.
  Few row_{}, places_{}, sorted_{}, sorted_sums_{};
  std::array<std::uint8_t, few> taken_{};

  std::size_t ids_ = 0;
  std::vector<std::int32_t> sums_;   ///< of each id
  std::vector<std::uint64_t> bits_;  ///< of the ids of the row
  std::vector<std::uint8_t> marks_;  ///< 1 for the words that have some
  std::vector<std::uint32_t> words_;
  std::vector<std::int32_t> found_;
};

}  // namespace nutgraf
