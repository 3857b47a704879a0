#pragma once

// What the fuzz targets share. A broken promise ends the program, which libFuzzer reports with the input.

#include <nutgraf/nutgraf.h>
#include <unicode/unistr.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace nutgraf::fuzz {

/// The input as valid UTF-8: as it is, or read as bytes that ICU replaces where they are wrong.
inline std::string text_of(const std::uint8_t* data, std::size_t size) {
  std::string text;
  icu::UnicodeString::fromUTF8({reinterpret_cast<const char*>(data), static_cast<std::int32_t>(size)})
      .toUTF8String(text);
  return text;
}

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline bool is_on_border(std::string_view text, std::int32_t at) {
  return at == static_cast<std::int32_t>(text.size()) ||
         (static_cast<unsigned char>(text[static_cast<std::size_t>(at)]) & 0xC0) != 0x80;
}

/// In order, not empty, inside of [begin, end), on borders of code points.
inline void require_spans(std::string_view text, std::span<const Span> spans, std::int32_t begin,
                          std::int32_t end) {
  for (const Span span : spans) {
    require(span.begin >= begin && span.begin < span.end && span.end <= end);
    require(is_on_border(text, span.begin) && is_on_border(text, span.end));
    begin = span.end;
  }
}

}  // namespace nutgraf::fuzz
