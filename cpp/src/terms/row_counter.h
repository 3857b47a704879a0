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

  void add(std::int32_t id) { row_.push_back(id); }

  void end_row() {
    if (counts_.ids.size() + row_.size() >
        static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw Error(ErrorKind::limit, "more than 2^31 - 1 entries at row " + std::to_string(counts_.rows()) +
                                        "; split the texts into several matrices");
    }
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
    const auto begin = static_cast<std::size_t>(begin_);
    counts_.ids.resize(begin + row_.size());
    counts_.counts.resize(begin + row_.size());
    const std::int32_t most = row_.empty() ? -1 : *std::ranges::max_element(row_);
    if (most >= static_cast<std::int32_t>(places_.size()))
      places_.resize(std::max(2 * places_.size(), static_cast<std::size_t>(most) + 1), -1);
    // Places only grow, so that those of earlier rows lie before this one.
    std::int32_t* const ids = counts_.ids.data() + begin;
    std::int32_t* const counts = counts_.counts.data() + begin;
    std::int32_t* const places = places_.data();
    std::int32_t size = 0;
    for (const std::int32_t id : row_) {
      const std::int32_t place = places[id] - begin_;
      if (place >= 0) {
        ++counts[place];
      } else {
        places[id] = begin_ + size;
        ids[size] = id;
        counts[size++] = 1;
      }
    }
    counts_.ids.resize(begin + static_cast<std::size_t>(size));
    counts_.counts.resize(begin + static_cast<std::size_t>(size));
  }

  TermCounts& counts_;
  bool sorts_;
  std::int32_t begin_ = 0;
  std::vector<std::int32_t> row_;     ///< the ids of the row, as they came
  std::vector<std::int32_t> places_;  ///< of each term, the last place where it stands in counts_
};

}  // namespace nutgraf
