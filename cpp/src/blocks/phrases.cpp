#include "blocks/phrases.h"

#include <algorithm>
#include <map>
#include <vector>

#include "nutgraf/vocabulary.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

struct Phrase {
  std::string begin, later;  ///< "we use ... cookie"; later: empty for most
  std::uint8_t classes;
};

/// Letters with their marks, digits, and the sign of a copyright.
bool is_of_word(char32_t c) noexcept {
  if (c < 0x80) return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
  return unicode::is_letter(c) || unicode::is_digit(c) || unicode::has(c, unicode::Property::ignorable) ||
         c == U'\u00A9';
}

/// Whether no word runs on at `at`, between two code points.
bool is_word_border(std::string_view text, std::size_t at) noexcept {
  if (at == 0 || at >= text.size()) return true;
  std::size_t before = at, behind = at;
  return !is_of_word(unicode::previous_code_point(text, before)) ||
         !is_of_word(unicode::next_code_point(text, behind));
}

/// The place of the first code point of a word, or of none.
template <bool of_word>
std::size_t find_code_point(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_of_word(unicode::next_code_point(text, at)) == of_word) return begin;
  }
  return text.size();
}

bool has_letter(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    if (unicode::is_letter(unicode::next_code_point(text, at))) return true;
  }
  return false;
}

std::string_view first_word(std::string_view text) noexcept {
  return text.substr(0, find_code_point<false>(text));
}

struct Phrases {
  Vocabulary first_words;
  std::vector<std::vector<Phrase>> by_first_word;
  std::vector<std::string> credits;
};

const Phrases& phrases() {
  static const Phrases table = [] {
    std::map<std::string, std::uint8_t> classes;
    for (std::string_view line : data_lines("prompts")) {
      take_field(line);  // the language: pages mix them
      const std::string_view type = take_field(line);
      classes[unicode::fold(line)] |= type == "prompt"    ? phrase_prompt
                                      : type == "end"     ? phrase_end
                                      : type == "notice"  ? phrase_notice
                                      : type == "caption" ? phrase_caption
                                      : type == "label"   ? phrase_label
                                      : type == "credit"  ? phrase_credit
                                                          : phrase_byline;
    }
    Phrases found;
    for (const auto& [text, bits] : classes) {
      constexpr std::string_view gap = " ... ";
      const auto word = static_cast<std::size_t>(found.first_words.add(first_word(text)));
      if (word == found.by_first_word.size()) found.by_first_word.emplace_back();
      const auto end = text.find(gap);
      found.by_first_word[word].push_back(
          {text.substr(0, end), end == text.npos ? std::string() : text.substr(end + gap.size()), bits});
      if (bits & phrase_credit) found.credits.push_back(text);
    }
    return found;
  }();
  return table;
}

}  // namespace

std::uint8_t leading_phrases(std::string_view line) {
  constexpr std::size_t longest_phrase = 64;
  line.remove_prefix(find_code_point<true>(line));
  unicode::Folder fold;
  const std::int32_t word = phrases().first_words.find(fold(first_word(line), line.data() + line.size()));
  if (line.empty() || word < 0) return 0;
  const std::string folded = fold_line(unicode::head_of(line, longest_phrase));
  std::string whole;  // folded, where it is asked for
  std::uint8_t classes = 0;
  for (const Phrase& phrase : phrases().by_first_word[word]) {
    if (!folded.starts_with(phrase.begin) || !is_word_border(folded, phrase.begin.size())) continue;
    if (!phrase.later.empty()) {
      if (whole.empty()) whole = fold_line(line);
      if (whole.find(phrase.later, phrase.begin.size()) == whole.npos) continue;
    }
    const bool is_alone = !has_letter(std::string_view(folded).substr(phrase.begin.size()));
    classes |= is_alone ? phrase.classes : phrase.classes & ~phrase_label;
  }
  return classes;
}

bool contains_credit(std::string_view folded) noexcept {
  return std::ranges::any_of(phrases().credits, [&](const std::string& credit) {
    for (auto at = folded.find(credit); at != std::string_view::npos; at = folded.find(credit, at + 1)) {
      if (is_word_border(folded, at) && is_word_border(folded, at + credit.size())) return true;
    }
    return false;
  });
}

std::string fold_line(std::string_view line) {
  std::string folded;
  bool space = false;
  for (const char c : unicode::fold(line)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = !folded.empty();
    } else {
      if (space) folded += ' ';
      space = false;
      folded += c;
    }
  }
  return folded;
}

}  // namespace nutgraf
