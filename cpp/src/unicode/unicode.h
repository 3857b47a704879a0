#pragma once

// The only door to ICU. Offsets are bytes of UTF-8; every text given must be valid (see check_utf8).

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "nutgraf/span.h"
#include "support/checkpoint.h"
#include "support/term_key.h"
#include "unicode/tables.h"

namespace nutgraf::unicode {

/// \throws Error invalid_text with the offset of the first byte that is not UTF-8.
void check_utf8(std::string_view text, Pacer& pacer);
bool is_ascii(std::string_view text) noexcept;
/// Code points of valid UTF-8.
std::size_t count_code_points(std::string_view text) noexcept;

/// The first `size` bytes of a text, or fewer, cut between code points.
inline std::string_view head_of(std::string_view text, std::size_t size) noexcept {
  if (text.size() <= size) return text;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

/// The code point that starts at `at`, which is moved past it.
inline char32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t k) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + k]));
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return ++at, lead;
  const auto tail = [&](std::size_t k) { return byte(k) & 0x3F; };
  char32_t c;
  if (lead < 0xE0) return c = (lead & 0x1F) << 6 | tail(1), at += 2, c;
  if (lead < 0xF0) return c = (lead & 0x0F) << 12 | tail(1) << 6 | tail(2), at += 3, c;
  return c = (lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), at += 4, c;
}
/// The code point that ends before `at`, which is moved to its start.
inline char32_t previous_code_point(std::string_view text, std::size_t& at) noexcept {
  do --at;
  while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  std::size_t begin = at;
  return next_code_point(text, begin);
}

inline bool has(char32_t c, Property property) noexcept {
  return class_of(c).has(property);
}
inline bool is_space(char32_t c) noexcept {
  return c < 0x80 ? c == ' ' || (c >= 0x09 && c <= 0x0D) : has(c, Property::space);
}
inline bool is_upper(char32_t c) noexcept {
  return has(c, Property::upper);
}
inline bool is_lower(char32_t c) noexcept {
  return has(c, Property::lower);
}
inline bool is_letter(char32_t c) noexcept {
  return has(c, Property::letter);
}
inline bool is_digit(char32_t c) noexcept {
  return has(c, Property::digit);
}
inline bool is_closer(char32_t c) noexcept {
  return has(c, Property::closer);
}
inline bool is_terminator(char32_t c) noexcept {
  return has(c, Property::terminator);
}
inline bool is_regex_word(char32_t c) noexcept {
  return has(c, Property::regex_word);
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

/// A letter in lower case where that is a matter of arithmetic: ASCII, Latin, Greek, Cyrillic, Armenian; the
/// letter itself elsewhere. Good enough for what is only compared with what was lowered the same way.
constexpr char32_t rough_lower(char32_t c) noexcept {
  const auto is_in = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c < 0x80) return is_in('A', 'Z') ? c | 0x20 : c;
  if ((is_in(0xC0, 0xDE) && c != 0xD7) || is_in(0x391, 0x3A9) || is_in(0x410, 0x42F)) return c + 0x20;
  // Capitals before their small letters: at odd places here, at even ones in the next blocks.
  if (is_in(0x139, 0x148) || is_in(0x179, 0x17E)) return c + (c & 1);
  if (is_in(0x100, 0x177) || is_in(0x200, 0x233) || is_in(0x460, 0x4BF) || is_in(0x4D0, 0x52F) ||
      is_in(0x1E00, 0x1EFF)) {
    return c | 1;
  }
  if (is_in(0x400, 0x40F)) return c + 0x50;
  if (is_in(0x388, 0x38A)) return c + 0x25;
  if (is_in(0x531, 0x556)) return c + 0x30;
  switch (c) {
    case 0x386:
      return 0x3AC;
    case 0x38C:
      return 0x3CC;
    case 0x38E:
    case 0x38F:
      return c + 0x3F;
    default:
      return c;
  }
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

/// NFKD without what combines (canonical combining class above 0); with `ascii_only`, without all that is
/// then not ASCII.
std::string without_accents(std::string_view text, bool ascii_only);

/// Copies a text with the capitals of ASCII made small, and says whether all of it is ASCII; `to` may be
/// where it stands.
bool copy_lower_ascii(std::string_view text, char* to) noexcept;

/// Lower case by Unicode's full mapping in the root locale, as Python's str.lower().
std::string lower(std::string_view text);

}  // namespace nutgraf::unicode
