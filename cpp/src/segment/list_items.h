#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"

namespace nutgraf {

/// The items of a list that was pasted into one block, after the first: "1. Buy milk 2. Call home",
/// "a) one b) two", "• this • that". Only a block that begins with an item is a list, and each number must
/// follow the one before.
class ListItems {
 public:
  explicit ListItems(std::string_view block);

  bool has_next() const noexcept { return given_ < numbers_.size(); }
  /// The number or bullet of the next item.
  Span next() const noexcept { return numbers_[given_]; }
  void advance() noexcept { number_end_ = numbers_[given_++].end; }
  /// Where the number of the item before next() ends: a stop in it ends no sentence.
  std::int32_t number_end() const noexcept { return number_end_; }

 private:
  std::vector<Span> numbers_;
  std::size_t given_ = 0;
  std::int32_t number_end_ = 0;
};

}  // namespace nutgraf
