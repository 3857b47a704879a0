#include "nutgraf/vocabulary.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "support/checkpoint.h"
#include "support/term_hash.h"

namespace nutgraf {
namespace {

constexpr std::size_t least_slots = 64;

/// The tag of a slot: bits that do not choose the slot.
constexpr std::uint32_t tag_of(std::uint64_t hash) noexcept {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

std::uint64_t Vocabulary::hash(std::string_view term) noexcept {
  return hash_bytes(term);
}

// Open addressing with linear probing, at most half full.
Vocabulary::Vocabulary(std::size_t expected)
    : begin_{0}, slots_(std::bit_ceil(std::max(least_slots, 2 * expected + 2))) {}

/// The slot of a term, or the free one where it belongs.
std::size_t Vocabulary::slot_of(std::string_view text, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].id >= 0 &&
         (slots_[slot].tag != tag_of(hash) || !same_bytes(term(slots_[slot].id), text))) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::int32_t Vocabulary::find(std::string_view text, std::uint64_t hash) const noexcept {
  return slots_[slot_of(text, hash)].id;
}

std::int32_t Vocabulary::add(std::string_view text, std::uint64_t hash) {
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot].id >= 0) return slots_[slot].id;
  const std::int32_t id = size();
  bytes_.append(text);
  begin_.push_back(bytes_.size());
  hashes_.push_back(hash);
  slots_[slot] = {id, tag_of(hash)};
  if (hashes_.size() * 2 > slots_.size()) grow();
  return id;
}

void Vocabulary::grow() {
  slots_.assign(slots_.size() * 2, {});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t id = 0; id < hashes_.size(); ++id) {
    std::size_t slot = hashes_[id] & mask;
    while (slots_[slot].id >= 0) slot = (slot + 1) & mask;
    slots_[slot] = {static_cast<std::int32_t>(id), tag_of(hashes_[id])};
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
