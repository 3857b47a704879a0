#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "nutgraf/terms.h"
#include "support/murmur_hash.h"
#include "support/radix_sort.h"
#include "support/sum_by_id.h"
#include "support/term_key.h"
#include "terms/row_counter.h"

namespace nutgraf {

/// Rows of hashed terms: columns that come from the hash, and counts with a sign.
class HashedRows {
 public:
  /// options.columns is 1 or more; the rows are appended to `counts`.
  HashedRows(const HashingOptions& options, TermCounts counts)
      : options_(options), counts_(std::move(counts)) {}

  void add(const char* buffer, std::span<const Span> terms) {
    const std::size_t begin = entries_.size();
    entries_.resize(begin + terms.size());
    const std::span<std::uint32_t> hashes = std::span(entries_).subspan(begin);
    murmur_hashes(buffer, terms, hashes);
    to_entries(hashes);
  }
  void add(const TermKey& term) {
    entries_.push_back(murmur_hash(term.text));
    to_entries(std::span(entries_).last(1));
  }
  void end_row() {
    columns_.resize(entries_.size());
    signs_.resize(entries_.size());
    const std::size_t size = entries_.size() <= SumById::few ? sum_few() : sum_many();
    append_row(counts_, std::span(columns_).first(size), std::span(signs_).first(size));
    entries_.clear();
  }
  TermCounts take() { return std::move(counts_); }

 private:
  /// An entry is twice the column, and 1 more for a negative sign, so that one number is sorted.
  static std::int32_t column_of(std::uint32_t entry) noexcept {
    return static_cast<std::int32_t>(entry >> 1);
  }
  static std::int32_t sign_of(std::uint32_t entry) noexcept {
    return 1 - 2 * static_cast<std::int32_t>(entry & 1);
  }

  void to_entries(std::span<std::uint32_t> hashes) const noexcept {
    const auto columns = static_cast<std::uint32_t>(options_.columns);
    const std::uint32_t signs = options_.alternate_sign ? 1 : 0;
    // The size of the hash as a number with a sign.
    const auto size_of = [](std::uint32_t hash) { return hash >> 31 ? 0U - hash : hash; };
    if (std::has_single_bit(columns)) {
      for (std::uint32_t& hash : hashes) hash = (size_of(hash) & (columns - 1)) << 1 | (hash >> 31 & signs);
      return;
    }
    // The size of the least number is none of its kind: scikit-learn takes this column. For a power of two
    // both are 0.
    constexpr std::uint32_t least = 0x80000000U, most = std::numeric_limits<std::int32_t>::max();
    for (std::uint32_t& hash : hashes) {
      const std::uint32_t size = hash == least ? most - (columns - 1) : size_of(hash);
      hash = size % columns << 1 | (hash >> 31 & signs);
    }
  }

  std::size_t sum_few() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      columns_[i] = column_of(entries_[i]);
      signs_[i] = sign_of(entries_[i]);
    }
    return sum_.add_up(columns_, signs_);
  }
  /// By sorting: a table of all columns is larger than a cache.
  std::size_t sum_many() {
    scratch_.resize(entries_.size());
    radix_sort(std::span(entries_), std::span(scratch_),
               std::bit_width(static_cast<std::uint32_t>(options_.columns - 1)) + 1,
               [](std::uint32_t entry) { return entry; });
    std::size_t last = 0;
    std::int32_t sum = 0;
    columns_[0] = column_of(entries_[0]);
    for (const std::uint32_t entry : entries_) {
      const bool is_new = column_of(entry) != columns_[last];
      last += is_new;
      sum = (is_new ? 0 : sum) + sign_of(entry);
      columns_[last] = column_of(entry);
      signs_[last] = sum;
    }
    return last + 1;
  }

  HashingOptions options_;
  TermCounts counts_;
  SumById sum_;
  std::vector<std::uint32_t> entries_, scratch_;  ///< of the row
  std::vector<std::int32_t> columns_, signs_;     ///< of the row, added up
};

}  // namespace nutgraf
