#include "select/coherence.h"

#include <bit>
#include <string_view>

#include "select/openers.h"
#include "unicode/byte_masks.h"

namespace nutgraf {
namespace {

struct QuoteMark {
  std::int32_t begin, end;
};

/// The size of a double quotation mark at a place, of any style, or 0.
std::int32_t quote_size(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 3);
  if (rest[0] == '"') return 1;
  for (const std::string_view mark : {"\u00AB", "\u00BB"}) {
    if (rest.starts_with(mark)) return 2;
  }
  for (const std::string_view mark : {"\u201C", "\u201D", "\u201E", "\u201F"}) {
    if (rest.starts_with(mark)) return 3;
  }
  return 0;
}

/// The double quotation marks of a block, in order.
std::vector<QuoteMark> quote_marks(std::string_view text, Span block) {
  std::vector<QuoteMark> marks;
  constexpr char lead_of_guillemets = '\xC2', lead_of_quotes = '\xE2';
  for (auto at = static_cast<std::size_t>(block.begin); at < static_cast<std::size_t>(block.end);
       at += unicode::ByteWindow::size) {
    const unicode::ByteWindow window(text.data() + at, text.size() - at);
    std::uint64_t found = window.where([](unicode::ByteLanes b) {
      return b.equal('"') | b.equal(lead_of_guillemets) | b.equal(lead_of_quotes);
    });
    for (; found; found &= found - 1) {
      const std::size_t here = at + static_cast<std::size_t>(std::countr_zero(found));
      if (here >= static_cast<std::size_t>(block.end)) break;
      const std::int32_t size = quote_size(text, here);
      if (size > 0)
        marks.push_back({static_cast<std::int32_t>(here), static_cast<std::int32_t>(here) + size});
    }
  }
  return marks;
}

}  // namespace

// Styles differ in which mark opens and which closes, so that each mark is taken for the other end of the one
// before it. A block with an odd number of marks has one that means something else, and tells nothing.
std::vector<Flags> find_flags(const Document& document) {
  std::vector<Flags> flags(static_cast<std::size_t>(document.sentence_count()));
  for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
    const IndexRange range = document.sentences_of_block(b);
    const std::vector<QuoteMark> marks = quote_marks(document.text(), document.blocks()[b].span);
    std::size_t next = 0;
    for (std::int32_t s = range.first; s < range.last; ++s) {
      if (opens_dangling(document, s)) flags[s].set(Flag::opener);
      if (marks.empty() || marks.size() % 2 != 0) continue;
      const Span span = document.sentence_spans()[s];
      while (next < marks.size() && marks[next].begin < span.begin) ++next;
      const std::size_t first = next;
      while (next < marks.size() && marks[next].begin < span.end) ++next;
      if (first % 2 != 0) {
        flags[s].set(Flag::continued);
      } else if (next % 2 != 0) {
        flags[s].set(Flag::unclosed);
      } else if (next == first + 2 && marks[first].begin == std::max(span.begin, document.dateline(s).end) &&
                 marks[first + 1].end == span.end) {
        flags[s].set(Flag::speaker);
      }
    }
  }
  return flags;
}

}  // namespace nutgraf
