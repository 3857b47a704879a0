#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "unicode/sentence_boundaries.h"

namespace nutgraf {

/// Finds the sentences of a document's blocks. ICU's boundaries, joined again where the word before shows
/// that the sentence goes on; see cpp/data/abbreviations.txt and starters.txt.
class SentenceFinder {
 public:
  SentenceFinder(std::string_view lang, unicode::SentenceBoundaries& boundaries)
      : lang_(lang), boundaries_(boundaries) {}

  /// The sentences of a block, in offsets of the whole text; valid until the next call.
  std::span<const Span> find(std::string_view text, Span block);

 private:
  std::string_view lang_;
  unicode::SentenceBoundaries& boundaries_;
  std::string joined_;
  std::vector<std::int32_t> ends_;
  std::vector<Span> sentences_;
};

/// The dateline or credit at the start of a block's first sentence: "SEOUL -- ", "ALBUQUERQUE, N.M. (AP) --
/// ",
/// "(Reuters) - ", with the dash and the white space after it; empty where there is none.
Span find_dateline(std::string_view text, Span sentence) noexcept;

}  // namespace nutgraf
