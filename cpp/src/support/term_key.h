#pragma once

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

/// The mask of the first bytes in memory of a word of eight.
constexpr std::uint64_t kept_bytes(std::size_t bytes) noexcept {
  if constexpr (std::endian::native == std::endian::little) {
    return bytes >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * bytes) - 1;
  } else {
    return bytes == 0 ? 0 : ~std::uint64_t{0} << (bytes >= 8 ? 0 : 64 - 8 * bytes);
  }
}

/// The first `size` of short_term bytes that may be read.
inline ShortTerm load_short(const char* bytes, std::size_t size) noexcept {
  ShortTerm term;
  std::memcpy(&term.first, bytes, 8);
  std::memcpy(&term.second, bytes + 8, 8);
  term.first &= kept_bytes(size);
  term.second &= kept_bytes(size < 8 ? 0 : size - 8);
  return term;
}

constexpr std::uint64_t mix_hash(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 32;
}

/// The key of a short term. Hashes follow the byte order of the machine; ids never depend on them.
constexpr TermKey key_of_short(std::string_view text, ShortTerm term) noexcept {
  const std::uint64_t hash = mix_hash(mix_hash(text.size(), term.first), term.second);
  return {.text = text, .hash = hash, .first = term.first, .second = term.second};
}

/// key_of() of a term in a text: bytes up to `readable_end` may be looked at.
inline TermKey key_within(std::string_view term, const char* readable_end) noexcept {
  const bool can_load =
      term.size() <= short_term && readable_end - term.data() >= static_cast<std::ptrdiff_t>(short_term);
  return can_load ? key_of_short(term, load_short(term.data(), term.size())) : key_of(term);
}

}  // namespace nutgraf
