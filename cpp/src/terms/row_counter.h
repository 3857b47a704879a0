#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// \throws Error limit for more entries than an int32 index can name.
inline void check_entries(std::size_t entries, std::size_t row) {
  if (entries > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(ErrorKind::limit, "more than 2^31 - 1 entries at row " + std::to_string(row) +
                                      "; split the texts into several matrices");
  }
}

/// Gathers the term ids of a row and appends them, counted, to TermCounts.
class RowCounter {
 public:
  /// `sorts`: ids ascend within a row; else they come as they first stood there.
  explicit RowCounter(TermCounts& counts, bool sorts = true) : counts_(counts), sorts_(sorts) {}

  void add(std::int32_t id) { row_.push_back(id); }
  /// Room for so many ids more, that the caller fills.
  std::span<std::int32_t> add(std::size_t ids) {
    const std::size_t begin = row_.size();
    row_.resize(begin + ids);
    return std::span(row_).subspan(begin);
  }
  /// Takes those below 0 from the last ids.
  void drop_unknown(std::size_t ids) {
    row_.erase(std::remove_if(row_.end() - static_cast<std::ptrdiff_t>(ids), row_.end(),
                              [](std::int32_t id) { return id < 0; }),
               row_.end());
  }

  void end_row() {
    check_entries(counts_.ids.size() + row_.size(), static_cast<std::size_t>(counts_.rows()));
    if (sorts_) {
      sort_row();
    } else {
      count_row();
    }
    row_.clear();
    begin_ = static_cast<std::int32_t>(counts_.ids.size());
    counts_.row_begin.push_back(begin_);
  }

 private:
  /// The faster way for a sentence.
  void sort_row() {
    std::ranges::sort(row_);
    for (std::size_t i = 0; i < row_.size();) {
      std::size_t next = i + 1;
      while (next < row_.size() && row_[next] == row_[i]) ++next;
      counts_.ids.push_back(row_[i]);
      counts_.counts.push_back(static_cast<std::int32_t>(next - i));
      i = next;
    }
  }

  void count_row() {
    if (repeats_.size() < row_.size()) repeats_.resize(row_.size());
    std::int32_t most = -1;
    for (const std::int32_t id : row_) most = std::max(most, id);
    if (most >= static_cast<std::int32_t>(places_.size()))
      places_.resize(std::max(2 * places_.size(), static_cast<std::size_t>(most) + 1), -1);
    // Places only grow, so that those of earlier rows lie before this one. Without a branch: whether a term
    // stood in the row before is anybody's guess.
    std::int32_t* const ids = row_.data();
    std::int32_t* const counts = repeats_.data();
    std::int32_t* const places = places_.data();
    std::int32_t size = 0;
    for (const std::int32_t id : row_) {
      const std::int32_t before = places[id] - begin_;
      const std::int32_t is_new = before >> 31;  // all bits, or none
      const std::int32_t place = (size & is_new) | (before & ~is_new);
      ids[place] = id;
      counts[place] = (counts[place] & ~is_new) + 1;
      places[id] = begin_ + place;
      size -= is_new;
    }
    counts_.ids.insert(counts_.ids.end(), ids, ids + size);
    counts_.counts.insert(counts_.counts.end(), counts, counts + size);
  }

  TermCounts& counts_;
  bool sorts_;
  std::int32_t begin_ = 0;
  std::vector<std::int32_t> row_;      ///< the ids of the row, as they came
  std::vector<std::int32_t> repeats_;  ///< how often each term of the row stands there
  std::vector<std::int32_t> places_;   ///< of each term, the last place where it stands in counts_
};

}  // namespace nutgraf
