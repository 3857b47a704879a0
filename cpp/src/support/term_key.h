#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "nutgraf/vocabulary.h"

namespace nutgraf {

/// The longest term that is compared as two words.
inline constexpr std::size_t short_term = 16;

/// The two words of a short term.
struct ShortTerm {
  std::uint64_t first, second;
  friend constexpr bool operator==(const ShortTerm&, const ShortTerm&) = default;
};

/// For each size from 0 to 16: the masks of the bytes of both words that belong to a term of that size.
inline constexpr auto kept_bytes = [] {
  std::array<ShortTerm, short_term + 1> masks{};
  for (std::size_t size = 0; size <= short_term; ++size) {
    const auto word = [](std::size_t bytes) {
      if (bytes == 0) return std::uint64_t{0};
      if (bytes >= 8) return ~std::uint64_t{0};
      return std::endian::native == std::endian::little ? (std::uint64_t{1} << 8 * bytes) - 1
                                                        : ~std::uint64_t{0} << (64 - 8 * bytes);
    };
    masks[size] = {word(size), word(size < 8 ? 0 : size - 8)};
  }
  return masks;
}();

/// The first `size` of short_term bytes that may be read.
inline ShortTerm load_short(const char* bytes, std::size_t size) noexcept {
  ShortTerm term;
  std::memcpy(&term.first, bytes, 8);
  std::memcpy(&term.second, bytes + 8, 8);
  term.first &= kept_bytes[size].first;
  term.second &= kept_bytes[size].second;
  return term;
}

constexpr std::uint64_t mix_hash(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 32;
}

/// Hashes follow the byte order of the machine; ids never depend on them.
constexpr std::uint64_t hash_of_short(ShortTerm term, std::size_t size) noexcept {
  std::uint64_t hash = term.first * 0x9E3779B97F4A7C15ULL + term.second * 0xC2B2AE3D27D4EB4FULL + size;
  hash = (hash ^ hash >> 32) * 0x9FB21C651E98DF25ULL;
  return hash ^ hash >> 32;
}

/// The key of a short term.
constexpr TermKey key_of_short(std::string_view text, ShortTerm term) noexcept {
  return {.text = text, .hash = hash_of_short(term, text.size()), .first = term.first, .second = term.second};
}

/// key_of() of a term in a text: bytes up to `readable_end` may be looked at.
inline TermKey key_within(std::string_view term, const char* readable_end) noexcept {
  const bool can_load =
      term.size() <= short_term && readable_end - term.data() >= static_cast<std::ptrdiff_t>(short_term);
  return can_load ? key_of_short(term, load_short(term.data(), term.size())) : key_of(term);
}

}  // namespace nutgraf
