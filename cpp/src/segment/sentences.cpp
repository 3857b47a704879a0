#include "segment/sentences.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "nutgraf/vocabulary.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

enum class AbbreviationClass : std::uint8_t { title, number, month, time, org, inner };

/// Abbreviations without their last full stop. Those marked "=" are known in their own case only.
class Abbreviations {
 public:
  Abbreviations() {
    static constexpr std::array<std::string_view, 6> classes = {"title", "number", "month",
                                                                "time",  "org",    "inner"};
    for (std::string_view line : data_lines("abbreviations")) {
      std::string_view type = take_field(line);
      const bool is_exact = type.starts_with('=');
      if (is_exact) type.remove_prefix(1);
      const auto index = static_cast<AbbreviationClass>(std::ranges::find(classes, type) - classes.begin());
      (is_exact ? exact_ : folded_).add(is_exact ? std::string(line) : unicode::fold(line), index);
    }
  }

  std::optional<AbbreviationClass> find(std::string_view token) const {
    if (const auto exact = exact_.find(key_of(token))) return exact;
    unicode::Folder fold;
    return folded_.find(fold(token));
  }

 private:
  struct Table {
    Vocabulary tokens;
    std::vector<AbbreviationClass> classes;

    void add(std::string_view token, AbbreviationClass type) {
      if (tokens.add(token) == static_cast<std::int32_t>(classes.size())) classes.push_back(type);
    }
    std::optional<AbbreviationClass> find(const TermKey& token) const {
      const std::int32_t id = tokens.find(token);
      return id < 0 ? std::nullopt : std::optional(classes[id]);
    }
  };
  Table exact_, folded_;
};

std::optional<AbbreviationClass> abbreviation_class(std::string_view token) {
  static const Abbreviations table;
  return table.find(token);
}

/// Words that, capitalised, begin a sentence, by language; those of all languages where it is not known.
bool is_starter(std::string_view word, std::string_view lang) {
  static const auto table = [] {
    std::unordered_map<std::string_view, std::unordered_set<std::string_view>> found;
    for (std::string_view line : data_lines("starters")) {
      const std::string_view language = take_field(line);
      found[language].insert(line);
      found["und"].insert(line);
    }
    return found;
  }();
  const auto words = table.find(lang);
  return words != table.end() && words->second.contains(word);
}

/// Languages that write an ordinal as a number and a full stop, also before a capital: "3. Oktober".
bool writes_ordinals_with_stop(std::string_view lang) {
  return lang == "de";
}

/// What stands around a place where ICU ends a sentence.
class Boundary {
 public:
  Boundary(std::string_view block, std::size_t at, std::string_view lang)
      : block_(block), at_(at), lang_(lang) {
    std::size_t end = at;
    for (std::size_t before = end; end > 0; end = before) {
      if (!unicode::is_space(unicode::previous_code_point(block, before))) break;
    }
    end_ = end;
  }

  bool is_false() const {
    if (at_ >= block_.size()) return false;
    std::size_t at = end_;
    char32_t last = unicode::previous_code_point(block_, at);
    if (last == '.') return joins_after_stop(block_.substr(0, at));
    while (at > 0 && unicode::is_closer(last)) last = unicode::previous_code_point(block_, at);
    return (last == '!' || last == '?') && unicode::is_lower(first_of_next());
  }

 private:
  /// `before`: the block up to the full stop.
  bool joins_after_stop(std::string_view before) const {
    const std::size_t begin = token_begin(before, before.size());
    const std::string_view token = before.substr(begin);
    if (token.empty()) return false;
    const char32_t next = first_of_next();
    if (std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; })) {
      const bool opens_block = unicode::trim(before, {0, static_cast<std::int32_t>(begin)}).empty();
      return token.size() <= 2 && (opens_block || writes_ordinals_with_stop(lang_));
    }
    std::size_t after_first = 0;
    const char32_t first = unicode::next_code_point(token, after_first);
    if (after_first == token.size() && unicode::is_letter(first)) {
      if (next_is_initial()) return true;
      if (unicode::is_upper(first)) return !next_begins_sentence();
    }
    if (const auto type = abbreviation_before(before, begin)) {
      switch (*type) {
        case AbbreviationClass::title:
        case AbbreviationClass::inner:
          return true;
        case AbbreviationClass::number:
        case AbbreviationClass::month:
          return unicode::is_digit(next);
        case AbbreviationClass::time:
        case AbbreviationClass::org:
          return !next_begins_sentence();
      }
    }
    return is_letters_with_stops(token) && !next_begins_sentence();
  }

  /// The start of the run of characters that are neither white space nor opening marks, ending at `end`,
  /// or of its last bytes: nothing so long is an abbreviation, and text without spaces must not cost the
  /// square of its length.
  static std::size_t token_begin(std::string_view text, std::size_t end) {
    constexpr std::size_t longest_token = 64;
    std::size_t begin = end;
    for (std::size_t at = begin; begin > 0 && end - begin < longest_token; begin = at) {
      const char32_t c = unicode::previous_code_point(text, at);
      if (unicode::is_space(c) || is_opener(c)) break;
    }
    return begin;
  }

  /// The class of the last token, or of the last two ("z. B", "et al").
  static std::optional<AbbreviationClass> abbreviation_before(std::string_view before, std::size_t begin) {
    if (begin > 0 && before[begin - 1] == ' ') {
      const auto two = abbreviation_class(before.substr(token_begin(before, begin - 1)));
      if (two) return two;
    }
    return abbreviation_class(before.substr(begin));
  }

  static bool is_opener(char32_t c) {
    return c == '(' || c == '[' || c == '"' || c == '\'' || c == U'\u201C' || c == U'\u2018' ||
           c == U'\u00AB' || c == U'\u201E' || c == U'\u2014' || c == U'\u2013';
  }

  /// "U.S", "N.M", "Ph.D": one to two letters between full stops.
  static bool is_letters_with_stops(std::string_view token) {
    int letters = 0;
    bool has_stop = false;
    for (std::size_t at = 0; at < token.size();) {
      const char32_t c = unicode::next_code_point(token, at);
      if (c == '.') {
        if (letters == 0) return false;
        has_stop = true;
        letters = 0;
      } else if (unicode::is_letter(c)) {
        if (++letters > 2) return false;
      } else {
        return false;
      }
    }
    return has_stop && letters > 0;
  }

  std::size_t next_begin() const {
    std::size_t begin = at_;
    for (std::size_t next = begin; begin < block_.size(); begin = next) {
      const char32_t c = unicode::next_code_point(block_, next);
      if (!unicode::is_space(c) && !is_opener(c)) break;
    }
    return begin;
  }

  char32_t first_of_next() const {
    std::size_t begin = next_begin();
    return begin < block_.size() ? unicode::next_code_point(block_, begin) : 0;
  }

  /// A letter and a full stop: "J. R. Oak", "i. d. R."
  bool next_is_initial() const {
    std::size_t at = next_begin();
    return at < block_.size() && unicode::is_letter(unicode::next_code_point(block_, at)) &&
           block_.substr(at).starts_with('.');
  }

  bool next_begins_sentence() const {
    const std::size_t begin = next_begin();
    std::size_t end = begin;
    for (std::size_t next = end; end < block_.size(); end = next) {
      if (!unicode::is_letter(unicode::next_code_point(block_, next))) break;
    }
    return end > begin && unicode::is_upper(first_of_next()) &&
           is_starter(unicode::fold(block_.substr(begin, end - begin)), lang_);
  }

  std::string_view block_;
  std::size_t at_, end_ = 0;
  std::string_view lang_;
};

}  // namespace

std::span<const Span> SentenceFinder::find(std::string_view text, Span block) {
  std::string_view inside = text.substr(block.begin, block.size());
  // To ICU a line end ends a sentence; inside a block it is a space.
  if (unicode::find_line_end(inside, 0) < inside.size()) {
    joined_ = unicode::with_line_ends_as_spaces(inside);
    inside = joined_;
  }
  ends_.clear();
  sentences_.clear();
  boundaries_.find(inside, ends_);
  std::int32_t begin = 0;
  for (const std::int32_t end : ends_) {
    if (Boundary(inside, static_cast<std::size_t>(end), lang_).is_false()) continue;
    const Span trimmed = unicode::trim(inside, {begin, end});
    if (!trimmed.empty()) sentences_.push_back({block.begin + trimmed.begin, block.begin + trimmed.end});
    begin = end;
  }
  return sentences_;
}

namespace {

/// The number of capitals in the words that a text begins with and that have nothing but capitals: "ST. LOUIS
/// (".
int leading_capitals(std::string_view text) noexcept {
  int capitals = 0;
  bool after_capital = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next_code_point(text, at);
    if (unicode::is_lower(c) && after_capital) return capitals - 1;
    after_capital = unicode::is_upper(c);
    if (!after_capital && c != ' ' && c != '.' && c != '\'' && c != '-') break;
    capitals += after_capital;
  }
  return capitals;
}

}  // namespace

Span find_dateline(std::string_view text, Span sentence) noexcept {
  constexpr std::int32_t longest = 60;
  constexpr int least_capitals = 3;
  // Most sentences begin with one capital or none, which is seen without looking further.
  std::size_t second = static_cast<std::size_t>(sentence.begin);
  const char32_t first = unicode::next_code_point(text, second);
  if (first != '(') {
    if (!unicode::is_upper(first) || second >= static_cast<std::size_t>(sentence.end)) return {};
    if (unicode::is_lower(unicode::next_code_point(text, second))) return {};
  }
  std::int32_t size = std::min(sentence.size(), longest);
  while (size < sentence.size() && (static_cast<unsigned char>(text[sentence.begin + size]) & 0xC0) == 0x80)
    --size;
  const std::string start = unicode::with_line_ends_as_spaces(text.substr(sentence.begin, size));
  if (!start.starts_with('(') && leading_capitals(start) < least_capitals) return {};
  std::size_t dash = std::string_view::npos, dash_size = 0;
  for (const std::string_view mark : {" -- ", " \u2014 ", " \u2013 ", " - "}) {
    const auto found = start.find(mark);
    if (found < dash) {
      dash = found;
      dash_size = mark.size();
    }
  }
  if (dash == std::string_view::npos || dash + dash_size >= start.size()) return {};
  if (start.starts_with('(') && start[dash - 1] != ')') return {};
  std::size_t end = dash + dash_size;
  while (end < start.size() && start[end] == ' ') ++end;
  if (end == start.size()) return {};
  // "NATO -- the alliance -- said" goes on in lower case; a report begins with a capital, a quotation or a
  // number.
  std::size_t next = end;
  if (unicode::is_lower(unicode::next_code_point(start, next))) return {};
  return {sentence.begin, sentence.begin + static_cast<std::int32_t>(end)};
}

}  // namespace nutgraf
