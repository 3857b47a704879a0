#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/terms.h"

namespace nutgraf {

/// Turns plain texts into terms, as scikit-learn's analyzers do; see AnalyzerOptions.
class TextAnalyzer {
 public:
  explicit TextAnalyzer(const AnalyzerOptions& options);

  /// Calls use(term) for each term of a text of valid UTF-8, in order. The terms are valid during the call.
  template <typename Use>
  void operator()(std::string_view text, Use use) {
    prepare(text);
    switch (options_.analyzer) {
      case Analyzer::word:
        find_tokens();
        if (options_.most_n == 1) {
          for (const std::string_view token : tokens_) use(token);
        } else {
          for_each_word_gram(use);
        }
        return;
      case Analyzer::character:
        find_characters(prepared_);
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
  /// The runs of two or more characters that Python's \w matches, stop words left out.
  void find_tokens();
  /// The borders of the characters of a text, in text_of_borders_.
  void find_characters(std::string_view text);

  std::string_view between(std::size_t first, std::size_t last) const noexcept {
    return characters_of_.substr(borders_[first], borders_[last] - borders_[first]);
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
          use(tokens_[at]);
          continue;
        }
        gram_.assign(tokens_[at]);
        for (std::size_t k = 1; k < static_cast<std::size_t>(n); ++k)
          gram_.append(" ").append(tokens_[at + k]);
        use(std::string_view(gram_));
      }
    }
  }

  AnalyzerOptions options_;
  Vocabulary stop_words_;
  std::string prepared_, padded_, gram_;
  std::vector<std::string_view> tokens_;
  std::string_view characters_of_;
  std::vector<std::size_t> borders_;
  std::vector<std::size_t> words_;  ///< first and last character of each padded word
};

}  // namespace nutgraf
