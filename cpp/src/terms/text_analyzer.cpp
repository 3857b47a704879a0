#include "terms/text_analyzer.h"

#include <algorithm>
#include <bit>

#include "nutgraf/error.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr int least_token = 2;

/// White space as Python's str.isspace and \s have it.
bool is_python_space(char32_t c) noexcept {
  return unicode::is_space(c) || (c >= 0x1C && c <= 0x1F);
}

void lower_ascii_into(std::string_view text, std::string& out) {
  out.resize(text.size());
  std::ranges::transform(text, out.begin(),
                         [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c); });
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
  if (!options_.lowercase) {
    prepared_.assign(text);
  } else if (is_ascii) {
    lower_ascii_into(text, prepared_);
  } else {
    prepared_ = unicode::lower(text);
  }
  if (!is_ascii && options_.accents != Accents::keep)
    prepared_ = unicode::without_accents(prepared_, options_.accents == Accents::strip_ascii);
  if (options_.analyzer != Analyzer::word) prepared_ = with_single_spaces(prepared_);
}

void TextAnalyzer::find_tokens() {
  tokens_.clear();
  const std::string_view text = prepared_;
  const auto add = [&](std::size_t begin, std::size_t end) {
    const std::string_view token = text.substr(begin, end - begin);
    if (stop_words_.size() == 0 || stop_words_.find(token) < 0) tokens_.push_back(token);
  };
  std::size_t begin = 0;
  int length = 0;  // of the run so far, in characters
  const auto end_run = [&](std::size_t end) {
    if (length >= least_token) add(begin, end);
    length = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const unicode::ByteWindow window(text.data() + at, text.size() - at);
    const std::size_t size = std::min(unicode::ByteWindow::size, text.size() - at);
    const std::size_t ascii = std::min(size, static_cast<std::size_t>(std::countr_zero(window.high())));
    const std::uint64_t inside = window.where([](unicode::ByteLanes b) {
      return b.with_bits(0x20).in_range('a', 'z') | b.in_range('0', '9') | b.equal('_');
    });
    // Runs of ASCII, by the places where they begin and end.
    for (std::size_t k = 0; k < ascii;) {
      const std::uint64_t left = inside >> k;
      if (left & 1) {
        const auto run = std::min(ascii - k, static_cast<std::size_t>(std::countr_one(left)));
        if (length == 0) begin = at + k;
        length += static_cast<int>(std::min<std::size_t>(run, least_token));
        k += run;
      } else {
        end_run(at + k);
        k = std::min(ascii, k + static_cast<std::size_t>(std::countr_zero(left)));
      }
    }
    at += ascii;
    while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      const std::size_t here = at;
      if (unicode::is_regex_word(unicode::next_code_point(text, at))) {
        if (length == 0) begin = here;
        length = std::min(length + 1, least_token);
      } else {
        end_run(here);
      }
    }
  }
  end_run(text.size());
}

void TextAnalyzer::find_characters(std::string_view text) {
  characters_of_ = text;
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
  for (std::size_t at = 0; at < prepared_.size();) {
    const std::size_t here = at;
    const bool is_space = is_python_space(unicode::next_code_point(prepared_, at));
    if (is_space == inside) set_border(!is_space);
    if (is_space) continue;
    padded_.append(prepared_, here, at - here);
    ++characters;
  }
  if (inside) set_border(false);
  find_characters(padded_);
}

}  // namespace nutgraf
