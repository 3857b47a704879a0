#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "unicode/unicode.h"

namespace nutgraf {

/// Appends the sentences of a block, in offsets of the whole text. ICU's boundaries, joined again where the
/// word before shows that the sentence goes on; see cpp/data/abbreviations.txt and starters.txt.
void find_sentences(std::string_view text, Span block, std::string_view lang, unicode::Boundaries& boundaries,
                    std::vector<Span>& sentences);

/// The dateline or credit at the start of a block's first sentence: "SEOUL -- ", "ALBUQUERQUE, N.M. (AP) --
/// ",
/// "(Reuters) - ", with the dash and the white space after it; empty where there is none.
Span find_dateline(std::string_view text, Span sentence) noexcept;

}  // namespace nutgraf
