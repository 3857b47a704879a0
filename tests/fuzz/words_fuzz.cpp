// Words are those of ICU's root iterator, and cover the text with what lies between.

#include <unicode/brkiter.h>

#include <memory>

#include "fuzz.h"

using namespace nutgraf;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const std::string text = fuzz::text_of(data, size);
  const auto wide = icu::UnicodeString::fromUTF8(text);
  iterator->setText(wide);
  std::int32_t at = 0, wide_at = 0;
  for_each_word(text, [&](Span span, WordKind) {
    fuzz::require(span.begin == at && span.end > at && fuzz::is_on_border(text, span.end));
    at = span.end;
    std::string segment;
    const std::int32_t wide_end = iterator->next();
    wide.tempSubStringBetween(wide_at, wide_end).toUTF8String(segment);
    fuzz::require(text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())) ==
                  segment);
    wide_at = wide_end;
  });
  fuzz::require(at == static_cast<std::int32_t>(text.size()));
  return 0;
}
