#include "nutgraf/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

#include "support/checkpoint.h"
#include "support/parallel.h"
#include "support/radix_sort.h"
#include "support/term_key.h"
#include "support/wide.h"

namespace nutgraf {
namespace {

/// The number of slots for so many terms: at most two of three are taken.
constexpr std::size_t slots_for(std::size_t terms) noexcept {
  constexpr std::size_t least_slots = 64;
  return std::bit_ceil(std::max(least_slots, terms + terms / 2));
}

constexpr std::uint64_t reversed_bytes(std::uint64_t word) noexcept {
  word = (word & 0x00FF00FF00FF00FF) << 8 | (word >> 8 & 0x00FF00FF00FF00FF);
  word = (word & 0x0000FFFF0000FFFF) << 16 | (word >> 16 & 0x0000FFFF0000FFFF);
  return word << 32 | word >> 32;
}

constexpr std::size_t word_size = 8;  // bytes

constexpr std::uint32_t size_of(const TermKey& key) noexcept {
  return static_cast<std::uint32_t>(key.text.size());
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
  return {.text = term, .hash = hash, .first = hash, .second = 0};
}

// Open addressing with linear probing.
Vocabulary::Vocabulary(std::size_t expected)
    : bytes_(short_term, '\0'), begin_{0}, slots_(slots_for(expected)) {
  constexpr std::size_t usual_term = 8;  // bytes
  bytes_.reserve(short_term + expected * usual_term);
  begin_.reserve(expected + 1);
}

namespace {

/// Makes room for so many elements more, by at least half the size, so that many small steps cost no more
/// than one.
template <typename Container>
void reserve_more(Container& container, std::size_t more) {
  const std::size_t wanted = container.size() + more;
  if (wanted > container.capacity())
    container.reserve(std::max(wanted, container.size() + container.size() / 2));
}

}  // namespace

/// Terms that are looked up together: their sizes, and of short ones the words and hashes.
struct Vocabulary::Group {
  static constexpr std::size_t most = 32;

  std::array<std::uint64_t, most> first, second, hashes;
  std::array<std::uint32_t, most> sizes;

  /// Takes the first terms of a buffer, and gives their number.
  std::size_t load(const char* buffer, std::span<const Span> terms) noexcept {
    const std::size_t size = std::min(most, terms.size());
    for (std::size_t i = 0; i < size; ++i) {
      sizes[i] = static_cast<std::uint32_t>(terms[i].size());
      const ShortTerm term = load_short(buffer + terms[i].begin, std::min<std::size_t>(sizes[i], short_term));
      first[i] = term.first;
      second[i] = term.second;
    }
    hash();
    return size;
  }
  NUTGRAF_WIDE void hash() noexcept;
  /// Of the i-th term, which stands in the buffer at this span.
  TermKey key(const char* buffer, Span term, std::size_t i) const noexcept {
    const std::string_view text(buffer + term.begin, sizes[i]);
    return text.size() <= short_term ? TermKey{text, hashes[i], first[i], second[i]} : key_of(text);
  }
};

/// All of them, those beyond the size in vain: a number that the compiler knows makes the wider loop.
NUTGRAF_WIDE void Vocabulary::Group::hash() noexcept {
  for (std::size_t i = 0; i < most; ++i) hashes[i] = hash_of_short({first[i], second[i]}, sizes[i]);
}

/// Whether a slot has the words and the size of a term: all there is to know of a short one.
inline bool Vocabulary::Slot::is_like(std::uint64_t first_word, std::uint64_t second_word,
                                      std::uint32_t bytes) const noexcept {
  return ((first ^ first_word) | (second ^ second_word) | (size ^ bytes)) == 0;
}

/// What Slot::is_like leaves open.
inline bool Vocabulary::is_term(std::int32_t id, const TermKey& key) const noexcept {
  return key.text.size() <= short_term || term(id) == key.text;
}

/// The slot of a term, or the free one where it belongs.
inline std::size_t Vocabulary::slot_of(const TermKey& key) const noexcept {
  const Slot* const slots = slots_.data();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = key.hash & mask;; slot = (slot + 1) & mask) {
    const Slot& there = slots[slot];
    if (there.is_like(key.first, key.second, size_of(key)) && is_term(there.id, key)) return slot;
    if (there.id < 0) return slot;
  }
}

std::int32_t Vocabulary::find(const TermKey& key) const noexcept {
  return slots_[slot_of(key)].id;
}

/// Looks at the first slot of each term alone, where most are found or seen to be missing, and gives the ids,
/// -1 for what is missing, and in `open` the places of the terms of which more is to be looked at. Without a
/// branch: which terms these are is anybody's guess.
template <bool missing_is_open>
inline std::size_t Vocabulary::find_first(const Group& group, std::span<std::int32_t> ids,
                                          std::uint8_t* open) const noexcept {
  const Slot* const slots = slots_.data();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < ids.size(); ++i) __builtin_prefetch(&slots[group.hashes[i] & mask]);
  std::size_t left = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const Slot& there = slots[group.hashes[i] & mask];
    ids[i] = there.id;
    open[left] = static_cast<std::uint8_t>(i);
    const bool is_other = !there.is_like(group.first[i], group.second[i], group.sizes[i]),
               is_long = group.sizes[i] > short_term;
    left += is_long | (is_other & (missing_is_open | (there.id >= 0)));
  }
  return left;
}

/// get(key) gives the id of a term that is not found at once.
template <bool missing_is_open, typename Get>
inline void Vocabulary::look_up(const char* buffer, std::span<const Span> terms, std::span<std::int32_t> ids,
                                Get get) const {
  Group group;
  std::uint8_t open[Group::most];
  for (std::size_t first = 0; first < terms.size(); first += Group::most) {
    const std::size_t size = group.load(buffer, terms.subspan(first));
    const std::size_t left = find_first<missing_is_open>(group, ids.subspan(first, size), open);
    for (std::size_t i = 0; i < left; ++i)
      ids[first + open[i]] = get(group.key(buffer, terms[first + open[i]], open[i]));
  }
}

void Vocabulary::find(const char* buffer, std::span<const Span> terms,
                      std::span<std::int32_t> ids) const noexcept {
  look_up<false>(buffer, terms, ids, [&](const TermKey& key) { return find(key); });
}

/// Puts a term, which is not there yet, into the first free slot.
inline void Vocabulary::put(const Slot& term, std::uint64_t hash) noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].id >= 0) slot = (slot + 1) & mask;
  slots_[slot] = term;
}

/// Puts a new term into its free slot.
std::int32_t Vocabulary::fill(std::size_t slot, const TermKey& key) {
  const std::int32_t id = size();
  const std::size_t begin = begin_.back();
  bytes_.resize(bytes_.size() + key.text.size());
  char* const place = bytes_.data() + begin;
  if (key.text.size() <= short_term) {
    std::memcpy(place, &key.first, word_size);  // zeros behind the term, as there were
    std::memcpy(place + word_size, &key.second, word_size);
  } else {
    std::ranges::copy(key.text, place);
  }
  begin_.push_back(begin + key.text.size());
  slots_[slot] = {key.first, key.second, id, size_of(key)};
  if (slots_for(begin_.size() - 1) > slots_.size()) grow(2 * slots_.size());
  return id;
}

Vocabulary Vocabulary::gather(std::vector<Vocabulary> parts, std::span<const Place> places,
                              std::span<const std::int64_t> frequencies) {
  for (Vocabulary& part : parts) part.drop_lookup();
  Vocabulary chosen;
  chosen.begin_.reserve(places.size() + 1);
  for (const Place& place : places)
    chosen.begin_.push_back(chosen.begin_.back() + parts[place.part].term(place.id).size());
  chosen.bytes_.resize(chosen.begin_.back() + short_term);
  char* to = chosen.bytes_.data();
  for (const Place& place : places) {
    const std::string_view term = parts[place.part].term(place.id);
    if (term.size() <= short_term) {
      std::memcpy(to, term.data(), short_term);  // what is too much is written over
    } else {
      std::ranges::copy(term, to);
    }
    to += term.size();
  }
  std::fill_n(to, short_term, '\0');
  parts.clear();
  chosen.prefer(frequencies);
  return chosen;
}

void Vocabulary::prefer(std::span<const std::int64_t> frequencies) {
  // The order of magnitude will do.
  const auto rank = [](std::int64_t frequency) {
    return std::countl_zero(static_cast<std::uint64_t>(std::max<std::int64_t>(frequency, 0)));
  };
  std::array<std::size_t, 66> begins{};
  for (const std::int64_t frequency : frequencies) ++begins[static_cast<std::size_t>(rank(frequency)) + 1];
  for (std::size_t r = 1; r < begins.size(); ++r) begins[r] += begins[r - 1];
  std::vector<std::int32_t> order(frequencies.size());
  for (std::int32_t id = 0; id < size(); ++id)
    order[begins[static_cast<std::size_t>(rank(frequencies[id]))]++] = id;
  slots_.assign(slots_for(order.size()), Slot{});
  for (const std::int32_t id : order) {
    const TermKey term = key(id);
    put({term.first, term.second, id, size_of(term)}, term.hash);
  }
}

std::int32_t Vocabulary::add(const TermKey& key) {
  const std::size_t slot = slot_of(key);
  return slots_[slot].id >= 0 ? slots_[slot].id : fill(slot, key);
}

void Vocabulary::add(const char* buffer, std::span<const Span> terms, std::span<std::int32_t> ids) {
  look_up<true>(buffer, terms, ids, [&](const TermKey& key) { return add(key); });
}

std::vector<std::int32_t> Vocabulary::add(const Vocabulary& other) {
  const auto added = static_cast<std::size_t>(other.size()), terms = static_cast<std::size_t>(size()) + added;
  reserve_more(bytes_, other.bytes_.size());
  reserve_more(begin_, added);
  if (slots_for(terms) > slots_.size()) grow(slots_for(terms));
  std::vector<std::int32_t> ids(added);
  std::array<TermKey, 32> keys;  // so many are on their way at the same time
  for (std::size_t first = 0; first < added; first += keys.size()) {
    const std::size_t size = std::min(keys.size(), added - first);
    for (std::size_t i = 0; i < size; ++i) {
      keys[i] = other.key(static_cast<std::int32_t>(first + i));
      __builtin_prefetch(&slots_[keys[i].hash & (slots_.size() - 1)]);
    }
    for (std::size_t i = 0; i < size; ++i) ids[first + i] = add(keys[i]);
  }
  return ids;
}

TermKey Vocabulary::key(std::int32_t id) const noexcept {
  const std::string_view text = term(id);
  return text.size() <= short_term ? key_of_short(text, load_short(text.data(), text.size())) : key_of(text);
}

void Vocabulary::grow(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& moved : old) {
    if (moved.id >= 0) put(moved, moved.hash());
  }
}

inline std::uint64_t Vocabulary::Slot::hash() const noexcept {
  return size <= short_term ? hash_of_short({first, second}, size) : first;
}

/// The bytes of a term from `from` on, word_size of them, as a number that sorts as they do; zeros behind its
/// end.
inline std::uint64_t Vocabulary::word(std::int32_t id, std::size_t from) const noexcept {
  const std::size_t begin = begin_[id] + from, end = begin_[id + 1];
  const std::uint64_t bytes = load_short(bytes_.data() + begin, std::min(end - begin, word_size)).first;
  return std::endian::native == std::endian::little ? reversed_bytes(bytes) : bytes;
}

std::vector<Vocabulary::Place> Vocabulary::byte_order(std::span<const Vocabulary* const> parts,
                                                      const Control& control) {
  // Most terms differ in their first eight bytes, which are sorted as one number, in ranges of the first of
  // them: threads share these, and a cache holds one.
  struct Prefixed {
    std::uint64_t prefix;
    std::int32_t id;
    std::uint16_t part;
    std::uint16_t size;  ///< in bytes; more than most_size as that
  };
  constexpr std::size_t most_size = std::numeric_limits<std::uint16_t>::max();
  constexpr std::size_t least_range = std::size_t{1} << 13;  // terms
  constexpr std::ptrdiff_t few = 32;
  constexpr std::size_t bytes = 256;
  constexpr int other_bits = 64 - 8;
  // The terms of a part by their first bytes, and where those of each begin.
  struct ByByte {
    std::vector<Prefixed> terms{};
    std::array<std::uint32_t, bytes + 1> begins{};
  };
  std::vector<ByByte> by_byte(parts.size());
  parallel_for(parts.size(), without_progress(control), [&](std::size_t p, const Control&) {
    const Vocabulary& part = *parts[p];
    const auto for_terms = [&](auto use) {
      for (std::int32_t id = 0; id < part.size(); ++id) use(id, part.word(id, 0));
    };
    std::vector<Prefixed>& terms = by_byte[p].terms;
    auto& begins = by_byte[p].begins;
    terms.resize(static_cast<std::size_t>(part.size()));
    for_terms([&](std::int32_t, std::uint64_t prefix) { ++begins[(prefix >> other_bits) + 1]; });
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::array<std::uint32_t, bytes + 1> next = begins;
    for_terms([&](std::int32_t id, std::uint64_t prefix) {
      const std::size_t size = part.begin_[id + 1] - part.begin_[id];
      terms[next[prefix >> other_bits]++] = {prefix, id, static_cast<std::uint16_t>(p),
                                             static_cast<std::uint16_t>(std::min(size, most_size))};
    });
  });
  struct Range {
    std::size_t first_byte, first_place;
  };
  std::vector<Range> ranges;
  std::size_t size = 0;
  for (std::size_t byte = 0; byte < bytes; ++byte) {
    if (ranges.empty() || size - ranges.back().first_place >= least_range) ranges.push_back({byte, size});
    for (const ByByte& part : by_byte) size += part.begins[byte + 1] - part.begins[byte];
  }
  ranges.push_back({bytes, size});

  // Of terms with the same prefix. Where one of them ends with it, the sizes tell.
  const auto compare = [&](const Prefixed& a, const Prefixed& b) {
    if (std::min(a.size, b.size) <= word_size) return a.size <=> b.size;
    const std::uint64_t next = parts[a.part]->word(a.id, word_size),
                        other = parts[b.part]->word(b.id, word_size);
    if (next != other) return next <=> other;
    if (std::min(a.size, b.size) <= 2 * word_size) return a.size <=> b.size;
    return parts[a.part]->term(a.id) <=> parts[b.part]->term(b.id);
  };
  std::vector<Place> order(size);
  parallel_for(ranges.size() - 1, without_progress(control), [&](std::size_t r, const Control& inner) {
    std::vector<Prefixed> sorted;
    sorted.reserve(ranges[r + 1].first_place - ranges[r].first_place);
    for (const auto& [terms, begins] : by_byte)
      sorted.insert(sorted.end(), terms.begin() + begins[ranges[r].first_byte],
                    terms.begin() + begins[ranges[r + 1].first_byte]);
    std::vector<Prefixed> scratch(sorted.size());
    radix_sort(std::span(sorted), std::span(scratch), 64, [](const Prefixed& term) { return term.prefix; });
    Pacer pacer(inner);
    auto place = order.begin() + static_cast<std::ptrdiff_t>(ranges[r].first_place);
    for (auto first = sorted.begin(); first != sorted.end();) {
      auto last = first + 1;
      while (last != sorted.end() && last->prefix == first->prefix) ++last;
      // The parts are in order, as the sort by prefixes left them. Few terms have the same prefix.
      if (last - first > few) {
        std::stable_sort(first, last, [&](const Prefixed& a, const Prefixed& b) {
          pacer.advance(1);
          return compare(a, b) < 0;
        });
      } else {
        for (auto next = first + 1; next != last; ++next) {
          for (auto at = next; at != first && compare(*at, at[-1]) < 0; --at) std::swap(*at, at[-1]);
        }
      }
      for (auto term = first; term != last; ++term)
        *place++ = {term->part, term->id, term != first && compare(term[-1], *term) == 0};
      first = last;
    }
  });
  return order;
}

std::vector<std::int32_t> Vocabulary::byte_order(const Control& control) const {
  const Vocabulary* const self = this;
  std::vector<std::int32_t> order;
  order.reserve(static_cast<std::size_t>(size()));
  for (const Place& place : byte_order({&self, 1}, control)) order.push_back(place.id);
  return order;
}

}  // namespace nutgraf
