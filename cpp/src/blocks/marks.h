#pragma once

// What marks say of a line: those of Markdown and reStructuredText, and of plain-text e-mail.

#include <string>
#include <string_view>
#include <vector>

#include "blocks/lines.h"
#include "nutgraf/blocks.h"

namespace nutgraf {

/// Sets role and level of lines, and continues_previous of those that their marks tie to the line before: an
/// underline to its title, a folded mail field to its begin. The rest is left as it is.
///
/// Headings are lines that begin with "#" (level: how many), and titles with an underline of one mark,
/// perhaps an overline too (level: the order in which the styles come up, as in reStructuredText; beside "#"
/// headings, 1 for "=" and 2 for "-"). Code is what stands between fences, in literal blocks ("::") and code
/// directives, in doctests, and, in a text with headings, what is indented by four columns and no prose of a
/// list. A mail is known by two or more fields ("From: ...") at the start; so is one inside another. A paper
/// is known by three of the headings that papers share; those without a number are headings of level 2.
TextFormat find_marks(std::string_view text, std::vector<Line>& lines);

/// The bytes of a block with spaces in place of the marks that are no text of it: "#" and underline of a
/// heading, ">" of a quote, the name of a mail's field.
std::string without_marks(std::string_view block, Role role);
/// Whether a heading is that of a list of works.
bool names_sources(std::string_view heading);
/// Whether without_marks would change anything.
bool has_marks(std::string_view block, Role role) noexcept;
/// The same for a part of a quote that begins inside a line.
std::string without_quote_marks(std::string_view part);

}  // namespace nutgraf
