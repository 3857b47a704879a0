#include "blocks/lines.h"

#include <algorithm>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t widest_wrap = 120;
constexpr std::size_t narrowest_wrap = 40;
constexpr std::size_t least_line_pairs = 3;
constexpr double least_wrapped_share = 0.8;
// A text of few lines shows no width; there a line that breaks off goes on in small letters.
constexpr std::size_t few_lines = 12;
constexpr std::size_t shortest_broken_line = 20;  // bytes

/// Whether a line ends inside a clause that the next one goes on: "said on Monday that the / government".
bool breaks_off(std::string_view line, std::string_view next) noexcept {
  if (line.size() < shortest_broken_line) return false;
  std::size_t end = line.size(), begin = 0;
  const char32_t last = unicode::previous_code_point(line, end);
  return (last == ',' || unicode::is_lower(last)) && unicode::is_lower(unicode::next_code_point(next, begin));
}

}  // namespace

std::int32_t byte_order_mark_size(std::string_view text) noexcept {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::vector<Line> find_lines(std::string_view text, Pacer& pacer) {
  std::vector<Line> lines;
  bool after_blank = true;
  for (auto begin = static_cast<std::size_t>(byte_order_mark_size(text)); begin < text.size();) {
    const std::size_t end = unicode::find_line_end(text, begin);
    const std::size_t mark = end < text.size() ? unicode::line_end_size(text, end) : 0;
    const Span line{static_cast<std::int32_t>(begin), static_cast<std::int32_t>(end)};
    const Span inside = unicode::trim(text, line);
    if (!inside.empty())
      lines.push_back({.span = inside, .indent = inside.begin - line.begin, .after_blank = after_blank});
    after_blank = inside.empty();
    pacer.advance(end + mark - begin);
    begin = end + mark;
  }
  return lines;
}

bool begins_list_item(std::string_view line) noexcept {
  static constexpr std::string_view bullets[] = {"- ",     "* ",     "+ ",      "\u2022", "\u25CF",
                                                 "\u25AA", "\u2023", "\u00B7 ", "\u2013 "};
  for (const auto bullet : bullets) {
    if (line.starts_with(bullet)) return true;
  }
  // "12. ", "12) ", "(a) ", "a) "
  std::size_t at = line.starts_with('(') ? 1 : 0;
  const std::size_t mark = at;
  while (at < line.size() && at - mark < 3 && unicode::is_digit(static_cast<unsigned char>(line[at]))) ++at;
  if (at == mark && at < line.size() && line[at] >= 'a' && line[at] <= 'z') {
    return at + 2 < line.size() && line[at + 1] == ')' && line[at + 2] == ' ';
  }
  return at > mark && at + 1 < line.size() && (line[at] == ')' || (line[at] == '.' && mark == 0)) &&
         line[at + 1] == ' ';
}

void mark_wrapped(std::string_view text, std::vector<Line>& lines, TextFormat format) {
  struct Pair {
    std::size_t second;    ///< index of the second line
    std::size_t unbroken;  ///< length of the first line had it taken the second's first word
  };
  std::vector<Pair> pairs;
  std::size_t width = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].after_blank || lines[i].mark != lines[i - 1].mark || lines[i].level != lines[i - 1].level)
      continue;
    if (lines[i].mark != Mark::none && lines[i].mark != Mark::quote) continue;
    const auto view = [&](const Line& line) {
      const std::string_view all = text.substr(line.span.begin, line.span.size());
      return line.mark == Mark::quote ? all.substr(std::min(all.find_first_not_of("> "), all.size())) : all;
    };
    const std::string_view first = view(lines[i - 1]), second = view(lines[i]);
    if (first.empty() || second.empty() || begins_list_item(second)) continue;
    const std::size_t length =
        unicode::count_code_points(first) + static_cast<std::size_t>(lines[i - 1].indent);
    if (format != TextFormat::plain || lines.size() <= few_lines)
      lines[i].continues_previous |= breaks_off(first, second);
    if (format == TextFormat::marked_up || format == TextFormat::mail)
      lines[i].continues_previous |= length >= narrowest_wrap && length <= widest_wrap;
    width = std::max(width, length);
    pairs.push_back({i, length + 1 + unicode::count_code_points(second.substr(0, second.find(' ')))});
  }
  if (pairs.size() < least_line_pairs || width < narrowest_wrap || width > widest_wrap) return;
  const auto is_wrapped = [&](const Pair& pair) { return pair.unbroken > width; };
  const auto wrapped = std::count_if(pairs.begin(), pairs.end(), is_wrapped);
  if (static_cast<double>(wrapped) < least_wrapped_share * static_cast<double>(pairs.size())) return;
  for (const Pair& pair : pairs) lines[pair.second].continues_previous |= is_wrapped(pair);
}

}  // namespace nutgraf
