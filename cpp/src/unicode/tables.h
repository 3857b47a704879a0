#pragma once

// Constant tables that tools/unicode_tables.cpp makes from ICU at build time.

#include <cstddef>
#include <cstdint>

#include "unicode/properties.h"

namespace nutgraf::unicode {

extern const std::uint16_t class_blocks[];
extern const std::uint8_t block_classes[];
extern const CharClass char_classes[];
extern const std::size_t class_count;

/// The number of a code point's class.
inline std::uint8_t class_number(char32_t c) noexcept {
  return c < 0x800 ? block_classes[c] : block_classes[class_blocks[c >> 7] << 7 | (c & 127)];
}
inline const CharClass& class_of(char32_t c) noexcept {
  return char_classes[class_number(c)];
}

/// The automaton of ICU's root word rules: word_states[state][class number] is the next state, with
/// word_accepts where a segment may end. A segment is the longest run of code points to such a place, and one
/// code point where there is none.
extern const std::uint8_t word_states[][256];
inline constexpr std::uint8_t word_stop = 0, word_start = 1, word_accepts = 0x80;

}  // namespace nutgraf::unicode
