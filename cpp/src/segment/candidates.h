#pragma once

#include <cstdint>
#include <string_view>

namespace nutgraf {

/// A place inside a block where a sentence may end: a run of terminators with what closes after it.
///
///     "Is it?!" Kim asked. [3] Nobody knew.
///           ^ begin
///              ^ end
///               ^ next        ^ begin of the second candidate, whose end is after "[3]"
struct Candidate {
  enum class Mark : std::uint8_t {
    stop,
    exclamation,
    question,
    ellipsis,
    wide,   ///< of East Asian text, which has no space after it
    other,  ///< the terminator of another script, Greek ";" and Armenian ":" included
    space,  ///< a space between Thai letters, which has no terminators
  };
  enum class Closer : std::uint8_t { none, quote, bracket, citation, detached_quote };
  enum class Gap : std::uint8_t { none, space, spaces, no_break, block_end };

  std::int32_t begin = 0;  ///< of the terminators
  std::int32_t end = 0;    ///< where the sentence would end: after what closes
  std::int32_t next = 0;   ///< where the next sentence would begin: after the white space
  Mark mark = Mark::stop;
  std::uint8_t run = 1;  ///< terminators in the run, 7 at most
  Closer closer = Closer::none;
  Gap gap = Gap::space;
};

/// The letters of the word before a plain candidate, or its last eight, as a number; 0 for any other
/// candidate. Plain is a word of three or more small letters of ASCII, perhaps after a capital; ".", "!" or
/// "?", or a stop and a quotation mark; a space; and a capitalised word: most candidates of English text,
/// decided without looking at more.
std::uint64_t plain_word(std::string_view block, const Candidate& candidate) noexcept;
/// The same number of a word alone, in small letters; 0 if it has fewer than three letters, or others.
std::uint64_t plain_word(std::string_view word) noexcept;

/// Two quotation marks of which either may open: « and » point outwards in French and inwards in Slovene.
class QuotePair {
 public:
  QuotePair(char32_t left, char32_t right) noexcept : left_(left), right_(right) {}
  /// The one that comes first in the block before `before`; 0 where there is none. Positions only grow.
  char32_t opening(std::string_view block, std::int32_t before) noexcept;

 private:
  char32_t left_, right_, opening_ = 0;
  std::int32_t looked_at_ = 0;
};

/// Finds the candidates of a block in order, in offsets of the block. Linear time.
class CandidateFinder {
 public:
  explicit CandidateFinder(std::string_view block) noexcept : block_(block) {}

  /// The next candidate; false where there is none.
  bool next(Candidate& found) noexcept;
  /// How far the block has been looked at.
  std::int32_t position() const noexcept { return window_; }

 private:
  std::uint64_t find_marks() noexcept;
  bool is_candidate(std::int32_t at) const noexcept;
  Candidate resolve(std::int32_t at) noexcept;
  std::int32_t absorb_marks(std::int32_t at, Candidate& c) const noexcept;
  std::int32_t absorb_closers(std::int32_t at, Candidate& c) noexcept;
  std::int32_t absorb_detached_quote(std::int32_t at, Candidate& c) noexcept;
  bool is_odd_quote(std::int32_t at, char quote) noexcept;

  std::string_view block_;
  std::int32_t window_ = 0;  ///< where the window of marks_ begins
  std::uint64_t marks_ = 0;  ///< what is left of the current window
  bool has_window_ = false, is_ascii_ = true;
  std::int32_t resume_ = 0;   ///< nothing before it can begin a candidate
  std::int32_t counted_ = 0;  ///< straight quotation marks are counted up to here
  bool is_odd_double_ = false, is_odd_single_ = false;
  QuotePair guillemets_{U'\u00AB', U'\u00BB'}, curly_{U'\u201C', U'\u201D'};
};

}  // namespace nutgraf
