#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// A line that is not blank, without white space at its ends.
struct Line {
  Span span{};
  std::int32_t indent = 0;          ///< bytes of white space taken off its beginning
  bool after_blank = false;         ///< a blank line, or the start of the text, stands before it
  bool continues_previous = false;  ///< a wrapping program broke the line before here (see mark_wrapped)
};

std::vector<Line> find_lines(std::string_view text, Pacer& pacer);

/// Recognises hard-wrapped text and marks the lines that continue the one before.
///
/// A text counts as wrapped when most of its line ends inside paragraphs stand where the next line's first
/// word no longer fitted into the longest such line. Then exactly these line ends are joined. In a text of a
/// few lines, so is an end inside a clause: a small letter or comma before it, a small letter after it.
void mark_wrapped(std::string_view text, std::vector<Line>& lines);

/// Whether a line begins with a bullet or a number of a list.
bool begins_list_item(std::string_view line) noexcept;

}  // namespace nutgraf
