// Blocks are in order and trimmed, what they refer to stands before them, and nothing but white space is
// outside of them.

#include "fuzz.h"
#include "unicode/unicode.h"

using namespace nutgraf;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  std::int32_t end = text.starts_with("\xEF\xBB\xBF") ? 3 : 0, index = 0;
  for (const Block& block : find_blocks(text)) {
    const Span span = block.span;
    fuzz::require(span.begin >= end && span.begin < span.end);
    fuzz::require(fuzz::is_on_border(text, span.begin) && fuzz::is_on_border(text, span.end));
    fuzz::require(unicode::trim(text, span) == span);
    fuzz::require(unicode::trim(text, {end, span.begin}).empty());
    fuzz::require(block.duplicate_of < index && block.section < index);
    end = span.end;
    ++index;
  }
  fuzz::require(unicode::trim(text, {end, static_cast<std::int32_t>(text.size())}).empty());
  return 0;
}
