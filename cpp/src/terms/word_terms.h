#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/terms.h"
#include "support/term_key.h"
#include "unicode/unicode.h"

namespace nutgraf {

/// The terms of Documents, one document after the other; see TermOptions.
class WordTerms {
 public:
  /// \throws Error invalid_argument for lengths below 1.
  explicit WordTerms(const TermOptions& options);

  /// Calls use(buffer, terms) with the terms of each sentence that has some, in order, and end_sentence(s)
  /// behind them. They stand in the buffer during the call, and short_term bytes may be read from the begin
  /// of each.
  template <typename Use, typename EndSentence>
  void operator()(const Document& document, Use use, EndSentence end_sentence) {
    begin(document);
    for (std::int32_t block = 0; block < static_cast<std::int32_t>(document.blocks().size()); ++block) {
      begin_block(block);
      const IndexRange sentences = document.sentences_of_block(block);
      for (std::int32_t s = sentences.first; s < sentences.last; ++s) {
        find_terms(s);
        if (!terms_.empty()) use(is_plain_ ? folded_.data() : joined_.data(), std::span<const Span>(terms_));
        end_sentence(s);
      }
    }
  }
  /// The place among the words of the sentence of each term that use() is called with, where no option but
  /// stop words is set.
  std::span<const std::int32_t> places() const noexcept { return places_; }

 private:
  struct Language {
    const Vocabulary* stop_words = nullptr;
    std::vector<std::string_view> elisions{};
    std::unique_ptr<Stemmer> stemmer{};
  };

  void begin(const Document& document);
  void begin_block(std::int32_t block);
  /// Puts the terms of a sentence into terms_.
  void find_terms(std::int32_t sentence);
  /// Puts all words of a sentence that are shown into folded_, terms_ and places_.
  void fold_words(std::int32_t sentence);
  Span fold_apart(std::string_view word);
  /// The place of so many bytes more in folded_.
  char* more_folded(std::size_t bytes);
  std::string_view folded(Span term) const noexcept {
    return {folded_.data() + term.begin, static_cast<std::size_t>(term.size())};
  }
  void find_stop_words();
  /// Takes off what is elided before a word.
  void elide();
  Language& language(std::string_view lang);
  void drop_stop_words();
  /// Makes what is asked for of the words, and leaves the terms in joined_.
  void change_words(std::int32_t sentence);
  void keep(std::string_view term);
  /// Puts the pairs of characters of a run of words into joined_.
  void end_run();
  /// Puts the runs of terms in joined_ into terms_.
  void join_terms();

  TermOptions options_;
  bool is_plain_;  ///< words are terms as they are folded
  std::optional<Vocabulary> own_stop_words_;
  std::map<std::string, Language, std::less<>> languages_;
  const Document* document_ = nullptr;
  bool has_typographic_ = false;
  std::string_view lang_;  ///< of most blocks it is that of the one before
  Language* language_ = nullptr;
  unicode::Folder fold_;
  std::string folded_;  ///< the words of a sentence, and short_term bytes behind them
  std::size_t folded_size_ = 0;
  std::vector<Span> terms_;
  std::vector<std::int32_t> places_, stops_;  ///< of terms_: the word; the stop word that it is, or -1
  std::string plain_, stripped_;
  std::string run_;  ///< words of a script without spaces, folded, that touch each other
  std::int32_t run_end_ = -1;
  std::string joined_;  ///< the terms of a sentence, a space behind each
  std::vector<std::int32_t> begins_;
};

}  // namespace nutgraf
