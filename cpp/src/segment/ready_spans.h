#pragma once

// Sentences and words that the caller brings along.

#include <span>
#include <string_view>
#include <vector>

#include "nutgraf/document.h"

namespace nutgraf {

/// `what` names a span in errors: "sentence span". \throws Error invalid_argument for one that lies outside
/// the text, inside a character, or before the end of the one before.
void check_spans(std::string_view text, std::span<const Span> spans, std::string_view what);
/// Spans without white space at their ends; those of nothing else are left out.
std::vector<Span> trimmed_spans(std::string_view text, std::span<const Span> spans);

/// Makes one block of those that a sentence runs over; its role is that of most of the sentence.
void merge_under(std::span<const Span> sentences, std::vector<Block>& blocks);

/// Gives a document the words that come ready, sentence by sentence. The spans must outlive it.
class ReadyWords {
 public:
  ReadyWords(std::string_view text, std::span<const Span> words) : text_(text), words_(words) {}

  /// Appends the words of the next sentence; those without a letter or digit are none.
  /// \throws Error invalid_argument for one that lies between sentences or runs over the end of this one.
  void append_to(DocumentParts& parts, Span sentence);
  /// \throws Error invalid_argument for words after the last sentence.
  void finish() const;

 private:
  std::string_view text_;
  std::span<const Span> words_;
  std::size_t next_ = 0;
};

}  // namespace nutgraf
