#include "blocks/marks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "nutgraf/vocabulary.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::string_view adornments = "=-~^\"'`#*+:.<>";
constexpr std::size_t deepest_heading = 6;
constexpr std::size_t longest_fence = 8;          // a longer row is a separator
constexpr std::size_t most_lines_a_heading = 25;  // on average, in a text that does not begin with one
constexpr std::size_t shortest_adornment = 3;
constexpr std::size_t longest_title = 100;        // code points of a title with an underline
constexpr std::size_t longest_front_matter = 40;  // lines
constexpr std::size_t longest_field_name = 28;    // bytes
constexpr std::size_t longest_table = 100;        // lines
constexpr std::size_t longest_signature = 10;     // lines
constexpr std::size_t longest_section_name = 48;  // bytes, with its number
constexpr std::size_t fewest_section_names = 3;
constexpr std::int32_t code_indent = 4;

bool is_one_of(char c, std::string_view set) noexcept {
  return set.find(c) != std::string_view::npos;
}

std::size_t leading(std::string_view line, char c) noexcept {
  return std::min(line.find_first_not_of(c), line.size());
}

/// A letter of ASCII, or what may be one.
bool has_letter(std::string_view line) noexcept {
  return std::ranges::any_of(line, [](char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Whether a line is nothing but one punctuation mark, again and again.
bool is_adornment(std::string_view line) noexcept {
  return line.size() >= shortest_adornment && is_one_of(line[0], adornments) &&
         leading(line, line[0]) == line.size();
}

/// The row below a table's head: "|---|:--:|", "--- | ---", "+----+----+", "====  ====".
bool is_table_rule(std::string_view line) noexcept {
  if (line.size() < shortest_adornment || line.find_first_not_of("|:-+= ") != std::string_view::npos)
    return false;
  const bool has_rule =
      line.find("--") != std::string_view::npos || line.find("==") != std::string_view::npos;
  const bool has_columns = line.find_first_of("|+") != std::string_view::npos ||
                           line.find("= =") != std::string_view::npos ||
                           line.find("=  ") != std::string_view::npos;
  return has_rule && has_columns;
}

/// Whether a line ends like one of prose.
bool ends_clause(std::string_view line) noexcept {
  std::size_t end = line.size();
  const char32_t last = unicode::previous_code_point(line, end);
  return unicode::is_terminator(last) || unicode::is_closer(last) || last == ',' || last == ':' ||
         last == ';';
}

/// The number of "#" of a heading, 0 for another line.
std::size_t hash_level(std::string_view line) noexcept {
  const std::size_t level = leading(line, '#');
  const bool is_heading =
      level >= 1 && level <= deepest_heading && level < line.size() && is_one_of(line[level], " \t");
  return is_heading ? level : 0;
}

/// ">", "> >", ">>": how often, and where the quoted text begins.
std::pair<std::size_t, std::size_t> quote_depth(std::string_view line) noexcept {
  std::size_t depth = 0, end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '>') {
      ++depth;
      end = at + 1;
    } else if (line[at] != ' ') {
      break;
    }
  }
  while (end < line.size() && line[end] == ' ') ++end;
  return {depth, end};
}

/// Names of a data table and the class of each.
class NamedClasses {
 public:
  explicit NamedClasses(std::string_view table) {
    for (std::string_view entry : data_lines(table)) {
      classes_.push_back(take_field(entry));
      names_.add(entry);
    }
  }
  /// The class of a name in any case; empty for one that is not in the table.
  std::string_view find(std::string_view name) const {
    unicode::Folder fold;
    const std::int32_t found = names_.find(fold(name));
    return found < 0 ? std::string_view() : classes_[static_cast<std::size_t>(found)];
  }

 private:
  Vocabulary names_;
  std::vector<std::string_view> classes_;
};

enum class Field : std::int32_t { none, sender, subject, other };

/// The kind of mail field that a line opens with, and where its value begins.
std::pair<Field, std::size_t> mail_field(std::string_view line) {
  static const NamedClasses fields("mail_fields");
  const std::size_t colon = line.substr(0, longest_field_name + 1).find(':');
  if (colon == std::string_view::npos || colon == 0) return {Field::none, 0};
  if (colon + 1 < line.size() && !is_one_of(line[colon + 1], " \t")) return {Field::none, 0};
  // Bold in what is copied from a program that writes HTML.
  std::string_view name = line.substr(0, colon);
  name.remove_prefix(leading(name, '*'));
  const std::string_view found = fields.find(name);
  const Field field = found.empty()        ? Field::none
                      : found == "sender"  ? Field::sender
                      : found == "subject" ? Field::subject
                                           : Field::other;
  return {field, colon + 1};
}

/// The class of a line that is one of the headings papers share, its number aside; else empty.
std::string_view section_class(std::string_view line) {
  static const NamedClasses sections("section_names");
  if (line.size() > longest_section_name) return {};
  line.remove_prefix(std::min(line.find_first_not_of("0123456789.IVX "), line.size()));
  if (line.ends_with(':')) line.remove_suffix(1);
  return sections.find(line);
}

bool has_clock_time(std::string_view line) noexcept {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (auto at = line.find(':'); at != std::string_view::npos; at = line.find(':', at + 1)) {
    if (at > 0 && at + 2 < line.size() && is_digit(line[at - 1]) && is_digit(line[at + 1]) &&
        is_digit(line[at + 2]))
      return true;
  }
  return false;
}

/// The name of a reStructuredText directive: of ".. image:: a.png" it is "image".
std::optional<std::string_view> directive(std::string_view line) noexcept {
  if (!line.starts_with(".. ")) return std::nullopt;
  const std::size_t end = line.find("::");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view name = line.substr(3, end - 3);
  const bool is_name = !name.empty() && std::ranges::all_of(name, [](char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == ':' || c == '|' || c == ' ';
  });
  return is_name ? std::optional(name) : std::nullopt;
}

bool is_code_directive(std::string_view name) noexcept {
  static constexpr std::array names{"code", "code-block", "sourcecode", "highlight",      "math",
                                    "raw",  "csv-table",  "doctest",    "parsed-literal", "testcode"};
  return std::ranges::find(names, name) != names.end();
}

/// Where a tag of HTML or a comment that begins at `at` ends; npos where there is none.
std::size_t find_tag_end(std::string_view line, std::size_t at) noexcept {
  static constexpr std::array names{"a",   "b",       "br", "center", "div",  "details", "em",  "font",
                                    "h1",  "h2",      "h3", "hr",     "i",    "img",     "li",  "ol",
                                    "p",   "picture", "s",  "source", "span", "strong",  "sub", "summary",
                                    "sup", "table",   "td", "th",     "tr",   "ul"};
  std::string_view tag = line.substr(at);
  if (tag.starts_with("<!--")) {
    const std::size_t end = line.find("-->", at);
    return end == std::string_view::npos ? end : end + 3;
  }
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  const std::string_view name = tag.substr(0, tag.find_first_of(" />"));
  const std::size_t end = line.find('>', at);
  return std::ranges::find(names, name) == names.end() || end == std::string_view::npos
             ? std::string_view::npos
             : end + 1;
}

/// A line that shows nothing but badges or tags.
bool shows_no_text(std::string_view line) noexcept {
  if (line.starts_with("[![")) return line.ends_with(')');
  if (line.front() != '<') return false;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ' ') {
      ++at;
    } else if (line[at] != '<' || (at = find_tag_end(line, at)) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// Goes through the lines once for each kind of mark, the strongest first.
class MarkFinder {
 public:
  MarkFinder(std::string_view text, std::vector<Line>& lines) : text_(text), lines_(lines) {}

  TextFormat find() {
    find_front_matter();
    find_fences();
    find_mails();
    find_quotes_and_tables();
    find_headings();
    find_section_names();
    find_code();
    find_list_items();
    find_signatures();
    return format_;
  }

 private:
  std::string_view view(std::size_t i) const {
    return text_.substr(lines_[i].span.begin, lines_[i].span.size());
  }
  bool is_free(std::size_t i) const { return !lines_[i].role; }
  void mark(std::size_t i, Role as, std::size_t level = 0) {
    lines_[i].role = as;
    lines_[i].level = static_cast<std::uint8_t>(std::min<std::size_t>(level, 255));
  }
  void mark_heading(std::size_t i, std::size_t level) {
    mark(i, Role::subhead, level);
    headings_.push_back(i);
  }

  void find_front_matter() {
    if (lines_.empty() || view(0) != "---" || lines_[0].span.begin > 0) return;
    for (std::size_t i = 1; i < std::min(lines_.size(), longest_front_matter); ++i) {
      const std::string_view line = view(i);
      if (line == "---" || line == "...") {
        for (std::size_t k = 0; i > 1 && k <= i; ++k) mark(k, Role::boilerplate);
        return;
      }
      const bool is_entry = line.find(':') != std::string_view::npos || line.starts_with("- ") ||
                            line.front() == '#' || lines_[i].indent > 0;
      if (!is_entry) return;
    }
  }

  void find_fences() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = view(i);
      if (line.front() != '`' && line.front() != '~') continue;
      const char fence = line.front();
      const std::size_t size = leading(line, fence);
      if (size < 3 || size > longest_fence || !is_free(i) || line.find('`', size) != std::string_view::npos ||
          is_underline(i))
        continue;
      for (mark(i++, Role::code); i < lines_.size(); ++i) {
        mark(i, Role::code);
        if (leading(view(i), fence) >= size && leading(view(i), fence) == view(i).size()) break;
      }
    }
  }

  /// Where a run of mail fields that begins at `first` ends, and whether it is one of a mail.
  std::pair<std::size_t, bool> find_fields(std::size_t first) const {
    std::size_t end = first;
    bool has_sender = false, has_subject = false, has_address = false;
    int fields = 0;
    for (; end < lines_.size() && (end == first || !lines_[end].after_blank) && is_free(end); ++end) {
      const Field field = mail_field(view(end)).first;
      if (field == Field::none && (end == first || lines_[end].indent == 0)) break;
      fields += field != Field::none;
      has_sender |= field == Field::sender;
      has_subject |= field == Field::subject;
      has_address |= view(end).find('@') != std::string_view::npos;
    }
    return {end, fields >= 2 && (has_subject || (has_sender && has_address))};
  }

  void find_mails() {
    for (std::size_t first = 0; first < lines_.size();) {
      const std::string_view line = view(first);
      // "-----Original Message-----"
      if (is_free(first) && line.starts_with("----") && line.ends_with("----") &&
          line.find_first_not_of("-|: +=") != std::string_view::npos)
        mark(first, Role::boilerplate);
      const auto [end, is_mail] = find_fields(first);
      if (is_mail) {
        if (first == 0) format_ = TextFormat::mail;
        mark_fields(first, end);
      }
      first = std::max(first + 1, end);
    }
  }

  void mark_fields(std::size_t first, std::size_t end) {
    for (std::size_t i = first; i < end; ++i) {
      const Field field = mail_field(view(i)).first;
      if (field == Field::none) {
        lines_[i].continues_previous = true;
        mark(i, *lines_[i - 1].role);
      } else if (field == Field::subject) {
        mark(i, Role::subhead, first == 0 ? 1 : 2);
      } else {
        mark(i, field == Field::sender ? Role::byline : Role::boilerplate);
      }
    }
  }

  void find_quotes_and_tables() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = view(i);
      if (!is_free(i)) continue;
      if (line.front() == '>') {
        find_quote(i);
      } else if (line.front() == '|' && std::ranges::count(line, '|') >= 2) {
        mark(i, Role::table);
      } else if (is_one_of(line.front(), "|:-+=") && is_table_rule(line)) {
        find_table(i);
      } else if (shows_no_text(line)) {
        mark(i, Role::boilerplate);
      } else if (line.starts_with("![") && line.ends_with(')')) {
        mark(i, Role::caption);
      }
    }
  }

  void find_quote(std::size_t i) {
    const std::string_view line = view(i);
    const auto [depth, begin] = quote_depth(line);
    const bool has_neighbour =
        (i > 0 && lines_[i - 1].role == Role::quote) || (i + 1 < lines_.size() && view(i + 1).front() == '>');
    const bool is_spaced = begin == line.size() || line[begin - 1] == ' ';
    if (!is_spaced && !has_neighbour) return;
    mark(i, Role::quote, depth);
    if (i == 0 || !is_free(i - 1)) return;
    // "On Tue, 3 Nov 2026 at 10:12, A. Name wrote:"
    const std::string_view above = view(i - 1);
    if (above.ends_with(':') && (has_clock_time(above) || above.find('@') != std::string_view::npos))
      mark(i - 1, Role::boilerplate);
  }

  /// The table around its rule.
  void find_table(std::size_t rule) {
    const std::string_view line = view(rule);
    mark(rule, Role::table);
    if (line.find_first_of("|+") == std::string_view::npos) {  // between the rows "====  ===="
      std::size_t last = rule;
      for (std::size_t i = rule + 1; i < std::min(lines_.size(), rule + longest_table); ++i) {
        if (lines_[i].after_blank && i > last + 1 && last > rule) break;
        if (view(i).front() == '=' && is_table_rule(view(i))) last = i;
      }
      for (std::size_t i = rule; i <= last; ++i) mark(i, Role::table);
      return;
    }
    const auto is_row = [&](std::size_t i) {
      return is_free(i) && view(i).find('|') != std::string_view::npos;
    };
    if (rule > 0 && !lines_[rule].after_blank && is_row(rule - 1)) mark(rule - 1, Role::table);
    for (std::size_t i = rule + 1; i < lines_.size() && !lines_[i].after_blank && is_row(i); ++i)
      mark(i, Role::table);
  }

  bool is_title(std::size_t i) const {
    const std::string_view line = view(i);
    if (!is_free(i) || begins_list_item(line) || line.ends_with(':')) return false;
    return has_letter(line) && unicode::count_code_points(line) <= longest_title;
  }

  /// Whether the same row stands above the title that line i underlines.
  bool has_overline(std::size_t i) const {
    return i > 1 && view(i - 2) == view(i) && !lines_[i - 1].after_blank;
  }

  /// Whether line i is the underline of the title above it. One shorter than the title counts only in the
  /// marks of Markdown, and below what is no sentence.
  bool is_underline(std::size_t i) const {
    if (i == 0 || lines_[i].after_blank || !is_free(i) || !is_adornment(view(i)) || !is_title(i - 1))
      return false;
    const std::string_view title = view(i - 1);
    if (!lines_[i - 1].after_blank && !has_overline(i)) return false;
    if (view(i).size() >= unicode::count_code_points(title)) return true;
    std::size_t end = title.size();
    return is_one_of(view(i).front(), "=-") &&
           !unicode::is_terminator(unicode::previous_code_point(title, end)) && title.back() != ',';
  }

  void find_headings() {
    std::vector<std::size_t> titles;
    find_hashes(titles);
    const bool has_hashes = !titles.empty();
    find_underlines(titles, has_hashes);
    if (is_marked_up(titles)) {
      if (format_ == TextFormat::plain) format_ = TextFormat::marked_up;
      return;
    }
    for (const std::size_t i : headings_) {
      lines_[i].role.reset();
      lines_[i].level = 0;
      lines_[i].continues_previous = false;
    }
  }

  void find_hashes(std::vector<std::size_t>& titles) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!is_free(i) || view(i).front() != '#') continue;
      const std::size_t level = hash_level(view(i));
      if (level == 0 || !has_letter(view(i))) continue;
      mark_heading(i, level);
      titles.push_back(i);
    }
  }

  void find_underlines(std::vector<std::size_t>& titles, bool has_hashes) {
    std::vector<std::pair<char, bool>> styles;  // underline, whether there is an overline
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      if (!is_one_of(view(i).front(), adornments) || !is_underline(i)) continue;
      const bool is_overlined = has_overline(i) && is_free(i - 2);
      const std::pair style(view(i).front(), is_overlined);
      auto found = std::ranges::find(styles, style);
      if (found == styles.end()) found = styles.insert(found, style);
      const std::size_t level =
          has_hashes ? (style.first == '=' ? 1 : 2) : static_cast<std::size_t>(found - styles.begin()) + 1;
      mark_heading(i - 1, level);
      mark_heading(i, level);
      titles.push_back(i - 1);
      lines_[i].continues_previous = true;
      if (is_overlined) {
        mark_heading(i - 2, level);
        lines_[i - 1].continues_previous = true;
      }
    }
  }

  /// Whether lines with the marks of headings are headings: a page has some by chance.
  bool is_marked_up(const std::vector<std::size_t>& titles) const {
    std::size_t first = 0;
    while (first < lines_.size() && lines_[first].role == Role::boilerplate) ++first;
    if (std::ranges::find(headings_, first) != headings_.end()) return true;
    return lines_.size() <= most_lines_a_heading * titles.size() &&
           std::ranges::any_of(titles, [&](std::size_t i) {
             return hash_level(view(i)) > 1 || view(i) != view(titles.front());
           });
  }

  void find_section_names() {
    if (format_ != TextFormat::plain) return;
    std::vector<std::size_t> named;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_free(i) && !section_class(view(i)).empty()) named.push_back(i);
    }
    std::vector<std::string_view> names;
    for (const std::size_t i : named) names.push_back(view(i));
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    if (names.size() < fewest_section_names) return;
    format_ = TextFormat::paper;
    for (const std::size_t i : named) {
      if (!unicode::is_digit(static_cast<unsigned char>(view(i).front()))) mark(i, Role::subhead, 2);
    }
  }

  /// Marks the lines after `i` that are indented deeper than it as far as `is_wanted` says.
  template <typename IsWanted>
  void mark_indented(std::size_t i, IsWanted is_wanted) {
    const std::int32_t indent = lines_[i].indent;
    for (std::size_t k = i + 1; k < lines_.size() && lines_[k].indent > indent && is_wanted(k); ++k)
      if (is_free(k)) mark(k, Role::code);
  }

  std::int32_t columns(std::size_t i) const {
    const Line& line = lines_[i];
    return line.indent > 0 && text_[line.span.begin - line.indent] == '\t' ? code_indent : line.indent;
  }

  void find_code() {
    bool in_list = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string_view line = view(i);
      const bool opens_doctest = lines_[i].role == Role::quote && line.starts_with(">>> ") &&
                                 (lines_[i].after_blank || lines_[i - 1].role == Role::code);
      if (opens_doctest && format_ == TextFormat::marked_up) {
        for (std::size_t k = i; k < lines_.size() && (k == i || !lines_[k].after_blank); ++k)
          mark(k, Role::code);
      }
      if (!is_free(i)) continue;
      if (begins_list_item(line)) {
        in_list = true;
      } else if (lines_[i].indent == 0) {
        in_list = false;
      }
      if (const auto name = directive(line)) {
        const bool is_code = is_code_directive(*name);
        if (is_code || line.ends_with("::") || name->find("image") != std::string_view::npos ||
            *name == "figure")
          mark(i, Role::code);
        mark_indented(i, [&](std::size_t k) { return is_code || view(k).front() == ':'; });
      } else if (line.starts_with(".. _") || line.starts_with(".. |")) {
        mark(i, Role::code);
      } else if (line.ends_with("::") && i + 1 < lines_.size() && lines_[i + 1].after_blank) {
        mark_indented(i, [](std::size_t) { return true; });
      } else if (format_ == TextFormat::marked_up && columns(i) >= code_indent &&
                 !(in_list && ends_clause(line)) &&
                 (lines_[i].after_blank || (i > 0 && lines_[i - 1].role == Role::code))) {
        mark(i, Role::code);
      }
    }
  }

  /// The lines of a list item that are indented deeper than its bullet are one with it.
  void find_list_items() {
    std::int32_t indent = 0;
    bool in_item = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (is_free(i) && begins_list_item(view(i))) {
        in_item = true;
        indent = lines_[i].indent;
      } else {
        in_item = in_item && is_free(i) && !lines_[i].after_blank && lines_[i].indent > indent;
        lines_[i].continues_previous |= in_item;
      }
    }
  }

  /// What follows "--" at the end of a text, or of a mail inside another.
  void find_signatures() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (view(i) != "--" || !is_free(i)) continue;
      const std::size_t last =
          format_ == TextFormat::mail ? lines_.size() : std::min(lines_.size(), i + longest_signature + 1);
      std::size_t end = i + 1;
      while (end < last && is_free(end)) ++end;
      const bool is_at_end = end == lines_.size() && end - i <= longest_signature;
      if (!is_at_end && format_ != TextFormat::mail) continue;
      for (std::size_t k = i; k < end; ++k) mark(k, Role::signature);
    }
  }

  std::string_view text_;
  std::vector<Line>& lines_;
  TextFormat format_ = TextFormat::plain;
  std::vector<std::size_t> headings_;  ///< lines with the marks of one
};

void blank(std::string& text, std::size_t begin, std::size_t end) {
  std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
            text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

/// Calls use(begin, end) for the lines of a text.
template <typename Use>
void for_each_line(std::string_view text, Use use) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = unicode::find_line_end(text, begin);
    use(begin, end);
    begin = end < text.size() ? end + unicode::line_end_size(text, end) : end;
  }
}

}  // namespace

TextFormat find_marks(std::string_view text, std::vector<Line>& lines) {
  return MarkFinder(text, lines).find();
}

bool names_sources(std::string_view heading) {
  return section_class(heading) == "sources";
}

bool has_marks(std::string_view block, Role role) noexcept {
  if (role == Role::quote) return block.starts_with('>');
  if (role != Role::headline && role != Role::subhead) return false;
  return hash_level(block) > 0 || mail_field(block).first == Field::subject ||
         (is_one_of(block.back(), adornments) && unicode::find_line_end(block, 0) < block.size());
}

std::string without_quote_marks(std::string_view part) {
  std::string plain(part);
  for_each_line(part, [&](std::size_t begin, std::size_t end) {
    if (begin == 0) return;
    const std::string_view line = part.substr(begin, end - begin);
    const std::size_t indent = leading(line, ' ');
    blank(plain, begin, begin + indent + quote_depth(line.substr(indent)).second);
  });
  return plain;
}

std::string without_marks(std::string_view block, Role role) {
  if (!has_marks(block, role)) return std::string(block);
  if (role == Role::quote) {
    std::string plain = without_quote_marks(block);
    blank(plain, 0, quote_depth(block).second);
    return plain;
  }
  std::string plain(block);
  std::size_t lines = 0;
  for_each_line(block, [&](std::size_t begin, std::size_t end) {
    std::string_view line = block.substr(begin, end - begin);
    const Span inside = unicode::trim(line, {0, static_cast<std::int32_t>(line.size())});
    if (is_adornment(line.substr(inside.begin, inside.size()))) blank(plain, begin, end);
    ++lines;
  });
  if (lines > 1) return plain;
  if (const std::size_t level = hash_level(block)) {
    blank(plain, 0, level);
    // A closing row of "#" stands apart: not that of "C#".
    const std::size_t last = block.find_last_not_of('#');
    if (last != std::string_view::npos && is_one_of(block[last], " \t")) blank(plain, last, plain.size());
  } else if (const auto [field, value] = mail_field(block); field == Field::subject) {
    blank(plain, 0, value);
  }
  return plain;
}

}  // namespace nutgraf
