#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "terms/token_runs.h"

namespace nutgraf {

/// Turns plain texts into terms, as scikit-learn's analyzers do; see AnalyzerOptions.
class TextAnalyzer {
 public:
  explicit TextAnalyzer(const AnalyzerOptions& options);

  /// Calls use(buffer, terms) with some terms at a time, until it had all of a text, in order.
  /// They stand in the buffer during the call, and short_term bytes may be read from the begin of each.
  using Use = std::function<void(const char* buffer, std::span<const Span> terms)>;
  /// \throws Error invalid_text for what is no UTF-8.
  void operator()(std::string_view text, Pacer& pacer, const Use& use);

 private:
  class Batch;

  /// Folds case and accents into prepared_, and for characters also white space.
  void prepare(std::string_view text, Pacer& pacer);
  /// Calls use(tokens) with some runs of prepared_ at a time, but for stop words, in order.
  template <typename UseTokens>
  void for_tokens(UseTokens use);
  void join_tokens();
  /// All runs of so many tokens, the short ones first.
  void give_word_grams(Batch& batch) const;
  /// The borders of the characters of a buffer.
  void find_characters(const std::string& buffer);
  /// All n-grams of the characters of the text, the short ones first.
  void give_character_grams(Batch& batch) const;
  void find_padded_words();
  /// n-grams inside words that have a space on either side; a word shorter than n counts once, whole.
  void give_padded_grams(Batch& batch) const;

  AnalyzerOptions options_;
  Vocabulary stop_words_;
  TokenRuns runs_;
  std::vector<Span> batch_;
  // Buffers of text have zeros behind it.
  std::string prepared_, padded_;
  std::string joined_;                ///< the tokens of a text, a space between two
  std::vector<std::int32_t> tokens_;  ///< the begin of each token there, and one past the last space
  std::vector<std::int32_t> borders_;
  std::vector<std::size_t> words_;  ///< first and last character of each padded word
};

}  // namespace nutgraf
