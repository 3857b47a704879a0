#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Gathers the term ids of a row and appends them, sorted and counted, to TermCounts.
class RowCounter {
 public:
  explicit RowCounter(TermCounts& counts) : counts_(counts) {}

  void add(std::int32_t id) { row_.push_back(id); }

  void end_row() {
    std::ranges::sort(row_);
    for (std::size_t i = 0; i < row_.size();) {
      std::size_t next = i + 1;
      while (next < row_.size() && row_[next] == row_[i]) ++next;
      counts_.ids.push_back(row_[i]);
      counts_.counts.push_back(static_cast<std::int32_t>(next - i));
      i = next;
    }
    row_.clear();
    if (counts_.ids.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw Error(ErrorKind::limit, "more than 2^31 - 1 entries at row " + std::to_string(counts_.rows()) +
                                        "; split the texts into several matrices");
    }
    counts_.row_begin.push_back(static_cast<std::int32_t>(counts_.ids.size()));
  }

 private:
  TermCounts& counts_;
  std::vector<std::int32_t> row_;
};

}  // namespace nutgraf
