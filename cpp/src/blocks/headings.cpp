#include "blocks/headings.h"

#include <algorithm>
#include <optional>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t deepest_number = 4;
constexpr std::size_t longest_part = 2;  // digits
constexpr std::size_t fewest_headings = 2;

using Number = std::vector<int>;

/// The number of "2.1. Data", {2, 1}, if a capital or a letter without case follows.
std::optional<Number> leading_number(std::string_view line) {
  const auto is_digit = [&](std::size_t i) { return i < line.size() && line[i] >= '0' && line[i] <= '9'; };
  Number number;
  std::size_t at = 0;
  while (is_digit(at)) {
    int part = 0;
    const std::size_t begin = at;
    for (; is_digit(at); ++at) {
      if (at - begin == longest_part || number.size() == deepest_number) return std::nullopt;
      part = 10 * part + (line[at] - '0');
    }
    number.push_back(part);
    if (at < line.size() && line[at] == '.') ++at;
  }
  if (number.empty() || at >= line.size() || line[at] != ' ') return std::nullopt;
  while (at < line.size() && line[at] == ' ') ++at;
  if (at == line.size()) return std::nullopt;
  const char32_t c = unicode::next_code_point(line, at);
  return unicode::is_letter(c) && !unicode::is_lower(c) ? std::optional(number) : std::nullopt;
}

/// Whether `next` may come after `number` in a table of contents.
bool follows(const Number& next, const Number& number) {
  if (next.size() > number.size() + 1) return false;
  const auto shared = static_cast<std::ptrdiff_t>(next.size()) - 1;
  if (!std::equal(next.begin(), next.begin() + shared, number.begin())) return false;
  const int before = next.size() > number.size() ? 0 : number[static_cast<std::size_t>(shared)];
  return next.back() == before + 1;
}

}  // namespace

void number_headings(std::string_view text, std::vector<Block>& blocks,
                     const std::function<bool(std::size_t)>& is_title,
                     const std::function<bool(std::size_t)>& is_prose) {
  struct Heading {
    std::size_t block;
    Number number;
  };
  const auto numbered = [&](std::size_t i) -> std::optional<Number> {
    const Span span = blocks[i].span;
    const char first = text[static_cast<std::size_t>(span.begin)];
    if (first < '0' || first > '9' || blocks[i].level > 0 || !is_title(i)) return std::nullopt;
    return leading_number(text.substr(span.begin, span.size()));
  };
  std::vector<Heading> found;
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    std::optional<Number> number = numbered(i);
    if (!number) continue;
    const std::optional<Number> next = numbered(i + 1);
    const bool has_text = next ? next->size() > number->size() : is_prose(i + 1);
    if (!has_text) continue;
    if (found.size() < fewest_headings && *number == Number{1}) found.clear();
    if (found.empty() ? *number == Number{1} : follows(*number, found.back().number))
      found.push_back({i, std::move(*number)});
  }
  if (found.size() < fewest_headings) return;
  for (const Heading& heading : found) {
    blocks[heading.block].role = Role::subhead;
    blocks[heading.block].level = static_cast<std::int32_t>(heading.number.size()) + 1;
  }
}

void find_sections(std::vector<Block>& blocks) {
  std::vector<std::int32_t> open;  // headings, each of a lower level than the next
  std::int32_t marked = 1;         // the level of the last heading with marks
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    Block& block = blocks[i];
    const bool is_heading = (block.role == Role::headline || block.role == Role::subhead) &&
                            (block.level > 0 || block.duplicate_of < 0);
    if (!is_heading) {
      block.level = 0;
      block.section = open.empty() ? -1 : open.back();
      continue;
    }
    if (block.level > 0) {
      marked = block.level;
    } else {
      block.level = block.role == Role::headline ? 1 : marked + 1;
    }
    while (!open.empty() && blocks[static_cast<std::size_t>(open.back())].level >= block.level)
      open.pop_back();
    block.section = open.empty() ? -1 : open.back();
    open.push_back(static_cast<std::int32_t>(i));
  }
}

}  // namespace nutgraf
