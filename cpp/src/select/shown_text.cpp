#include "select/shown_text.h"

#include <algorithm>
#include <set>
#include <utility>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// The length of a text with some number of nutgraf's words; a reader may count these, or what stands between
/// spaces.
ShownLength length_of(const std::string& shown, std::int64_t words) {
  const auto spaced = static_cast<std::int64_t>(std::ranges::count(shown, ' ')) + (shown.empty() ? 0 : 1);
  return {std::max(words, spaced), static_cast<std::int64_t>(unicode::count_code_points(shown)),
          static_cast<std::int64_t>(shown.size())};
}

}  // namespace

std::vector<std::int32_t> headings_above(const Document& document, std::int32_t sentence) {
  std::vector<std::int32_t> found;
  std::int32_t block = document.blocks()[document.block_of_sentence(sentence)].section;
  for (; block >= 0; block = document.blocks()[block].section) found.push_back(block);
  std::ranges::reverse(found);
  return found;
}

std::vector<ShownLine> shown_lines(const SentenceRows& rows, std::span<const std::int32_t> chosen,
                                   bool headings) {
  std::vector<ShownLine> lines;
  std::set<std::pair<std::int32_t, std::int32_t>> seen;
  for (const std::int32_t row : chosen) {
    const SentenceRef ref = rows.at(row);
    const Document& document = rows.document(ref.document);
    if (headings) {
      for (const std::int32_t block : headings_above(document, ref.sentence)) {
        if (seen.emplace(ref.document, block).second)
          lines.push_back({.text = document.display_block(block), .is_heading = true});
      }
      seen.emplace(ref.document, document.block_of_sentence(ref.sentence));
    }
    lines.push_back({.text = document.display(ref.sentence)});
  }
  return lines;
}

std::string joined(std::span<const ShownLine> lines) {
  std::string text;
  bool after_heading = false;
  for (const ShownLine& line : lines) {
    if (!text.empty()) text += line.is_heading || after_heading ? '\n' : ' ';
    text += line.text;
    after_heading = line.is_heading;
  }
  return text;
}

ShownLength shown_length(const Document& document, std::int32_t sentence) {
  const IndexRange words = document.words_of_sentence(sentence);
  std::int64_t count = 0;
  for (std::int32_t w = words.first; w < words.last; ++w) {
    count += document.word_spans()[w].begin >= document.dateline(sentence).end;
  }
  return length_of(document.display(sentence), count);
}

ShownLength heading_length(const Document& document, std::int32_t block) {
  const IndexRange sentences = document.sentences_of_block(block);
  std::int64_t count = 0;
  for (std::int32_t s = sentences.first; s < sentences.last; ++s)
    count += document.words_of_sentence(s).size();
  return length_of(document.display_block(block), count);
}

}  // namespace nutgraf
