#pragma once

#include <cstdint>

namespace nutgraf {

/// A half-open range [begin, end) of byte offsets into a text.
struct Span {
  std::int32_t begin = 0;
  std::int32_t end = 0;

  constexpr std::int32_t size() const noexcept { return end - begin; }
  constexpr bool empty() const noexcept { return end <= begin; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

/// A half-open range [first, last) of indexes into an array of blocks, sentences or words.
struct IndexRange {
  std::int32_t first = 0;
  std::int32_t last = 0;

  constexpr std::int32_t size() const noexcept { return last - first; }
  constexpr bool empty() const noexcept { return last <= first; }
  friend constexpr bool operator==(const IndexRange&, const IndexRange&) = default;
};

}  // namespace nutgraf
