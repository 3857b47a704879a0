#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"

namespace nutgraf {

struct SegmentOptions {
  /// ISO 639-1 code of the language; empty: found from the words of the text. See languages().
  std::string lang{};
};

/// The language codes that nutgraf knows, sorted. Another one given as `lang` is an Error that lists these.
const std::vector<std::string>& languages();

/// Splits a text into blocks (see find_blocks), the blocks into sentences, the sentences into words. Copies
/// the text once. Time linear in the text.
///
/// Words are the segments of Unicode's word boundaries (UAX #29 as ICU tailors it) that hold a letter or a
/// digit; punctuation, symbols and emoji are none. Sentences are ICU's, corrected for abbreviations ("Mr.
/// Abe"), initials ("N. Korea"), numbers ("No. 5", German "3. Oktober") and quotations ("Why?" he asked). A
/// sentence never crosses a block. Sentences with no word (a row of dots) are kept.
///
/// \throws Error invalid_text with the byte offset, limit for 2 GiB or more, invalid_argument for an unknown
/// language, cancelled.
Document segment(std::string_view text, const SegmentOptions& options = {}, const Control& control = {});
/// The same; takes the text instead of copying it.
Document segment(std::string&& text, const SegmentOptions& options = {}, const Control& control = {});
Document segment(const char* text, const SegmentOptions& options = {}, const Control& control = {});
/// The same over bytes that the caller keeps alive and unchanged as long as any handle on the document lives.
Document segment_borrowed(std::string_view text, const SegmentOptions& options = {},
                          const Control& control = {});

}  // namespace nutgraf
