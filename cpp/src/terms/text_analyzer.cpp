#include "terms/text_analyzer.h"

#include <algorithm>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

/// White space as Python's str.isspace and \s have it.
bool is_python_space(char32_t c) noexcept {
  return unicode::is_space(c) || (c >= 0x1C && c <= 0x1F);
}

/// Each run of two or more white space characters as one space: what scikit-learn does before it counts
/// characters.
std::string with_single_spaces(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    std::size_t end = begin;
    int spaces = 0;
    while (end < text.size()) {
      std::size_t next = end;
      if (!is_python_space(unicode::next_code_point(text, next))) break;
      end = next;
      ++spaces;
    }
    if (spaces > 1) {
      folded += ' ';
      at = end;
    } else {
      if (spaces == 0) unicode::next_code_point(text, end);
      folded += text.substr(begin, end - begin);
      at = end;
    }
  }
  return folded;
}

}  // namespace

TextAnalyzer::TextAnalyzer(const AnalyzerOptions& options) : options_(options) {
  if (options.least_n < 1 || options.most_n < options.least_n) {
    throw Error(ErrorKind::invalid_argument,
                "ngram_range is (" + std::to_string(options.least_n) + ", " + std::to_string(options.most_n) +
                    "); it must go from a length of 1 or more to one no smaller");
  }
  for (const auto& word : options.stop_words) stop_words_.add(word);
}

void TextAnalyzer::prepare(std::string_view text) {
  const bool is_ascii = unicode::is_ascii(text);
  if (options_.lowercase && !is_ascii) {
    prepared_ = unicode::lower(text);
  } else {
    prepared_.assign(text);
    if (options_.lowercase) unicode::lower_ascii(prepared_);
  }
  if (!is_ascii && options_.accents != Accents::keep)
    prepared_ = unicode::without_accents(prepared_, options_.accents == Accents::strip_ascii);
  if (options_.analyzer != Analyzer::word) prepared_ = with_single_spaces(prepared_);
  prepared_.append(short_term, '\0');
}

void TextAnalyzer::find_characters(std::string_view text, const char* readable_end) {
  characters_of_ = text;
  readable_end_ = readable_end;
  borders_.clear();
  for (std::size_t at = 0; at < text.size(); unicode::next_code_point(text, at)) borders_.push_back(at);
  borders_.push_back(text.size());
}

void TextAnalyzer::find_padded_words() {
  padded_.clear();
  words_.clear();
  bool inside = false;
  std::size_t characters = 0;
  const auto set_border = [&](bool opens) {
    if (opens) words_.push_back(characters);
    padded_ += ' ';
    ++characters;
    if (!opens) words_.push_back(characters);
    inside = opens;
  };
  const std::string_view text = text_of(prepared_);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const bool is_space = is_python_space(unicode::next_code_point(text, at));
    if (is_space == inside) set_border(!is_space);
    if (is_space) continue;
    padded_.append(text, here, at - here);
    ++characters;
  }
  if (inside) set_border(false);
  padded_.append(short_term, '\0');
  find_characters(text_of(padded_), end_of(padded_));
}

}  // namespace nutgraf
