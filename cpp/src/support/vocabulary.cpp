#include "nutgraf/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "support/checkpoint.h"

namespace nutgraf {
namespace {

template <typename Word>
std::uint64_t load(const char* bytes) noexcept {
  Word word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// Mixes eight bytes at a time; the last ones are read overlapping. Ids never depend on hashes.
std::uint64_t hash_bytes(std::string_view bytes) noexcept {
  constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15ULL;
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t h = left * multiplier;
  const auto mix = [&](std::uint64_t word) {
    h = (h ^ word) * multiplier;
    h ^= h >> 32;
  };
  for (; left > 8; left -= 8, at += 8) mix(load<std::uint64_t>(at));
  if (left == 8) {
    mix(load<std::uint64_t>(at));
  } else if (left >= 4) {
    mix(load<std::uint32_t>(at) << 32 | load<std::uint32_t>(at + left - 4));
  } else if (left > 0) {
    mix(load<std::uint8_t>(at) << 16 | load<std::uint8_t>(at + left / 2) << 8 |
        load<std::uint8_t>(at + left - 1));
  }
  return h * multiplier >> 16;
}

constexpr std::size_t least_slots = 64;

}  // namespace

// Open addressing with linear probing, at most half full.
Vocabulary::Vocabulary(std::size_t expected)
    : begin_{0}, slots_(std::bit_ceil(std::max(least_slots, 2 * expected + 2)), -1) {}

std::int32_t Vocabulary::find(std::string_view text) const noexcept {
  const std::uint64_t hash = hash_bytes(text);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::int32_t id = slots_[slot];
    if (id < 0 || (hashes_[id] == hash && term(id) == text)) return id;
  }
}

std::int32_t Vocabulary::add(std::string_view text) {
  const std::uint64_t hash = hash_bytes(text);
  std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] >= 0; slot = (slot + 1) & mask) {
    const std::int32_t id = slots_[slot];
    if (hashes_[id] == hash && term(id) == text) return id;
  }
  const std::int32_t id = size();
  bytes_.append(text);
  begin_.push_back(bytes_.size());
  hashes_.push_back(hash);
  slots_[slot] = id;
  if (hashes_.size() * 2 > slots_.size()) grow();
  return id;
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, -1);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < hashes_.size(); ++id) {
    std::size_t slot = hashes_[id] & mask;
    while (slots_[slot] >= 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::int32_t>(id);
  }
}

std::vector<std::int32_t> Vocabulary::byte_order(const Control& control) const {
  std::vector<std::int32_t> order(hashes_.size());
  std::iota(order.begin(), order.end(), 0);
  Pacer pacer(control);
  std::ranges::sort(order, [&](std::int32_t a, std::int32_t b) {
    pacer.advance(1);
    return term(a) < term(b);
  });
  return order;
}

}  // namespace nutgraf
