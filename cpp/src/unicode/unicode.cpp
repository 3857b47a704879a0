#include "unicode/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

#include "nutgraf/error.h"
#include "support/wide.h"
#include "unicode/byte_masks.h"
#include "unicode/icu_status.h"

namespace nutgraf::unicode {
namespace {

constexpr std::uint64_t high_bits = 0x8080808080808080ULL;

std::uint64_t load8(const char* bytes) noexcept {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

}  // namespace

NUTGRAF_WIDE bool copy_lower_ascii(std::string_view text, char* to) noexcept {
  unsigned char bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    bits |= static_cast<unsigned char>(c);
    to[i] = static_cast<char>(c + (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  }
  return bits < 0x80;
}

bool is_ascii(std::string_view text) noexcept {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    if (load8(text.data() + i) & high_bits) return false;
  }
  for (; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  }
  return true;
}

namespace {

/// The bytes of the code point at `i` by the byte ranges of Unicode's table 3-7; 0 where there is none.
std::size_t code_point_size(std::string_view text, std::size_t i) noexcept {
  const auto at = [&](std::size_t k) -> unsigned {
    return k < text.size() ? static_cast<unsigned char>(text[k]) : 0;
  };
  const unsigned lead = at(i);
  std::size_t length = 0;
  if (lead < 0x80) {
    length = 1;
  } else if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80, high = lead == 0xED ? 0x9F : 0xBF;
    length = at(i + 1) >= low && at(i + 1) <= high ? 3 : 0;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xF4 ? 0x8F : 0xBF;
    length = at(i + 1) >= low && at(i + 1) <= high ? 4 : 0;
  }
  for (std::size_t k = 1; k < length; ++k) {
    if ((at(i + k) & 0xC0) != 0x80) length = 0;
  }
  return length;
}

/// How many bytes of a window that begins with a code point are valid, up to its last whole code point; 0
/// where something is wrong. The same table, for all bytes at once.
int count_valid(const ByteWindow& window) noexcept {
  const std::uint64_t high = window.high();
  if (high == 0) return 64;
  const std::uint64_t follows = window.in_range(0x80, 0xBF), three = window.in_range(0xE0, 0xEF);
  const std::uint64_t two = window.in_range(0xC2, 0xDF), four = window.in_range(0xF0, 0xF4);
  const std::uint64_t cut =
      (two & std::uint64_t{1} << 63) | (three & std::uint64_t{3} << 62) | (four & std::uint64_t{7} << 61);
  const std::uint64_t whole = cut == 0 ? ~std::uint64_t{0} : (cut & (~cut + 1)) - 1;
  std::uint64_t wrong = ((two | three | four) << 1 | (three | four) << 2 | four << 3) ^ follows;
  wrong |= high ^ (follows | two | three | four);
  if (three) {
    wrong |= window.equal('\xE0') << 1 & window.in_range(0x80, 0x9F);
    wrong |= window.equal('\xED') << 1 & window.in_range(0xA0, 0xBF);
  }
  if (four) {
    wrong |= window.equal('\xF0') << 1 & window.in_range(0x80, 0x8F);
    wrong |= window.equal('\xF4') << 1 & window.in_range(0x90, 0xBF);
  }
  return (wrong & whole) != 0 ? 0 : cut == 0 ? 64 : std::countr_zero(cut);
}

}  // namespace

void check_utf8(std::string_view text, Pacer& pacer) {
  constexpr std::size_t stride = std::size_t{1} << 16;
  std::size_t i = 0, paced = 0;
  while (i < text.size()) {
    if (i - paced >= stride) {
      pacer.advance(i - paced);
      paced = i;
    }
    const int valid = count_valid(ByteWindow(text.data() + i, text.size() - i));
    if (valid == 0) {
      while (const std::size_t size = code_point_size(text, i)) i += size;
      throw Error(ErrorKind::invalid_text,
                  "the text is not valid UTF-8 at byte " + std::to_string(i) +
                      "; decode it from its own encoding first, or replace the wrong bytes",
                  static_cast<std::int64_t>(i));
    }
    i += static_cast<std::size_t>(valid);
  }
}

std::size_t count_code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::size_t line_end_size(std::string_view text, std::size_t at) noexcept {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x20 && byte < 0xC2) return 0;
  switch (text[at]) {
    case '\n':
    case '\v':
    case '\f':
      return 1;
    case '\r':
      return text.substr(at, 2) == "\r\n" ? 2 : 1;
    case '\xC2':
      return text.substr(at, 2) == "\xC2\x85" ? 2 : 0;
    case '\xE2': {
      const auto mark = text.substr(at, 3);
      return mark == "\xE2\x80\xA8" || mark == "\xE2\x80\xA9" ? 3 : 0;
    }
    default:
      return 0;
  }
}

std::size_t find_line_end(std::string_view text, std::size_t at) noexcept {
  for (; at < text.size(); at += ByteWindow::size) {
    const ByteWindow window(text.data() + at, text.size() - at);
    std::uint64_t marks = window.in_range('\n', '\r');
    if (window.high()) marks |= window.equal('\xC2') | window.equal('\xE2');
    for (; marks; marks &= marks - 1) {
      const std::size_t found = at + static_cast<std::size_t>(std::countr_zero(marks));
      if (line_end_size(text, found)) return found;
    }
  }
  return text.size();
}

std::string with_line_ends_as_spaces(std::string_view text) {
  std::string joined(text);
  for (std::size_t at = 0; (at = find_line_end(text, at)) < text.size();) {
    const std::size_t size = line_end_size(text, at);
    joined.replace(at, size, size, ' ');
    at += size;
  }
  return joined;
}

Span trim(std::string_view text, Span span) noexcept {
  auto begin = static_cast<std::size_t>(span.begin), end = static_cast<std::size_t>(span.end);
  while (begin < end) {
    std::size_t next = begin;
    if (!is_space(next_code_point(text, next))) break;
    begin = next;
  }
  while (end > begin) {
    std::size_t before = end;
    if (!is_space(previous_code_point(text, before))) break;
    end = before;
  }
  return {static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
}

namespace {

/// The first piece of a text that is normalized by itself: all of it, unless more marks combine with one
/// letter than any script has. These are sorted in the square of their number, and are cut.
std::string_view normalized_piece(std::string_view text) noexcept {
  constexpr std::size_t short_text = 512;  // bytes
  constexpr int most_marks = 128;
  if (text.size() <= short_text) return text;
  int marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    marks = c >= 0x300 && u_getCombiningClass(static_cast<UChar32>(c)) != 0 ? marks + 1 : 0;
    if (marks > most_marks) return text.substr(0, begin);
  }
  return text;
}

std::string normalized(std::string_view text, const icu::Normalizer2& form, IcuStatus& status) {
  std::string found;
  icu::StringByteSink<std::string> sink(&found, static_cast<std::int32_t>(text.size()));
  while (!text.empty()) {
    const std::string_view piece = normalized_piece(text);
    form.normalizeUTF8(0, icu::StringPiece(piece.data(), static_cast<std::int32_t>(piece.size())), sink,
                       nullptr, status);
    status.check();
    text.remove_prefix(piece.size());
  }
  return found;
}

}  // namespace

std::string fold(std::string_view text) {
  IcuStatus status("NFKC_Casefold");
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  status.check();
  return normalized(text, *nfkc, status);
}

TermKey Folder::folded_apart(std::string_view word) {
  large_.resize(word.size());
  if (!copy_lower_ascii(word, large_.data())) large_ = fold(word);
  return key_of(large_);
}

std::string without_accents(std::string_view text, bool ascii_only) {
  IcuStatus status("NFKD");
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  status.check();
  const std::string decomposed = normalized(text, *nfkd, status);
  std::string plain;
  for (std::size_t at = 0; at < decomposed.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(decomposed, at);
    const bool is_kept = ascii_only ? c < 0x80 : u_getCombiningClass(static_cast<UChar32>(c)) == 0;
    if (is_kept) plain.append(decomposed, begin, at - begin);
  }
  return plain;
}

namespace {

/// Lower case where it depends on what stands around, and where one character becomes several.
std::string lower_in_context(std::string_view text) {
  std::string lowered;
  IcuStatus status("lower case");
  icu::StringByteSink<std::string> sink(&lowered, static_cast<std::int32_t>(text.size()));
  icu::CaseMap::utf8ToLower("", 0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  status.check();
  return lowered;
}

void append_code_point(std::string& text, char32_t c) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  text.append(bytes, static_cast<std::size_t>(size));
}

}  // namespace

std::string lower(std::string_view text) {
  // In the root locale only these two have a mapping that is not one to one (SpecialCasing.txt).
  constexpr char32_t dotted_i = 0x130, sigma = 0x3A3;
  std::string lowered;
  lowered.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const ByteWindow window(text.data() + at, text.size() - at);
    const std::size_t ascii = std::min(std::min(ByteWindow::size, text.size() - at),
                                       static_cast<std::size_t>(std::countr_zero(window.high())));
    const std::size_t end = lowered.size();
    lowered.resize(end + ascii);
    copy_lower_ascii(text.substr(at, ascii), lowered.data() + end);
    at += ascii;
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      const std::size_t begin = at;
      const char32_t c = next_code_point(text, at);
      if (c == dotted_i || c == sigma) return lower_in_context(text);
      const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
      if (small == c) {
        lowered.append(text, begin, at - begin);
      } else {
        append_code_point(lowered, small);
      }
    }
  }
  return lowered;
}

}  // namespace nutgraf::unicode
