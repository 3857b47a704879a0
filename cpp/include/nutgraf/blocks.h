#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/span.h"

namespace nutgraf {

/// What a block is on the page it was copied from.
enum class Role : std::uint8_t {
  headline,
  kicker,      ///< the rubric above a headline
  standfirst,  ///< the paragraph between headline and byline that sums the article up
  byline,      ///< author, date, agency
  caption,     ///< of a picture, with its credit
  subhead,
  body,
  quote,  ///< quoted by a mark at the start of the line ("> ...")
  list_item,
  table,
  code,
  signature,
  boilerplate,  ///< navigation, prompts, forms, teasers, readers' remarks
};

inline constexpr std::array<std::string_view, 13> role_names = {
    "headline", "kicker",    "standfirst", "byline", "caption",   "subhead",    "body",
    "quote",    "list_item", "table",      "code",   "signature", "boilerplate"};

constexpr std::string_view name(Role role) noexcept {
  return role_names[static_cast<std::size_t>(role)];
}

/// The role of that name; an Error (invalid_argument) that lists the names otherwise.
Role role_from_name(std::string_view role_name);

/// Whether sentences of this role compete for a summary unless the caller says otherwise.
constexpr bool is_body_like(Role role) noexcept {
  return role == Role::body || role == Role::quote || role == Role::list_item;
}

/// A paragraph or a line of its own. Blocks are in text order, do not overlap, are not empty, and neither
/// begin nor end in white space; every byte that is not white space, nor of a byte order mark at the start,
/// lies in exactly one.
struct Block {
  Span span{};
  Role role = Role::body;
  std::int32_t duplicate_of = -1;  ///< the first block with the same text but for ASCII case, or -1
  /// The heading it stands under, -1 where there is none; of a heading, the next higher one.
  std::int32_t section = -1;
  /// Of a heading, a headline or subhead that opens a section: 1 for the title, 2 for what stands below it,
  /// and so on; levels may be left out. 0 for every other block.
  std::int32_t level = 0;
};

/// Splits a text into blocks and gives each its role. Time linear in the text.
///
/// A blank line ends a block. So does every other line end, unless the text is hard-wrapped: then the lines
/// that a wrapping program broke (the next line's first word would not have fitted) stay one block. Line ends
/// are LF, CR, CRLF, NEL, U+2028 and U+2029.
///
/// The marks of Markdown, reStructuredText and plain-text e-mail are known: headings with their level (also
/// with an underline, and numbered ones as papers have), lists, quotes, tables, code, front matter, a mail's
/// fields and signature.
///
/// \throws Error invalid_text (with the byte offset) for invalid UTF-8; limit for a text of 2 GiB or more.
std::vector<Block> find_blocks(std::string_view text, const Control& control = {});

}  // namespace nutgraf
