#include "nutgraf/blocks.h"

#include <string>

#include "blocks/lines.h"
#include "blocks/marks.h"
#include "blocks/roles.h"
#include "blocks/text_size.h"
#include "support/checkpoint.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

Role role_of(Mark mark) {
  switch (mark) {
    case Mark::none:
      return Role::body;
    case Mark::heading:
    case Mark::subject:
      return Role::subhead;
    case Mark::quote:
      return Role::quote;
    case Mark::table:
      return Role::table;
    case Mark::code:
      return Role::code;
    case Mark::caption:
      return Role::caption;
    case Mark::sender:
      return Role::byline;
    case Mark::signature:
      return Role::signature;
    case Mark::furniture:
      return Role::boilerplate;
  }
  return Role::body;
}

std::int32_t level_of(const Line& line) {
  return line.mark == Mark::heading || line.mark == Mark::subject ? line.level : 0;
}

}  // namespace

Role role_from_name(std::string_view role_name) {
  std::string known;
  for (std::size_t i = 0; i < role_names.size(); ++i) {
    if (role_names[i] == role_name) return static_cast<Role>(i);
    known += (i ? ", " : "") + std::string(role_names[i]);
  }
  throw Error(ErrorKind::invalid_argument,
              "unknown role '" + std::string(role_name) + "'; the roles are " + known);
}

std::vector<Block> find_blocks(std::string_view text, const Control& control) {
  check_text_size(text.size());
  Pacer pacer(control);
  unicode::check_utf8(text, pacer);
  std::vector<Line> lines = find_lines(text, pacer);
  const TextFormat format = find_marks(text, lines);
  mark_wrapped(text, lines, format);

  std::vector<Block> blocks;
  blocks.reserve(lines.size());
  for (const Line& line : lines) {
    if (line.continues_previous) {
      blocks.back().span.end = line.span.end;
    } else {
      blocks.push_back({.span = line.span, .role = role_of(line.mark), .level = level_of(line)});
    }
  }
  assign_roles(text, blocks, format, pacer);
  return blocks;
}

}  // namespace nutgraf
