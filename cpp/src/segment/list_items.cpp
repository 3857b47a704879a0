#include "segment/list_items.h"

#include <algorithm>
#include <array>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// The mark at the beginning of an item.
struct ItemMark {
  enum class Kind : std::uint8_t { none, bullet, number, letter, roman };
  Kind kind = Kind::none;
  char32_t bullet = 0;  ///< before the number, or alone
  bool has_opener = false, has_stop = false, has_closer = false;
  int value = 0;
  std::int32_t end = 0;

  bool is_followed_by(const ItemMark& next) const noexcept {
    return next.kind == kind && next.bullet == bullet && next.has_opener == has_opener &&
           next.has_stop == has_stop && next.has_closer == has_closer &&
           (kind == Kind::bullet || next.value == value + 1);
  }
};

bool is_bullet(char32_t c) noexcept {
  return c == U'\u2022' || c == U'\u2043' || c == U'\u2023' || c == U'\u25E6' || c == U'\u25AA';
}

/// The value of a numeral of small letters up to "xx", 0 for another word.
int roman_value(std::string_view word) noexcept {
  static constexpr std::array<std::string_view, 20> numerals = {
      "i",  "ii",  "iii",  "iv",  "v",  "vi",  "vii",  "viii",  "ix",  "x",
      "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"};
  return static_cast<int>(std::ranges::find(numerals, word) - numerals.begin() + 1) % 21;
}

/// The item mark at `at`; `previous` says whether "i)" goes on "h)" or begins "i), ii)".
ItemMark read_mark(std::string_view block, std::int32_t at, const ItemMark& previous) noexcept {
  constexpr std::size_t longest_number = 3, longest_numeral = 5;
  ItemMark mark;
  auto i = static_cast<std::size_t>(at);
  std::size_t after = i;
  const char32_t first = i < block.size() ? unicode::next_code_point(block, after) : 0;
  if (is_bullet(first)) {
    mark.kind = ItemMark::Kind::bullet;
    mark.bullet = first;
    mark.end = static_cast<std::int32_t>(i = after);
    while (i < block.size() && block[i] == ' ') ++i;
  }
  ItemMark numbered = mark;
  if (i < block.size() && block[i] == '(') {
    numbered.has_opener = true;
    ++i;
  }
  const auto is_number = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  std::size_t end = i;
  if (i < block.size() && is_number(block[i])) {
    while (end < block.size() && is_number(block[end]) && end - i < longest_number) {
      numbered.value = numbered.value * 10 + (block[end++] - '0');
    }
    numbered.kind = ItemMark::Kind::number;
  } else {
    while (end < block.size() && is_letter(block[end]) && end - i < longest_numeral) ++end;
    // The first word of most blocks, before numerals are looked through.
    if (end == block.size() || (block[end] != '.' && block[end] != ')')) return mark;
    const std::string_view word = block.substr(i, end - i);
    const int numeral = roman_value(word);
    const bool is_roman = numeral > 0 && (previous.kind == ItemMark::Kind::roman ||
                                          (previous.kind == ItemMark::Kind::none && numeral == 1));
    if (is_roman) {
      numbered.kind = ItemMark::Kind::roman;
      numbered.value = numeral;
    } else if (word.size() == 1) {
      numbered.kind = ItemMark::Kind::letter;
      numbered.value = word[0];
    } else {
      return mark;
    }
  }
  i = end;
  if (i < block.size() && block[i] == '.') {
    numbered.has_stop = true;
    ++i;
  }
  if (i < block.size() && block[i] == ')') {
    numbered.has_closer = true;
    ++i;
  }
  numbered.end = static_cast<std::int32_t>(i);
  const bool is_initial =
      numbered.kind == ItemMark::Kind::letter && numbered.value < 'a' && !numbered.has_closer;
  const bool is_marked = numbered.has_stop || numbered.has_closer;
  return is_marked && !is_initial && i < block.size() && block[i] == ' ' ? numbered : mark;
}

}  // namespace

ListItems::ListItems(std::string_view block) {
  ItemMark last = read_mark(block, 0, {});
  if (last.kind == ItemMark::Kind::none) return;
  number_end_ = last.end;
  for (std::size_t at = static_cast<std::size_t>(last.end); (at = block.find(' ', at)) < block.size();) {
    const auto begin = static_cast<std::int32_t>(++at);
    const ItemMark mark = read_mark(block, begin, last);
    if (!last.is_followed_by(mark)) continue;
    numbers_.push_back({begin, mark.end});
    last = mark;
  }
}

}  // namespace nutgraf
