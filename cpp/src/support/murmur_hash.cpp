#include "support/murmur_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#include "support/term_key.h"
#include "support/wide.h"

namespace nutgraf {
namespace {

constexpr std::size_t group = 64;  // terms

constexpr std::uint32_t scrambled(std::uint32_t word) noexcept {
  return std::rotl(word * 0xCC9E2D51U, 15) * 0x1B873593U;
}
/// The hash once a whole word is mixed in.
constexpr std::uint32_t stirred(std::uint32_t mixed) noexcept {
  return std::rotl(mixed, 13) * 5 + 0xE6546B64U;
}
constexpr std::uint32_t finished(std::uint32_t hash, std::uint32_t size) noexcept {
  hash ^= size;
  hash = (hash ^ hash >> 16) * 0x85EBCA6BU;
  hash = (hash ^ hash >> 13) * 0xC2B2AE35U;
  return hash ^ hash >> 16;
}

/// Terms of short_term bytes at most: their words, of which those behind the end are zero, and their sizes.
struct ShortTerms {
  std::array<std::array<std::uint32_t, group>, short_term / 4> words;
  std::array<std::uint32_t, group> sizes;
};

NUTGRAF_WIDE void hash_short(const ShortTerms& terms, std::array<std::uint32_t, group>& hashes) noexcept {
  hashes.fill(0);
  for (std::uint32_t w = 0; w < terms.words.size(); ++w) {
    for (std::size_t i = 0; i < group; ++i) {
      // The word in which a term ends is mixed in only, and those behind it mix to nothing.
      const std::uint32_t mixed = hashes[i] ^ scrambled(terms.words[w][i]);
      const std::uint32_t is_whole = 0U - static_cast<std::uint32_t>(w < terms.sizes[i] / 4);
      hashes[i] = (stirred(mixed) & is_whole) | (mixed & ~is_whole);
    }
  }
  for (std::size_t i = 0; i < group; ++i) hashes[i] = finished(hashes[i], terms.sizes[i]);
}

}  // namespace

std::uint32_t murmur_hash(std::string_view text) noexcept {
  const auto word = [&](std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i])) << 8 * i;
    return value;
  };
  std::uint32_t hash = 0;
  std::size_t at = 0;
  for (; at + 4 <= text.size(); at += 4) hash = stirred(hash ^ scrambled(word(at, 4)));
  if (at < text.size()) hash ^= scrambled(word(at, text.size() - at));
  return finished(hash, static_cast<std::uint32_t>(text.size()));
}

void murmur_hashes(const char* buffer, std::span<const Span> terms,
                   std::span<std::uint32_t> hashes) noexcept {
  const auto text_of = [&](Span term) {
    return std::string_view(buffer + term.begin, static_cast<std::size_t>(term.size()));
  };
  if constexpr (std::endian::native != std::endian::little) {
    for (std::size_t i = 0; i < terms.size(); ++i) hashes[i] = murmur_hash(text_of(terms[i]));
    return;
  }
  ShortTerms loaded{};
  std::array<std::uint32_t, group> found;
  std::array<std::uint8_t, group> long_ones;
  for (std::size_t first = 0; first < terms.size(); first += group) {
    const std::span<const Span> of_group = terms.subspan(first, std::min(group, terms.size() - first));
    std::size_t longs = 0;
    for (std::size_t i = 0; i < of_group.size(); ++i) {
      const auto size = static_cast<std::size_t>(of_group[i].size());
      const auto [low, high] = load_short(buffer + of_group[i].begin, std::min(size, short_term));
      loaded.words[0][i] = static_cast<std::uint32_t>(low);
      loaded.words[1][i] = static_cast<std::uint32_t>(low >> 32);
      loaded.words[2][i] = static_cast<std::uint32_t>(high);
      loaded.words[3][i] = static_cast<std::uint32_t>(high >> 32);
      loaded.sizes[i] = static_cast<std::uint32_t>(size);
      long_ones[longs] = static_cast<std::uint8_t>(i);
      longs += size > short_term;
    }
    hash_short(loaded, found);
    for (std::size_t k = 0; k < longs; ++k)
      found[long_ones[k]] = murmur_hash(text_of(of_group[long_ones[k]]));
    std::copy_n(found.begin(), of_group.size(), hashes.begin() + static_cast<std::ptrdiff_t>(first));
  }
}

}  // namespace nutgraf
