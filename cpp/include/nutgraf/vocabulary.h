#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"

namespace nutgraf {

/// A term as a Vocabulary looks it up; made once, it serves several of them. It views the term's bytes.
struct TermKey {
  std::string_view text;
  std::uint64_t hash;
  std::uint64_t first, second;  ///< the bytes of a term of at most 16, the rest being 0
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
  std::int32_t find(const TermKey& term) const noexcept { return slots_[slot_of(term)].id; }
  std::string_view term(std::int32_t id) const noexcept {
    return std::string_view(bytes_).substr(begin_[id], begin_[id + 1] - begin_[id]);
  }
  std::int32_t size() const noexcept { return static_cast<std::int32_t>(begin_.size()) - 1; }

  /// The permutation that sorts the terms by bytes: entry i is the present id of the i-th term.
  std::vector<std::int32_t> byte_order(const Control& control = {}) const;

 private:
  struct Slot {
    std::int32_t id = -1;
    std::uint32_t tag = 0;  ///< of the hash
  };
  std::size_t slot_of(const TermKey& term) const noexcept;
  bool is_term(std::int32_t id, const TermKey& term) const noexcept;
  void grow();

  std::string bytes_;  ///< of all terms, and some zeros behind them
  std::vector<std::size_t> begin_;
  std::vector<std::uint64_t> hashes_;
  std::vector<Slot> slots_;
};

}  // namespace nutgraf
