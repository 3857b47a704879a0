#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nutgraf {

/// Classes of the phrases in cpp/data/prompts.txt, as bits.
enum PhraseClass : std::uint8_t {
  phrase_prompt = 1,
  phrase_end = 2,
  phrase_credit = 4,
  phrase_byline = 8,
  phrase_notice = 16,
  phrase_caption = 32,
  phrase_label = 64,
};

/// The classes of the phrases that a line begins with, as the table says what else must stand in it, or must
/// not; bullets and arrows before them are passed over.
std::uint8_t leading_phrases(std::string_view line);
/// Whether one of the credit phrases stands anywhere in a line, as whole words.
bool contains_credit(std::string_view folded) noexcept;

/// A line folded for comparison: case-folded, white space folded to single spaces, none at the ends.
std::string fold_line(std::string_view line);

}  // namespace nutgraf
