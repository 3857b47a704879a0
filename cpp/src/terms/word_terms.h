#pragma once

#include <map>
#include <memory>
#include <optional>
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

  /// Calls use(key) with the TermKey of each term of a document, in order, which is valid during the call,
  /// and end_sentence(s) behind those of each sentence.
  template <typename Use, typename EndSentence>
  void operator()(const Document& document, Use use, EndSentence end_sentence) {
    (*this)(
        document, use, [] {}, end_sentence);
  }
  /// The same with skip() for each word that is no term, where no option but stop words is set.
  template <typename Use, typename Skip, typename EndSentence>
  void operator()(const Document& document, Use use, Skip skip, EndSentence end_sentence) {
    begin(document);
    for (std::int32_t block = 0; block < static_cast<std::int32_t>(document.blocks().size()); ++block) {
      begin_block(block);
      const IndexRange sentences = document.sentences_of_block(block);
      for (std::int32_t s = sentences.first; s < sentences.last; ++s) {
        give_sentence(s, use, skip);
        end_sentence(s);
      }
    }
  }

 private:
  struct Language {
    const Vocabulary* stop_words = nullptr;
    std::vector<std::string_view> elisions{};
    std::unique_ptr<Stemmer> stemmer{};
  };

  void begin(const Document& document);
  void begin_block(std::int32_t block);
  template <typename Use, typename Skip>
  void give_sentence(std::int32_t sentence, Use& use, Skip& skip) {
    const auto spans = document_->word_spans();
    const auto kinds = document_->word_kinds();
    const std::int32_t shown_from = document_->dateline(sentence).end;
    const IndexRange words = document_->words_of_sentence(sentence);
    for (std::int32_t w = words.first; w < words.last; ++w) {
      if (spans[w].begin < shown_from) continue;
      const std::optional<TermKey> term = fold(document_->slice(spans[w]));
      if (!is_plain_) {
        change(term, spans[w], kinds[w]);
      } else if (term) {
        use(*term);
      } else {
        skip();
      }
    }
    if (!is_plain_) give_grams(use);
  }
  Language& language(std::string_view lang);
  /// The folded word; nothing for a stop word.
  std::optional<TermKey> fold(std::string_view word);
  /// Makes what is asked for of a term, and puts it into joined_.
  void change(std::optional<TermKey> term, Span span, WordKind kind);
  void keep(std::string_view term);
  /// Puts the pairs of characters of a run of words into joined_.
  void end_run();
  template <typename Use>
  void give_grams(Use& use) {
    end_run();
    const auto size = static_cast<int>(begins_.size()) - 1;
    for (int n = options_.least_n; n <= options_.most_n && n <= size; ++n) {
      for (int first = 0; first + n <= size; ++first) {
        const std::size_t begin = begins_[first];
        use(key_of(std::string_view(joined_).substr(begin, begins_[first + n] - 1 - begin)));
      }
    }
    joined_.clear();
    begins_.assign(1, 0);
  }

  TermOptions options_;
  bool is_plain_;  ///< words are terms as they are folded
  Vocabulary own_stop_words_;
  std::map<std::string, Language, std::less<>> languages_;
  const Document* document_ = nullptr;
  bool has_typographic_ = false;
  const char* readable_end_ = nullptr;
  std::string_view lang_;  ///< of most blocks it is that of the one before
  Language* language_ = nullptr;
  unicode::Folder fold_;
  std::string plain_, stripped_;
  std::string run_;  ///< words of a script without spaces, folded, that touch each other
  std::int32_t run_end_ = -1;
  std::string joined_;  ///< the terms of a sentence, a space behind each
  std::vector<std::size_t> begins_{0};
};

}  // namespace nutgraf
