#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "nutgraf/blocks.h"
#include "nutgraf/span.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// What kind of text the marks show it to be (see marks.h).
enum class TextFormat : std::uint8_t {
  plain,
  marked_up,  ///< Markdown or reStructuredText: it has headings
  mail,       ///< begins with the fields of a mail
  paper,      ///< has headings that papers share (cpp/data/section_names.txt)
};

/// A line that is not blank, without white space at its ends.
struct Line {
  Span span{};
  std::int32_t indent = 0;          ///< bytes of white space taken off its beginning
  bool after_blank = false;         ///< a blank line, or the start of the text, stands before it
  bool continues_previous = false;  ///< it is one block with the line before
  std::optional<Role> role{};       ///< what the marks of a format show it to be, if any
  std::uint8_t level = 0;           ///< of a heading or subject from 1, of a quote how deep it is
};

/// The bytes of a byte order mark at the start of a text, which is no part of it.
std::int32_t byte_order_mark_size(std::string_view text) noexcept;

std::vector<Line> find_lines(std::string_view text, Pacer& pacer);

/// Recognises hard-wrapped text and marks the lines that continue the one before: of those without a mark,
/// and of those of quotes.
///
/// A text counts as wrapped when most of its line ends inside paragraphs stand where the next line's first
/// word no longer fitted into the longest such line, and some break off: a small letter or comma before the
/// line end, a small letter after it. Then these line ends are joined. Else each paragraph is judged by
/// itself, and more of its lines must break off. In a text of a few lines, and in one that is not plain,
/// every line that breaks off is joined to the next; in marked-up text and mails, where paragraphs end in
/// blank lines, so is every line that is long enough to have been broken.
void mark_wrapped(std::string_view text, std::vector<Line>& lines, TextFormat format);

/// Whether a line begins with a bullet or a number of a list.
bool begins_list_item(std::string_view line) noexcept;

}  // namespace nutgraf
