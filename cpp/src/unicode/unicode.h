#pragma once

// The only door to ICU. Offsets are bytes of UTF-8; every text given must be valid (see check_utf8).

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/span.h"
#include "support/checkpoint.h"
#include "support/term_key.h"

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

/// The first line end from `at` on; the text's size where there is none.
std::size_t find_line_end(std::string_view text, std::size_t at) noexcept;
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
  /// The folded word, valid until the next call. `readable_end` is the end of the text that the word stands
  /// in: bytes up to there may be looked at.
  TermKey operator()(std::string_view word, const char* readable_end) {
    if (word.size() > short_term) return folded_apart(word);
    const char* at = word.data();
    if (readable_end - at < static_cast<std::ptrdiff_t>(short_term)) {
      std::memset(small_, 0, short_term);
      std::memcpy(small_, at, word.size());
      at = small_;
    }
    ShortTerm term = load_short(at, word.size());
    if ((term.first | term.second) & 0x8080808080808080ULL) return folded_apart(word);
    term = {lower_ascii(term.first), lower_ascii(term.second)};
    std::memcpy(small_, &term.first, 8);
    std::memcpy(small_ + 8, &term.second, 8);
    return key_of_short({small_, word.size()}, term);
  }
  TermKey operator()(std::string_view word) { return (*this)(word, word.data() + word.size()); }

 private:
  TermKey folded_apart(std::string_view word);

  char small_[short_term];
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
