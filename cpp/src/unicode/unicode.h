#pragma once

// The only door to ICU. Offsets are bytes of UTF-8; every text given must be valid (see check_utf8).

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/span.h"
#include "support/checkpoint.h"

namespace nutgraf::unicode {

/// \throws Error invalid_text with the offset of the first byte that is not UTF-8.
void check_utf8(std::string_view text, Pacer& pacer);
bool is_ascii(std::string_view text) noexcept;
/// Code points of valid UTF-8.
std::size_t count_code_points(std::string_view text) noexcept;

namespace beyond_ascii {
char32_t next_code_point(std::string_view text, std::size_t& at) noexcept;
char32_t previous_code_point(std::string_view text, std::size_t& at) noexcept;
bool is_space(char32_t c) noexcept;
bool is_letter(char32_t c) noexcept;
bool is_upper(char32_t c) noexcept;
bool is_lower(char32_t c) noexcept;
bool is_digit(char32_t c) noexcept;
bool is_closer(char32_t c) noexcept;
bool is_terminator(char32_t c) noexcept;
bool is_regex_word(char32_t c) noexcept;
}  // namespace beyond_ascii

/// The code point that starts at `at`, which is moved past it.
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? (++at, lead) : beyond_ascii::next_code_point(text, at);
}
/// The code point that ends before `at`, which is moved to its start.
inline char32_t previous_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto last = static_cast<unsigned char>(text[at - 1]);
  return last < 0x80 ? (--at, last) : beyond_ascii::previous_code_point(text, at);
}

/// White_Space, and the zero-width space.
inline bool is_space(char32_t c) noexcept {
  return c < 0x80 ? c == ' ' || (c >= 0x09 && c <= 0x0D) : beyond_ascii::is_space(c);
}
/// Upper or title case.
inline bool is_upper(char32_t c) noexcept {
  return c < 0x80 ? c >= 'A' && c <= 'Z' : beyond_ascii::is_upper(c);
}
inline bool is_lower(char32_t c) noexcept {
  return c < 0x80 ? c >= 'a' && c <= 'z' : beyond_ascii::is_lower(c);
}
/// Alphabetic.
inline bool is_letter(char32_t c) noexcept {
  return c < 0x80 ? is_upper(c) || is_lower(c) : beyond_ascii::is_letter(c);
}
/// A decimal digit.
inline bool is_digit(char32_t c) noexcept {
  return c < 0x80 ? c >= '0' && c <= '9' : beyond_ascii::is_digit(c);
}
/// A closing bracket or any quotation mark.
inline bool is_closer(char32_t c) noexcept {
  return c < 0x80 ? c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' : beyond_ascii::is_closer(c);
}
/// What ends a sentence: Sentence_Terminal, and the ellipsis.
inline bool is_terminator(char32_t c) noexcept {
  return c < 0x80 ? c == '.' || c == '!' || c == '?' : beyond_ascii::is_terminator(c);
}
/// What Python's \w matches.
inline bool is_regex_word(char32_t c) noexcept {
  return c < 0x80 ? is_letter(c) || is_digit(c) || c == '_' : beyond_ascii::is_regex_word(c);
}

/// The length of the line end that starts at `at`, 0 where there is none: LF, VT, FF, CR, CRLF, NEL, U+2028,
/// U+2029.
std::size_t line_end_size(std::string_view text, std::size_t at) noexcept;
/// The same bytes with a space for each byte of a line end.
std::string with_line_ends_as_spaces(std::string_view text);

/// Without white space at both ends.
Span trim(std::string_view text, Span span) noexcept;

/// NFKC_Casefold.
std::string fold(std::string_view text);
/// Lowers the ASCII capitals among eight bytes: the high bit of a sum tells which bytes lie in A to Z.
inline std::uint64_t lower_ascii(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101ULL, high = 0x80 * ones;
  const std::uint64_t low_bits = word & ~high;
  const std::uint64_t above_z = low_bits + (0x7F - 'Z') * ones, from_a = low_bits + (0x80 - 'A') * ones;
  return word | ((from_a ^ above_z) & ~word & high) >> 2;
}

/// fold() for many short texts, without an allocation for each.
class Folder {
 public:
  /// A view of the folded text, valid until the next call.
  std::string_view operator()(std::string_view text) {
    if (text.size() > sizeof small_) return folded_apart(text);
    std::uint64_t seen = 0, word;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
      std::memcpy(&word, text.data() + at, 8);
      seen |= word;
      word = lower_ascii(word);
      std::memcpy(small_ + at, &word, 8);
    }
    for (; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      seen |= byte;
      small_[at] = static_cast<char>(byte | (static_cast<unsigned>(byte - 'A') < 26 ? 0x20U : 0U));
    }
    return seen & 0x8080808080808080ULL ? folded_apart(text) : std::string_view(small_, text.size());
  }

 private:
  std::string_view folded_apart(std::string_view text);

  char small_[64];
  std::string large_;
};

/// Lower case by Unicode's full mapping in the root locale, as Python's str.lower().
std::string lower(std::string_view text);

/// Finds words and sentences; holds ICU's iterators for one call. ASCII is walked by UAX #29's rules here,
/// with the classes that ICU gives; the rest by ICU. Equal to ICU's root iterators.
class Boundaries {
 public:
  explicit Boundaries(Pacer& pacer);
  ~Boundaries();
  Boundaries(const Boundaries&) = delete;
  Boundaries& operator=(const Boundaries&) = delete;

  /// Appends the words of text[span] (segments with a letter or digit), in offsets of the whole text.
  void find_words(std::string_view text, Span span, std::vector<Span>& words, std::vector<WordKind>& kinds);
  /// Appends the sentence boundaries inside a text: the ends of all its sentences, the last being the text's
  /// size.
  void find_sentence_ends(std::string_view text, std::vector<std::int32_t>& ends);

 private:
  struct Icu;
  Pacer& pacer_;
  std::unique_ptr<Icu> icu_;  ///< made when text that is not ASCII comes
};

}  // namespace nutgraf::unicode
