#include "nutgraf/blocks.h"

#include <string>

#include "blocks/lines.h"
#include "blocks/marks.h"
#include "blocks/roles.h"
#include "blocks/text_size.h"
#include "support/checkpoint.h"
#include "unicode/unicode.h"

namespace nutgraf {
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
      blocks.push_back({.span = line.span,
                        .role = line.role.value_or(Role::body),
                        .level = line.role == Role::quote ? 0 : line.level});
    }
  }
  assign_roles(text, blocks, format, pacer);
  return blocks;
}

}  // namespace nutgraf
