#pragma once

#include <cstdint>

namespace nutgraf::unicode {

/// What is known of a code point, as bits.
enum class Property : std::uint16_t {
  letter = 1 << 0,  ///< Alphabetic
  upper = 1 << 1,   ///< upper or title case
  lower = 1 << 2,
  digit = 1 << 3,       ///< a decimal digit
  space = 1 << 4,       ///< White_Space, and the zero-width space
  quote = 1 << 5,       ///< Quotation_Mark
  opener = 1 << 6,      ///< an opening bracket or a quotation mark that only opens
  closer = 1 << 7,      ///< a closing bracket or any quotation mark
  terminator = 1 << 8,  ///< what ends a sentence: Sentence_Terminal, and the ellipsis
  regex_word = 1 << 9,  ///< what Python's \w matches
  ignorable = 1 << 10,  ///< Sentence_Break Extend or Format: belongs to what is before it
  dash = 1 << 11,
  pictograph = 1 << 12,  ///< Extended_Pictographic, beyond ASCII
};

/// Scripts, as coarse as the rules for sentences need them.
enum class Script : std::uint8_t {
  common,
  latin,
  greek,
  cyrillic,
  armenian,
  georgian,
  hebrew,
  arabic,
  indic,
  thai,
  southeast_asian,
  han,
  kana,
  hangul,
  ethiopic,
  other,
};

/// What the code points of one class have in common.
struct CharClass {
  std::uint16_t properties;
  Script script;
  bool is_dictionary;  ///< ICU finds its words by a dictionary

  bool has(Property property) const noexcept {
    return (properties & static_cast<std::uint16_t>(property)) != 0;
  }
};

}  // namespace nutgraf::unicode
