#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/select.h"

namespace nutgraf {

/// The headings that a sentence stands under, the highest first: the blocks of Block::section, without a
/// heading that the sentence is part of.
std::vector<std::int32_t> headings_above(const Document& document, std::int32_t sentence);

/// What is shown of rows that are in the order of the text: each sentence, and with `headings` before it
/// those that it stands under and that were not shown before.
std::vector<ShownLine> shown_lines(const SentenceRows& rows, std::span<const std::int32_t> chosen,
                                   bool headings);

/// Lines as one text: a line end before and after a heading, a space between sentences.
std::string joined(std::span<const ShownLine> lines);

struct ShownLength {
  std::int64_t words = 0;
  std::int64_t chars = 0;
  std::int64_t bytes = 0;
};

/// The length of a sentence as displayed, and that of a heading; see Budget.
ShownLength shown_length(const Document& document, std::int32_t sentence);
ShownLength heading_length(const Document& document, std::int32_t block);

}  // namespace nutgraf
