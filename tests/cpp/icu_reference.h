#pragma once

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <memory>

#include "support.h"

namespace nutgraf::test {

inline std::string utf8_of(const icu::UnicodeString& text) {
  std::string bytes;
  return text.toUTF8String(bytes);
}

/// The segments of one of ICU's root iterators, walked over UTF-16 as most programs do.
inline std::vector<Span> icu_segments(icu::BreakIterator* (*make)(const icu::Locale&, UErrorCode&),
                                      std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> iterator(make(icu::Locale::getRoot(), status));
  EXPECT_TRUE(U_SUCCESS(status));
  const auto wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  iterator->setText(wide);
  std::vector<Span> segments;
  std::int32_t begin = 0, wide_begin = 0;
  for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       wide_begin = end, end = iterator->next()) {
    const auto size = static_cast<std::int32_t>(utf8_of(wide.tempSubStringBetween(wide_begin, end)).size());
    segments.push_back({begin, begin + size});
    begin += size;
  }
  return segments;
}

struct Words {
  std::vector<Span> spans;
  std::vector<WordKind> kinds;
};

/// ICU's word segments of text[part] that hold a letter or a digit, or all of them, in offsets of the whole
/// text.
inline Words icu_words(std::string_view text, Span part, bool with_other = false) {
  Words found;
  const auto inside =
      text.substr(static_cast<std::size_t>(part.begin), static_cast<std::size_t>(part.size()));
  for (const Span s : icu_segments(icu::BreakIterator::createWordInstance, inside)) {
    bool letter = false, digit = false;
    for (const CodePoint& c :
         code_points(inside.substr(static_cast<std::size_t>(s.begin), static_cast<std::size_t>(s.size())))) {
      letter |= u_isUAlphabetic(static_cast<UChar32>(c.value)) != 0;
      digit |= u_isdigit(static_cast<UChar32>(c.value)) != 0;
    }
    if (!letter && !digit && !with_other) continue;
    found.spans.push_back({part.begin + s.begin, part.begin + s.end});
    found.kinds.push_back(letter ? WordKind::letters : digit ? WordKind::number : WordKind::other);
  }
  return found;
}

}  // namespace nutgraf::test
