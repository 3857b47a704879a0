#pragma once

// Sixty-four bytes at a time, as bit masks.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#define NUTGRAF_SSE2 1
#include <emmintrin.h>
#endif

namespace nutgraf::unicode {

/// Bytes from `low` to `high`, both included.
struct ByteRange {
  unsigned char low, high;
};

/// As many bytes as are compared at once. What a comparison gives has all bits set where it holds.
class ByteLanes {
 public:
#ifdef NUTGRAF_SSE2
  static constexpr std::size_t width = 16;
  static ByteLanes load(const char* at) noexcept {
    return ByteLanes(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
  }
  ByteLanes equal(char c) const noexcept {
    return ByteLanes(_mm_cmpeq_epi8(bytes_, _mm_set1_epi8(c)));
  }
  /// The bytes in [low, high], as unsigned numbers.
  ByteLanes in_range(unsigned char low, unsigned char high) const noexcept {
    const __m128i moved = _mm_sub_epi8(bytes_, _mm_set1_epi8(static_cast<char>(low)));
    const __m128i span = _mm_set1_epi8(static_cast<char>(high - low));
    return ByteLanes(_mm_cmpeq_epi8(_mm_min_epu8(moved, span), moved));
  }
  ByteLanes with_bits(char bits) const noexcept {
    return ByteLanes(_mm_or_si128(bytes_, _mm_set1_epi8(bits)));
  }
  /// The high bit of each byte.
  std::uint64_t high() const noexcept {
    return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(bytes_)));
  }
  ByteLanes without(ByteLanes other) const noexcept {
    return ByteLanes(_mm_andnot_si128(other.bytes_, bytes_));
  }
  friend ByteLanes operator&(ByteLanes a, ByteLanes b) noexcept {
    return ByteLanes(_mm_and_si128(a.bytes_, b.bytes_));
  }
  friend ByteLanes operator|(ByteLanes a, ByteLanes b) noexcept {
    return ByteLanes(_mm_or_si128(a.bytes_, b.bytes_));
  }

 private:
  explicit ByteLanes(__m128i bytes) noexcept : bytes_(bytes) {}
  __m128i bytes_;
#else
  static constexpr std::size_t width = 1;
  static ByteLanes load(const char* at) noexcept {
    return ByteLanes(static_cast<unsigned char>(*at));
  }
  ByteLanes equal(char c) const noexcept {
    return truth(byte_ == static_cast<unsigned char>(c));
  }
  /// The bytes in [low, high], as unsigned numbers.
  ByteLanes in_range(unsigned char low, unsigned char high) const noexcept {
    return truth(byte_ >= low && byte_ <= high);
  }
  ByteLanes with_bits(char bits) const noexcept {
    return ByteLanes(static_cast<unsigned char>(byte_ | static_cast<unsigned char>(bits)));
  }
  /// The high bit of each byte.
  std::uint64_t high() const noexcept {
    return byte_ >> 7;
  }
  ByteLanes without(ByteLanes other) const noexcept {
    return ByteLanes(static_cast<unsigned char>(byte_ & ~other.byte_));
  }
  friend ByteLanes operator&(ByteLanes a, ByteLanes b) noexcept {
    return ByteLanes(static_cast<unsigned char>(a.byte_ & b.byte_));
  }
  friend ByteLanes operator|(ByteLanes a, ByteLanes b) noexcept {
    return ByteLanes(static_cast<unsigned char>(a.byte_ | b.byte_));
  }

 private:
  static ByteLanes truth(bool holds) noexcept {
    return ByteLanes(holds ? 0xFF : 0);
  }
  explicit ByteLanes(unsigned char byte) noexcept : byte_(byte) {}
  unsigned char byte_;
#endif
};

/// A window of 64 bytes; bit i of a mask tells of byte i.
class ByteWindow {
 public:
  static constexpr std::size_t size = 64;
  static constexpr std::size_t furthest = 2;  ///< bytes looked at beyond the window

  /// The bytes at `at`, of which `available` may be read; those beyond are 0.
  ByteWindow(const char* at, std::size_t available) noexcept : at_(at) {
    if (available >= size + furthest) return;
    std::memset(padded_, 0, sizeof padded_);
    std::memcpy(padded_, at, available);
    at_ = padded_;
  }
  ByteWindow(const ByteWindow&) = delete;
  ByteWindow& operator=(const ByteWindow&) = delete;

  /// Where test(bytes) holds, for a test of ByteLanes.
  template <typename Test>
  std::uint64_t where(Test test) const noexcept {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < size; i += ByteLanes::width)
      mask |= test(ByteLanes::load(at_ + i)).high() << i;
    return mask;
  }
  /// Where test(bytes, those after them, those after these) holds.
  template <typename Test>
  std::uint64_t where_three(Test test) const noexcept {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < size; i += ByteLanes::width) {
      const char* at = at_ + i;
      mask |= test(ByteLanes::load(at), ByteLanes::load(at + 1), ByteLanes::load(at + furthest)).high() << i;
    }
    return mask;
  }

  std::uint64_t equal(char c) const noexcept {
    return where([c](ByteLanes b) { return b.equal(c); });
  }
  /// The bytes in [low, high], as unsigned numbers.
  std::uint64_t in_range(unsigned char low, unsigned char high) const noexcept {
    return where([=](ByteLanes b) { return b.in_range(low, high); });
  }
  /// The bytes in any of the ranges.
  template <std::size_t count>
  std::uint64_t in_ranges(const std::array<ByteRange, count>& ranges) const noexcept {
    return where([&](ByteLanes b) { return in_any(b, ranges); });
  }
  template <std::size_t count>
  static ByteLanes in_any(ByteLanes bytes, const std::array<ByteRange, count>& ranges) noexcept {
    ByteLanes found = bytes.in_range(ranges[0].low, ranges[0].high);
    for (std::size_t r = 1; r < count; ++r) found = found | bytes.in_range(ranges[r].low, ranges[r].high);
    return found;
  }
  /// The letters of ASCII.
  std::uint64_t letters() const noexcept {
    return where([](ByteLanes b) { return b.with_bits(0x20).in_range('a', 'z'); });
  }
  /// The bytes that are not ASCII.
  std::uint64_t high() const noexcept {
    return where([](ByteLanes b) { return b; });
  }

 private:
  const char* at_;
  char padded_[size + furthest];
};

}  // namespace nutgraf::unicode
