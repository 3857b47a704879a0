#include "nutgraf/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "support/checkpoint.h"
#include "support/term_key.h"

namespace nutgraf {
namespace {

constexpr std::size_t least_slots = 64;

/// The tag of a slot: bits that do not choose the slot.
constexpr std::uint32_t tag_of(std::uint64_t hash) noexcept {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

TermKey key_of(std::string_view term) noexcept {
  if (term.size() <= short_term) {
    char padded[short_term] = {};
    std::ranges::copy(term, padded);  // an empty view may have no address
    return key_of_short(term, load_short(padded, term.size()));
  }
  std::uint64_t hash = term.size();
  for (std::string_view left = term; !left.empty();) {
    const std::size_t size = std::min<std::size_t>(left.size(), 8);
    std::uint64_t word = 0;
    std::memcpy(&word, left.data(), size);
    hash = mix_hash(hash, word);
    left.remove_prefix(size);
  }
  return {.text = term, .hash = hash, .first = 0, .second = 0};
}

// Open addressing with linear probing, at most half full.
Vocabulary::Vocabulary(std::size_t expected)
    : bytes_(short_term, '\0'), begin_{0}, slots_(std::bit_ceil(std::max(least_slots, 2 * expected + 2))) {
  constexpr std::size_t usual_term = 8;  // bytes
  bytes_.reserve(short_term + expected * usual_term);
  begin_.reserve(expected + 1);
  hashes_.reserve(expected);
}

bool Vocabulary::is_term(std::int32_t id, const TermKey& key) const noexcept {
  const std::string_view known = term(id);
  if (known.size() != key.text.size()) return false;
  if (known.size() > short_term) return known == key.text;
  return load_short(known.data(), known.size()) == ShortTerm{key.first, key.second};
}

/// The slot of a term, or the free one where it belongs.
std::size_t Vocabulary::slot_of(const TermKey& key) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = key.hash & mask;
  while (slots_[slot].id >= 0 && (slots_[slot].tag != tag_of(key.hash) || !is_term(slots_[slot].id, key))) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

std::int32_t Vocabulary::add(const TermKey& key) {
  const std::size_t slot = slot_of(key);
  if (slots_[slot].id >= 0) return slots_[slot].id;
  const std::int32_t id = size();
  bytes_.insert(begin_.back(), key.text);
  begin_.push_back(begin_.back() + key.text.size());
  hashes_.push_back(key.hash);
  slots_[slot] = {id, tag_of(key.hash)};
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
  // Most terms differ in their first eight bytes, which are compared as one number.
  struct Place {
    std::uint64_t prefix;
    std::int32_t id;
  };
  std::vector<Place> places;
  places.reserve(hashes_.size());
  for (std::int32_t id = 0; id < size(); ++id) {
    std::uint64_t prefix = 0;
    const std::string_view bytes = term(id).substr(0, 8);
    for (std::size_t i = 0; i < 8; ++i)
      prefix = prefix << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    places.push_back({prefix, id});
  }
  Pacer pacer(control);
  std::ranges::sort(places, [&](const Place& a, const Place& b) {
    pacer.advance(1);
    return a.prefix != b.prefix ? a.prefix < b.prefix : term(a.id) < term(b.id);
  });
  std::vector<std::int32_t> order;
  order.reserve(places.size());
  for (const Place& place : places) order.push_back(place.id);
  return order;
}

}  // namespace nutgraf
