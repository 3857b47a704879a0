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

/// A window of 64 bytes; bit i of a mask tells of byte i.
class ByteWindow {
 public:
  static constexpr std::size_t size = 64;

  /// The bytes at `at`, of which `available` may be read; those beyond are 0.
  ByteWindow(const char* at, std::size_t available) noexcept {
    if (available >= size) {
      load(at);
    } else {
      char padded[size] = {};
      std::memcpy(padded, at, available);
      load(padded);
    }
  }

#ifdef NUTGRAF_SSE2
  std::uint64_t equal(char c) const noexcept {
    const __m128i wanted = _mm_set1_epi8(c);
    return gather([&](__m128i v) { return _mm_cmpeq_epi8(v, wanted); });
  }
  /// The bytes in [low, high], as unsigned numbers.
  std::uint64_t in_range(unsigned char low, unsigned char high) const noexcept {
    const __m128i base = _mm_set1_epi8(static_cast<char>(low)),
                  width = _mm_set1_epi8(static_cast<char>(high - low));
    return gather([&](__m128i v) {
      const __m128i moved = _mm_sub_epi8(v, base);
      return _mm_cmpeq_epi8(_mm_min_epu8(moved, width), moved);
    });
  }
  /// The bytes in any of the ranges.
  template <std::size_t count>
  std::uint64_t in_ranges(const std::array<ByteRange, count>& ranges) const noexcept {
    return gather([&](__m128i v) {
      __m128i found = _mm_setzero_si128();
      for (const ByteRange range : ranges) {
        const __m128i moved = _mm_sub_epi8(v, _mm_set1_epi8(static_cast<char>(range.low)));
        const __m128i width = _mm_set1_epi8(static_cast<char>(range.high - range.low));
        found = _mm_or_si128(found, _mm_cmpeq_epi8(_mm_min_epu8(moved, width), moved));
      }
      return found;
    });
  }
  /// The letters of ASCII.
  std::uint64_t letters() const noexcept {
    const __m128i bit = _mm_set1_epi8(0x20), base = _mm_set1_epi8('a'), width = _mm_set1_epi8('z' - 'a');
    return gather([&](__m128i v) {
      const __m128i moved = _mm_sub_epi8(_mm_or_si128(v, bit), base);
      return _mm_cmpeq_epi8(_mm_min_epu8(moved, width), moved);
    });
  }
  /// The bytes that are not ASCII.
  std::uint64_t high() const noexcept {
    return gather([](__m128i v) { return v; });
  }

 private:
  void load(const char* at) noexcept {
    for (std::size_t i = 0; i < 4; ++i) {
      parts_[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at) + i);
    }
  }
  template <typename Compare>
  std::uint64_t gather(Compare compare) const noexcept {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      mask |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(compare(parts_[i]))))
              << 16 * i;
    }
    return mask;
  }
  __m128i parts_[4];
#else
  std::uint64_t equal(char c) const noexcept {
    return gather([c](unsigned char b) { return b == static_cast<unsigned char>(c); });
  }
  /// The bytes in [low, high], as unsigned numbers.
  std::uint64_t in_range(unsigned char low, unsigned char high) const noexcept {
    return gather([=](unsigned char b) { return b >= low && b <= high; });
  }
  /// The bytes in any of the ranges.
  template <std::size_t count>
  std::uint64_t in_ranges(const std::array<ByteRange, count>& ranges) const noexcept {
    return gather([&](unsigned char b) {
      bool found = false;
      for (const ByteRange range : ranges) found |= b >= range.low && b <= range.high;
      return found;
    });
  }
  /// The letters of ASCII.
  std::uint64_t letters() const noexcept {
    return gather([](unsigned char b) { return (b | 0x20U) >= 'a' && (b | 0x20U) <= 'z'; });
  }
  /// The bytes that are not ASCII.
  std::uint64_t high() const noexcept {
    return gather([](unsigned char b) { return b >= 0x80; });
  }

 private:
  void load(const char* at) noexcept {
    std::memcpy(bytes_, at, size);
  }
  template <typename Test>
  std::uint64_t gather(Test test) const noexcept {
    std::uint64_t mask = 0;
    for (std::size_t i = 0; i < size; ++i) {
      mask |= static_cast<std::uint64_t>(test(static_cast<unsigned char>(bytes_[i]))) << i;
    }
    return mask;
  }
  char bytes_[size];
#endif
};

}  // namespace nutgraf::unicode
