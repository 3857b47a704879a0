#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nutgraf {

/// MurmurHash3 for 32 bits (Austin Appleby, public domain), seed 0: the hash that scikit-learn gives terms
/// their columns by. The same on every machine.
inline std::uint32_t murmur_hash(std::string_view text) noexcept {
  const auto word = [&](std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) << 8 * i;
    return value;
  };
  const auto scrambled = [](std::uint32_t k) { return std::rotl(k * 0xCC9E2D51U, 15) * 0x1B873593U; };
  std::uint32_t hash = 0;
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4)
    hash = std::rotl(hash ^ scrambled(word(at, 4)), 13) * 5 + 0xE6546B64U;
  if (at < text.size()) hash ^= scrambled(word(at, text.size() - at));
  hash ^= static_cast<std::uint32_t>(text.size());
  hash = (hash ^ hash >> 16) * 0x85EBCA6BU;
  hash = (hash ^ hash >> 13) * 0xC2B2AE35U;
  return hash ^ hash >> 16;
}

}  // namespace nutgraf
