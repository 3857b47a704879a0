#pragma once

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/terms.h"
#include "support/term_key.h"
#include "unicode/byte_masks.h"
#include "unicode/unicode.h"

namespace nutgraf {

/// Turns plain texts into terms, as scikit-learn's analyzers do; see AnalyzerOptions.
class TextAnalyzer {
 public:
  explicit TextAnalyzer(const AnalyzerOptions& options);

  /// Calls use(key) with the TermKey of each term of a text of valid UTF-8, in order. The terms are valid
  /// during the call.
  template <typename Use>
  void operator()(std::string_view text, Use use) {
    prepare(text);
    switch (options_.analyzer) {
      case Analyzer::word:
        if (options_.most_n == 1) {
          for_each_token([&](std::string_view token) { use(key_within(token, end_of(prepared_))); });
        } else {
          tokens_.clear();
          for_each_token([&](std::string_view token) { tokens_.push_back(token); });
          for_each_word_gram(use);
        }
        return;
      case Analyzer::character:
        find_characters(text_of(prepared_), end_of(prepared_));
        for_each_gram(0, borders_.size() - 1, use);
        return;
      case Analyzer::character_in_words:
        for_each_padded_word(use);
        return;
    }
  }

 private:
  /// Folds case and accents into prepared_, and for characters also white space.
  void prepare(std::string_view text);
  /// Calls use(token) for the runs of two or more characters that Python's \w matches, but for stop words.
  template <typename Use>
  void for_each_token(Use use) const {
    constexpr std::size_t least_token = 2;
    const std::string_view text = text_of(prepared_);
    bool is_open = false;
    std::size_t begin = 0, tails = 0;  // of the open run; bytes in it that begin no character
    const auto open = [&](std::size_t at) {
      is_open = true;
      begin = at;
      tails = 0;
    };
    const auto close = [&](std::size_t end) {
      is_open = false;
      if (end - begin - tails < least_token) return;
      const std::string_view token = text.substr(begin, end - begin);
      if (stop_words_.size() == 0 || stop_words_.find(token) < 0) use(token);
    };
    for (std::size_t at = 0; at < text.size();) {
      const unicode::ByteWindow window(text.data() + at, text.size() - at);
      const auto ascii = std::min(std::min(unicode::ByteWindow::size, text.size() - at),
                                  static_cast<std::size_t>(std::countr_zero(window.high())));
      const std::uint64_t kept = ascii < 64 ? (std::uint64_t{1} << ascii) - 1 : ~std::uint64_t{0};
      const std::uint64_t inside = kept & window.where([](unicode::ByteLanes b) {
        return b.with_bits(0x20).in_range('a', 'z') | b.in_range('0', '9') | b.equal('_');
      });
      for (std::uint64_t edges = (inside ^ (inside << 1 | is_open)) & kept; edges; edges &= edges - 1) {
        const auto edge = static_cast<std::size_t>(std::countr_zero(edges));
        if (inside >> edge & 1) {
          open(at + edge);
        } else {
          close(at + edge);
        }
      }
      at += ascii;
      while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
        const std::size_t here = at;
        if (unicode::is_regex_word(unicode::next_code_point(text, at))) {
          if (!is_open) open(here);
          tails += at - here - 1;
        } else if (is_open) {
          close(here);
        }
      }
    }
    if (is_open) close(text.size());
  }
  /// The borders of the characters of a text, bytes of which up to `readable_end` may be looked at.
  void find_characters(std::string_view text, const char* readable_end);

  // Buffers of text have short_term zeros behind it, so that terms at its end are loaded as others are.
  static std::string_view text_of(const std::string& buffer) noexcept {
    return std::string_view(buffer).substr(0, buffer.size() - short_term);
  }
  static const char* end_of(const std::string& buffer) noexcept { return buffer.data() + buffer.size(); }

  TermKey between(std::size_t first, std::size_t last) const noexcept {
    return key_within(characters_of_.substr(borders_[first], borders_[last] - borders_[first]),
                      readable_end_);
  }
  /// All n-grams of the characters [first, last), the short ones first.
  template <typename Use>
  void for_each_gram(std::size_t first, std::size_t last, Use use) const {
    const std::size_t size = last - first;
    for (auto n = static_cast<std::size_t>(options_.least_n);
         n <= std::min(static_cast<std::size_t>(options_.most_n), size); ++n) {
      for (std::size_t at = first; at + n <= last; ++at) use(between(at, at + n));
    }
  }
  /// n-grams inside words that have a space on either side; a word shorter than n counts once, whole.
  template <typename Use>
  void for_each_padded_word(Use use) {
    find_padded_words();
    for (std::size_t w = 0; w + 1 < words_.size(); w += 2) {
      const std::size_t first = words_[w], last = words_[w + 1];
      for (auto n = static_cast<std::size_t>(options_.least_n);
           n <= static_cast<std::size_t>(options_.most_n); ++n) {
        if (n >= last - first) {
          use(between(first, last));
          break;
        }
        for (std::size_t at = first; at + n <= last; ++at) use(between(at, at + n));
      }
    }
  }
  void find_padded_words();
  template <typename Use>
  void for_each_word_gram(Use use) {
    for (int n = options_.least_n; n <= options_.most_n; ++n) {
      for (std::size_t at = 0; at + static_cast<std::size_t>(n) <= tokens_.size(); ++at) {
        if (n == 1) {
          use(key_within(tokens_[at], end_of(prepared_)));
          continue;
        }
        gram_.assign(tokens_[at]);
        for (std::size_t k = 1; k < static_cast<std::size_t>(n); ++k)
          gram_.append(" ").append(tokens_[at + k]);
        use(key_of(gram_));
      }
    }
  }

  AnalyzerOptions options_;
  Vocabulary stop_words_;
  std::string prepared_, padded_, gram_;
  std::vector<std::string_view> tokens_;
  std::string_view characters_of_;
  const char* readable_end_ = nullptr;
  std::vector<std::size_t> borders_;
  std::vector<std::size_t> words_;  ///< first and last character of each padded word
};

}  // namespace nutgraf
