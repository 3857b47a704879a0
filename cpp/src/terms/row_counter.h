#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Gathers the term ids of a row and appends them, counted, to TermCounts.
class RowCounter {
 public:
  /// `sorts`: ids ascend within a row; else they come as they first stood there.
  explicit RowCounter(TermCounts& counts, bool sorts = true) : counts_(counts), sorts_(sorts) {}

  void add(std::int32_t id) {
    if (static_cast<std::size_t>(id) >= places_.size())
      places_.resize(std::max(2 * places_.size(), static_cast<std::size_t>(id) + 1), -1);
    // Places only grow, so that those of earlier rows lie before this one.
    std::int32_t& place = places_[static_cast<std::size_t>(id)];
    if (place >= begin_) {
      ++counts_.counts[static_cast<std::size_t>(place)];
    } else {
      place = static_cast<std::int32_t>(counts_.ids.size());
      counts_.ids.push_back(id);
      counts_.counts.push_back(1);
    }
  }

  void end_row() {
    if (counts_.ids.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw Error(ErrorKind::limit, "more than 2^31 - 1 entries at row " + std::to_string(counts_.rows()) +
                                        "; split the texts into several matrices");
    }
    if (sorts_) sort_row();
    begin_ = static_cast<std::int32_t>(counts_.ids.size());
    counts_.row_begin.push_back(begin_);
  }

 private:
  void sort_row() {
    const auto begin = static_cast<std::size_t>(begin_);
    if (std::is_sorted(counts_.ids.begin() + begin_, counts_.ids.end())) return;
    cells_.clear();
    for (std::size_t i = begin; i < counts_.ids.size(); ++i)
      cells_.push_back(static_cast<std::uint64_t>(counts_.ids[i]) << 32 |
                       static_cast<std::uint32_t>(counts_.counts[i]));
    std::ranges::sort(cells_);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      counts_.ids[begin + i] = static_cast<std::int32_t>(cells_[i] >> 32);
      counts_.counts[begin + i] = static_cast<std::int32_t>(cells_[i] & 0xFFFFFFFF);
    }
  }

  TermCounts& counts_;
  bool sorts_;
  std::int32_t begin_ = 0;
  std::vector<std::int32_t> places_;  ///< of each term, the last place where it stands in counts_
  std::vector<std::uint64_t> cells_;
};

}  // namespace nutgraf
