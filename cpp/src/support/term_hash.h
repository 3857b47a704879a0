#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nutgraf {

/// The first bytes of a string, at most eight, as a number; bytes beyond its end are 0. The order of the
/// bytes is the machine's, so hashes are the same within one program only. Ids never depend on them.
inline std::uint64_t load_word(const char* bytes, std::size_t size) noexcept {
  std::uint64_t word = 0;
  if (size >= 8) {
    std::memcpy(&word, bytes, 8);
  } else {
    std::memcpy(&word, bytes, size);
  }
  return word;
}

constexpr std::uint64_t mix_hash(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
  return hash ^ hash >> 32;
}

/// The longest string that has a hash in two registers.
inline constexpr std::size_t short_term = 16;

/// hash_bytes() of a string of at most short_term bytes, given as two words.
constexpr std::uint64_t hash_short(std::uint64_t first, std::uint64_t second, std::size_t size) noexcept {
  return mix_hash(mix_hash(size, first), second);
}

inline std::uint64_t hash_bytes(std::string_view bytes) noexcept {
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  if (left <= short_term) {
    return hash_short(load_word(at, left), left > 8 ? load_word(at + 8, left - 8) : 0, left);
  }
  std::uint64_t hash = left;
  for (; left > 8; left -= 8, at += 8) hash = mix_hash(hash, load_word(at, 8));
  return mix_hash(hash, load_word(at, left));
}

/// Equality without a call for what words mostly are.
inline bool same_bytes(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  const std::size_t size = a.size();
  const auto load = [](const char* at) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    return word;
  };
  const auto load_half = [](const char* at) {
    std::uint32_t word;
    std::memcpy(&word, at, 4);
    return word;
  };
  if (size >= 8 && size <= short_term) {
    return load(a.data()) == load(b.data()) && load(a.data() + size - 8) == load(b.data() + size - 8);
  }
  if (size >= 4 && size < 8) {
    return load_half(a.data()) == load_half(b.data()) &&
           load_half(a.data() + size - 4) == load_half(b.data() + size - 4);
  }
  if (size < 4) {
    // Byte by byte from both ends: at most three of them.
    return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
  }
  return a == b;
}

}  // namespace nutgraf
