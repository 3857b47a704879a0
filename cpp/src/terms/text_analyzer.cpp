#include "terms/text_analyzer.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "nutgraf/error.h"
#include "support/term_key.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

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

constexpr std::size_t batch_size = TokenRuns::most;  // terms

// Buffers of text have zeros behind it: a short term, too, may begin at its last byte.
static_assert(TokenRuns::padding >= short_term);

void pad(std::string& buffer) {
  buffer.append(TokenRuns::padding, '\0');
}

std::string_view text_of(const std::string& buffer) noexcept {
  return std::string_view(buffer).substr(0, buffer.size() - TokenRuns::padding);
}

std::int32_t offset_of(std::size_t size) {
  if (size > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
    throw Error(ErrorKind::limit, "the text is too long, as its terms are found: 2^31 - 1 bytes is the most");
  return static_cast<std::int32_t>(size);
}

}  // namespace

/// Gathers terms of a buffer and hands them on.
class TextAnalyzer::Batch {
 public:
  Batch(std::vector<Span>& terms, const Use& use, const std::string& buffer)
      : terms_(terms), use_(use), buffer_(buffer) {
    offset_of(buffer.size());
  }
  void add(std::int32_t begin, std::int32_t end) {
    terms_[size_++] = {begin, end};
    if (size_ == batch_size) flush();
  }
  void flush() {
    if (size_ > 0) use_(buffer_.data(), std::span(terms_).first(size_));
    size_ = 0;
  }

 private:
  std::vector<Span>& terms_;
  const Use& use_;
  const std::string& buffer_;
  std::size_t size_ = 0;
};

TextAnalyzer::TextAnalyzer(const AnalyzerOptions& options) : options_(options), batch_(batch_size) {
  if (options.least_n < 1 || options.most_n < options.least_n) {
    throw Error(ErrorKind::invalid_argument,
                "ngram_range is (" + std::to_string(options.least_n) + ", " + std::to_string(options.most_n) +
                    "); it must go from a length of 1 or more to one no smaller");
  }
  for (const auto& word : options.stop_words) stop_words_.add(word);
}

void TextAnalyzer::prepare(std::string_view text, Pacer& pacer) {
  prepared_.resize(text.size());
  const bool is_ascii = options_.lowercase ? unicode::copy_lower_ascii(text, prepared_.data())
                                           : unicode::is_ascii(prepared_.assign(text));
  if (!is_ascii) {
    unicode::check_utf8(text, pacer);
    if (options_.lowercase) prepared_ = unicode::lower(text);
  }
  if (!is_ascii && options_.accents != Accents::keep)
    prepared_ = unicode::without_accents(prepared_, options_.accents == Accents::strip_ascii);
  if (options_.analyzer != Analyzer::word) prepared_ = with_single_spaces(prepared_);
  pad(prepared_);
}

void TextAnalyzer::operator()(std::string_view text, Pacer& pacer, const Use& use) {
  prepare(text, pacer);
  const auto give = [&](const std::string& buffer, auto find) {
    Batch batch(batch_, use, buffer);
    find(batch);
    batch.flush();
  };
  if (options_.analyzer == Analyzer::character) {
    find_characters(prepared_);
    give(prepared_, [&](Batch& batch) { give_character_grams(batch); });
  } else if (options_.analyzer == Analyzer::character_in_words) {
    find_padded_words();
    give(padded_, [&](Batch& batch) { give_padded_grams(batch); });
  } else if (options_.most_n > 1) {
    join_tokens();
    give(joined_, [&](Batch& batch) { give_word_grams(batch); });
  } else {
    for_tokens([&](std::span<const Span> tokens) { use(prepared_.data(), tokens); });
  }
}

template <typename UseTokens>
void TextAnalyzer::for_tokens(UseTokens use) {
  offset_of(prepared_.size());
  runs_.start(prepared_);
  for (std::span<Span> tokens = runs_.next(); !tokens.empty(); tokens = runs_.next()) {
    if (stop_words_.size() > 0) {
      const auto is_stop_word = [&](Span token) {
        return stop_words_.find(std::string_view(prepared_).substr(token.begin, token.size())) >= 0;
      };
      tokens = tokens.first(static_cast<std::size_t>(
          std::remove_if(tokens.begin(), tokens.end(), is_stop_word) - tokens.begin()));
    }
    if (!tokens.empty()) use(tokens);
  }
}

void TextAnalyzer::join_tokens() {
  joined_.clear();
  tokens_.assign(1, 0);
  for_tokens([&](std::span<const Span> tokens) {
    for (const Span token : tokens) {
      joined_.append(prepared_, static_cast<std::size_t>(token.begin),
                     static_cast<std::size_t>(token.size()));
      joined_ += ' ';
      tokens_.push_back(offset_of(joined_.size()));
    }
  });
  pad(joined_);
}

void TextAnalyzer::give_word_grams(Batch& batch) const {
  const std::size_t size = tokens_.size() - 1;
  for (auto n = static_cast<std::size_t>(options_.least_n);
       n <= std::min(static_cast<std::size_t>(options_.most_n), size); ++n) {
    for (std::size_t first = 0; first + n <= size; ++first) batch.add(tokens_[first], tokens_[first + n] - 1);
  }
}

void TextAnalyzer::give_character_grams(Batch& batch) const {
  const std::size_t size = borders_.size() - 1;
  for (auto n = static_cast<std::size_t>(options_.least_n);
       n <= std::min(static_cast<std::size_t>(options_.most_n), size); ++n) {
    for (std::size_t at = 0; at + n <= size; ++at) batch.add(borders_[at], borders_[at + n]);
  }
}

void TextAnalyzer::give_padded_grams(Batch& batch) const {
  for (std::size_t w = 0; w + 1 < words_.size(); w += 2) {
    const std::size_t first = words_[w], last = words_[w + 1];
    for (auto n = static_cast<std::size_t>(options_.least_n); n <= static_cast<std::size_t>(options_.most_n);
         ++n) {
      if (n >= last - first) {
        batch.add(borders_[first], borders_[last]);
        break;
      }
      for (std::size_t at = first; at + n <= last; ++at) batch.add(borders_[at], borders_[at + n]);
    }
  }
}

void TextAnalyzer::find_characters(const std::string& buffer) {
  const std::string_view text = text_of(buffer);
  borders_.clear();
  for (std::size_t at = 0; at < text.size(); unicode::next_code_point(text, at))
    borders_.push_back(static_cast<std::int32_t>(at));
  borders_.push_back(offset_of(text.size()));
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
  pad(padded_);
  find_characters(padded_);
}

}  // namespace nutgraf
