#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/span.h"

namespace nutgraf {

/// A term as a Vocabulary looks it up; made once, it serves several of them. It views the term's bytes.
struct TermKey {
  std::string_view text;
  std::uint64_t hash;
  std::uint64_t first, second;  ///< the bytes of a term of at most 16, the rest being 0; else the hash, and 0
};
TermKey key_of(std::string_view term) noexcept;

/// Terms and their ids: 0, 1, 2, ... in the order of insertion. A term is any byte string; look-up is
/// expected constant time.
class Vocabulary {
 public:
  /// An empty one, with room for `expected` terms.
  explicit Vocabulary(std::size_t expected = 0);

  /// The id of a term, which is added if it is new.
  std::int32_t add(std::string_view term) { return add(key_of(term)); }
  std::int32_t add(const TermKey& term);
  /// The id of a term, or -1.
  std::int32_t find(std::string_view term) const noexcept { return find(key_of(term)); }
  std::int32_t find(const TermKey& term) const noexcept;
  /// add and find for many terms that stand in a buffer, of which 16 bytes may be read from the begin of
  /// each; faster than one by one. `ids` has their size.
  void add(const char* buffer, std::span<const Span> terms, std::span<std::int32_t> ids);
  void find(const char* buffer, std::span<const Span> terms, std::span<std::int32_t> ids) const noexcept;
  /// Adds the terms of another, in the order of its ids, and gives the ids they have here. Takes the room for
  /// all of them first: when that fails, nothing is added.
  std::vector<std::int32_t> add(const Vocabulary& other);
  std::string_view term(std::int32_t id) const noexcept {
    return std::string_view(bytes_).substr(begin_[id], begin_[id + 1] - begin_[id]);
  }
  bool has_same_terms(const Vocabulary& other) const noexcept {
    return begin_ == other.begin_ && bytes_ == other.bytes_;
  }
  std::int32_t size() const noexcept { return static_cast<std::int32_t>(begin_.size()) - 1; }

  /// The permutation that sorts the terms by bytes: entry i is the present id of the i-th term.
  std::vector<std::int32_t> byte_order(const Control& control = {}) const;

  /// A term of one of several vocabularies.
  struct Place {
    std::int32_t part, id;
    bool is_repeat;  ///< whether the place before has the same term
  };
  /// All terms of several vocabularies, sorted by bytes, a term that stands in several of them by part.
  static std::vector<Place> byte_order(std::span<const Vocabulary* const> parts, const Control& control = {});
  /// These terms, no two of them the same, which become 0, 1, 2, ... in this order; `frequencies` as prefer
  /// has them. The others are forgotten.
  static Vocabulary gather(std::vector<Vocabulary> parts, std::span<const Place> places,
                           std::span<const std::int64_t> frequencies);
  /// Frees what look-up needs, the larger part of the memory. From then on the terms by their ids are all
  /// there is, for byte_order and gather.
  void drop_lookup() noexcept { std::vector<Slot>().swap(slots_); }
  /// Makes the look-up of frequent terms the fastest; `frequencies` has one for each id.
  void prefer(std::span<const std::int64_t> frequencies);

 private:
  struct Slot {
    std::uint64_t first = 0, second = 0;  ///< of the TermKey
    std::int32_t id = -1;
    std::uint32_t size = 0xFFFFFFFF;  ///< of the term; of none where there is none
    bool is_like(std::uint64_t first_word, std::uint64_t second_word, std::uint32_t bytes) const noexcept;
    std::uint64_t hash() const noexcept;
  };
  struct Group;
  template <bool missing_is_open, typename Get>
  void look_up(const char* buffer, std::span<const Span> terms, std::span<std::int32_t> ids, Get get) const;
  template <bool missing_is_open>
  std::size_t find_first(const Group& group, std::span<std::int32_t> ids, std::uint8_t* open) const noexcept;
  std::size_t slot_of(const TermKey& term) const noexcept;
  TermKey key(std::int32_t id) const noexcept;
  std::uint64_t word(std::int32_t id, std::size_t from) const noexcept;
  bool is_term(std::int32_t id, const TermKey& term) const noexcept;
  void put(const Slot& term, std::uint64_t hash) noexcept;
  std::int32_t fill(std::size_t slot, const TermKey& term);
  void grow(std::size_t slots);

  std::string bytes_;  ///< of all terms, and some zeros behind them
  std::vector<std::size_t> begin_;
  std::vector<Slot> slots_;
};

}  // namespace nutgraf
