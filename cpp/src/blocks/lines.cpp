#include "blocks/lines.h"

#include <algorithm>
#include <span>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t widest_wrap = 120;
constexpr std::size_t narrowest_wrap = 40;
constexpr std::size_t usual_wrap = 60;
constexpr std::size_t least_line_pairs = 3;
constexpr double least_wrapped_share = 0.8;
constexpr double least_broken_in_text = 0.15;
constexpr double least_broken_in_paragraph = 0.5;
constexpr double least_signs_in_paragraph = 0.65;
constexpr std::size_t case_sample = 1024;  // bytes
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

/// Two lines of one paragraph, if the text is wrapped.
struct LinePair {
  std::size_t second;    ///< index of the second line
  std::size_t length;    ///< of the first line, in code points
  std::size_t unbroken;  ///< that length had it taken the second's first word
  bool breaks_off;
};

std::vector<LinePair> find_pairs(std::string_view text, const std::vector<Line>& lines) {
  std::vector<LinePair> pairs;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const Line &a = lines[i - 1], &b = lines[i];
    const bool may_join =
        !b.after_blank && b.role == a.role && b.level == a.level && (!b.role || b.role == Role::quote);
    if (!may_join) continue;
    const auto view = [&](const Line& line) {
      const std::string_view all = text.substr(line.span.begin, line.span.size());
      return line.role == Role::quote ? all.substr(std::min(all.find_first_not_of("> "), all.size())) : all;
    };
    const std::string_view first = view(a), second = view(b);
    if (first.empty() || second.empty() || begins_list_item(second)) continue;
    const std::size_t length = unicode::count_code_points(first) + static_cast<std::size_t>(a.indent);
    const std::size_t word = unicode::count_code_points(second.substr(0, second.find(' ')));
    pairs.push_back({i, length, length + 1 + word, breaks_off(first, second)});
  }
  return pairs;
}

std::size_t width_of(std::span<const LinePair> pairs) {
  return std::ranges::max(pairs, {}, &LinePair::length).length;
}

/// How many of the lines end where the next word no longer fitted into the longest; 0 where that is no width
/// to wrap at.
std::size_t count_wrapped(std::span<const LinePair> pairs) {
  const std::size_t width = width_of(pairs);
  if (width < narrowest_wrap || width > widest_wrap) return 0;
  return static_cast<std::size_t>(
      std::ranges::count_if(pairs, [&](const LinePair& p) { return p.unbroken > width; }));
}

std::size_t count_broken(std::span<const LinePair> pairs) {
  return static_cast<std::size_t>(std::ranges::count_if(pairs, &LinePair::breaks_off));
}

bool is_share(std::size_t part, std::size_t whole, double least) {
  return static_cast<double>(part) >= least * static_cast<double>(whole);
}

void join(std::span<const LinePair> pairs, std::vector<Line>& lines) {
  const std::size_t width = width_of(pairs);
  for (const LinePair& pair : pairs)
    lines[pair.second].continues_previous |= pair.unbroken > width || pair.breaks_off;
}

/// Whether a whole text is wrapped. Of one with small letters, some lines must begin with one: headlines of
/// about the same length do not.
bool is_wrapped_text(std::span<const LinePair> pairs, std::string_view text) {
  if (pairs.size() < least_line_pairs) return false;
  const bool has_case =
      std::ranges::any_of(text.substr(0, case_sample), [](char c) { return c >= 'a' && c <= 'z'; });
  return is_share(count_wrapped(pairs), pairs.size(), least_wrapped_share) &&
         (!has_case || is_share(count_broken(pairs), pairs.size(), least_broken_in_text));
}

/// Whether one paragraph is: either sign may be weak where the other is strong.
bool is_wrapped_paragraph(std::span<const LinePair> pairs) {
  const std::size_t broken = count_broken(pairs), wrapped = count_wrapped(pairs);
  if (pairs.size() < least_line_pairs)
    return broken == pairs.size() && wrapped == pairs.size() && width_of(pairs) >= usual_wrap;
  return is_share(broken, pairs.size(), least_broken_in_paragraph) && is_share(wrapped, pairs.size(), 0.5) &&
         is_share(broken + wrapped, 2 * pairs.size(), least_signs_in_paragraph);
}

}  // namespace

std::int32_t byte_order_mark_size(std::string_view text) noexcept {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::vector<Line> find_lines(std::string_view text, Pacer& pacer) {
  constexpr std::size_t usual_line = 128;  // bytes; of a paragraph, and the blank one behind it
  std::vector<Line> lines;
  lines.reserve(text.size() / usual_line);
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
  std::vector<LinePair> pairs = find_pairs(text, lines);
  for (const LinePair& pair : pairs) {
    Line& second = lines[pair.second];
    if (format != TextFormat::plain || lines.size() <= few_lines)
      second.continues_previous |= pair.breaks_off;
    if (format == TextFormat::marked_up || format == TextFormat::mail)
      second.continues_previous |= pair.length >= narrowest_wrap && pair.length <= widest_wrap;
  }
  if (is_wrapped_text(pairs, text)) return join(pairs, lines);
  // Else paragraph by paragraph. What stands deeper than the line before is no part of its paragraph.
  std::erase_if(
      pairs, [&](const LinePair& pair) { return lines[pair.second].indent > lines[pair.second - 1].indent; });
  for (std::size_t first = 0; first < pairs.size();) {
    std::size_t last = first + 1;
    while (last < pairs.size() && pairs[last].second == pairs[last - 1].second + 1) ++last;
    const std::span paragraph = std::span(pairs).subspan(first, last - first);
    if (is_wrapped_paragraph(paragraph)) join(paragraph, lines);
    first = last;
  }
}

}  // namespace nutgraf
