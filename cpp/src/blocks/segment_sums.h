#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "nutgraf/span.h"

namespace nutgraf {

/// Sums over any run of lines, each in constant time.
template <typename Number>
class BasicSegmentSums {
 public:
  BasicSegmentSums() = default;
  /// \param value gives the number of a line.
  template <typename F>
  BasicSegmentSums(int size, F value) : before_(static_cast<std::size_t>(size) + 1) {
    for (int i = 0; i < size; ++i) before_[i + 1] = before_[i] + value(i);
  }

  /// Of the lines first to last, both included; those outside of the page count as 0.
  Number operator()(int first, int last) const noexcept {
    const int size = static_cast<int>(before_.size()) - 1;
    return before_[std::clamp(last + 1, 0, size)] - before_[std::clamp(first, 0, size)];
  }
  Number before(int line) const noexcept { return before_[line]; }
  Number all() const noexcept { return before_.back(); }

 private:
  std::vector<Number> before_;
};
using SegmentSums = BasicSegmentSums<int>;

/// The first of the runs of lines with the largest sum; empty where no line has a positive value.
template <typename F>
IndexRange best_segment(int size, F value) {
  IndexRange best;
  std::int64_t best_sum = 0, sum = 0;
  for (int i = 0, first = 0; i < size; ++i) {
    if (sum <= 0) sum = 0, first = i;
    sum += value(i);
    if (sum > best_sum) best_sum = sum, best = {first, i + 1};
  }
  return best;
}

}  // namespace nutgraf
