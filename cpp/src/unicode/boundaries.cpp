#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <memory>

#include "unicode/icu_status.h"
#include "unicode/unicode.h"

namespace nutgraf::unicode {
namespace {

/// What ICU's root word rules tell apart in ASCII. In these rules "@" is a letter and ":" is not inside a
/// word.
enum AsciiClass : std::uint8_t { other, letter, digit, underscore, period_or_quote, comma_or_semicolon };

constexpr std::array<std::uint8_t, 128> ascii_classes = [] {
  std::array<std::uint8_t, 128> table{};
  for (int c = 'a'; c <= 'z'; ++c) table[c] = table[c - 32] = letter;
  for (int c = '0'; c <= '9'; ++c) table[c] = digit;
  table['@'] = letter;
  table['_'] = underscore;
  table['.'] = table['\''] = period_or_quote;
  table[','] = table[';'] = comma_or_semicolon;
  return table;
}();

/// 0 for what cannot stand in a word by itself; else what the character makes of it.
enum WordBits : std::uint8_t { letter_bit = 1, digit_bit = 2, neither_bit = 4 };

constexpr std::array<std::uint8_t, 256> word_bits = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 128; ++c) {
    table[c] = ascii_classes[c] == letter       ? letter_bit
               : ascii_classes[c] == digit      ? digit_bit
               : ascii_classes[c] == underscore ? neither_bit
                                                : 0;
  }
  table['@'] = neither_bit;
  return table;
}();

/// UAX #29 WB5 to WB13b for ASCII.
void find_ascii_words(std::string_view text, Span span, std::vector<Span>& words,
                      std::vector<WordKind>& kinds, Pacer& pacer) {
  const char* const bytes = text.data();
  const auto class_at = [&](std::int32_t i) {
    return i < span.end ? ascii_classes[static_cast<unsigned char>(bytes[i])] : std::uint8_t{other};
  };
  std::int32_t i = span.begin;
  for (;;) {
    while (i < span.end && !word_bits[static_cast<unsigned char>(bytes[i])]) ++i;
    if (i >= span.end) break;
    const std::int32_t begin = i;
    // Runs of letters, digits and underscores, joined where one mark stands between two letters or two
    // digits.
    unsigned seen = 0;
    for (;;) {
      for (; i < span.end && word_bits[static_cast<unsigned char>(bytes[i])]; ++i) {
        seen |= word_bits[static_cast<unsigned char>(bytes[i])];
      }
      const std::uint8_t before = class_at(i - 1), mark = class_at(i);
      const bool joins = (mark == period_or_quote && (before == letter || before == digit)) ||
                         (mark == comma_or_semicolon && before == digit);
      if (!joins || class_at(i + 1) != before) break;
      ++i;
    }
    pacer.advance(static_cast<std::size_t>(i - begin));
    if (seen & (letter_bit | digit_bit)) {
      words.push_back({begin, i});
      kinds.push_back(seen & letter_bit ? WordKind::letters : WordKind::number);
    }
  }
}

/// Sentence_Break of ASCII, from ICU.
const std::array<USentenceBreak, 128>& sentence_classes() {
  static const auto table = [] {
    std::array<USentenceBreak, 128> classes{};
    for (UChar32 c = 0; c < 128; ++c) {
      classes[c] = static_cast<USentenceBreak>(u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK));
    }
    return classes;
  }();
  return table;
}

/// UAX #29 SB6 to SB11 for ASCII without line ends. Linear: what rule SB8 looks ahead over holds no
/// terminator.
void find_ascii_sentence_ends(std::string_view text, std::vector<std::int32_t>& ends, Pacer& pacer) {
  const auto& classes = sentence_classes();
  const auto class_at = [&](std::size_t i) {
    return i < text.size() ? classes[static_cast<unsigned char>(text[i])] : U_SB_OTHER;
  };
  const auto is_cased = [](USentenceBreak c) { return c == U_SB_UPPER || c == U_SB_LOWER; };
  const auto is_terminator = [](USentenceBreak c) { return c == U_SB_ATERM || c == U_SB_STERM; };
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char mark = text[i];
    if (mark != '.' && mark != '?' && mark != '!') continue;
    pacer.advance(i - done);
    done = i;
    const bool is_stop = mark == '.';
    const USentenceBreak adjacent = class_at(i + 1);
    if (is_stop && adjacent == U_SB_NUMERIC) continue;                                      // SB6
    if (is_stop && adjacent == U_SB_UPPER && i > 0 && is_cased(class_at(i - 1))) continue;  // SB7
    std::size_t end = i + 1;
    while (class_at(end) == U_SB_CLOSE) ++end;
    while (class_at(end) == U_SB_SP) ++end;
    if (end >= text.size()) break;
    const USentenceBreak next = class_at(end);
    if (next == U_SB_SCONTINUE || is_terminator(next)) continue;  // SB8a
    if (is_stop) {                                                // SB8
      std::size_t ahead = end;
      while (ahead < text.size() && !is_cased(class_at(ahead)) && class_at(ahead) != U_SB_OLETTER &&
             !is_terminator(class_at(ahead))) {
        ++ahead;
      }
      if (class_at(ahead) == U_SB_LOWER) continue;
    }
    ends.push_back(static_cast<std::int32_t>(end));  // SB11
  }
  if (!text.empty()) ends.push_back(static_cast<std::int32_t>(text.size()));
}

std::unique_ptr<icu::BreakIterator> make_iterator(icu::BreakIterator* (*make)(const icu::Locale&,
                                                                              UErrorCode&)) {
  IcuStatus status("making a break iterator");
  std::unique_ptr<icu::BreakIterator> iterator(make(icu::Locale::getRoot(), status));
  status.check();
  return iterator;
}

/// ICU's view on UTF-8.
class Utf8Text {
 public:
  ~Utf8Text() { utext_close(&text_); }
  Utf8Text() = default;
  Utf8Text(const Utf8Text&) = delete;
  Utf8Text& operator=(const Utf8Text&) = delete;

  void give_to(icu::BreakIterator& iterator, std::string_view text) {
    IcuStatus status("opening a text");
    utext_openUTF8(&text_, text.data(), static_cast<std::int64_t>(text.size()), status);
    status.check();
    iterator.setText(&text_, status);
    status.check();
  }

 private:
  UText text_ = UTEXT_INITIALIZER;
};

}  // namespace

struct Boundaries::Icu {
  Utf8Text text;
  std::unique_ptr<icu::BreakIterator> words = make_iterator(icu::BreakIterator::createWordInstance);
  std::unique_ptr<icu::BreakIterator> sentences = make_iterator(icu::BreakIterator::createSentenceInstance);
};

Boundaries::Boundaries(Pacer& pacer) : pacer_(pacer) {}
Boundaries::~Boundaries() = default;

void Boundaries::find_words(std::string_view text, Span span, std::vector<Span>& words,
                            std::vector<WordKind>& kinds) {
  const std::string_view part =
      text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
  if (is_ascii(part)) {
    find_ascii_words(text, span, words, kinds, pacer_);
    return;
  }
  if (!icu_) icu_ = std::make_unique<Icu>();
  icu::BreakIterator& segments = *icu_->words;
  icu_->text.give_to(segments, part);
  std::int32_t begin = 0;
  for (std::int32_t end = segments.next(); end != icu::BreakIterator::DONE;
       begin = end, end = segments.next()) {
    pacer_.advance(static_cast<std::size_t>(end - begin));
    bool has_letter = false, has_digit = false;
    for (auto at = static_cast<std::size_t>(begin); at < static_cast<std::size_t>(end);) {
      const char32_t c = next_code_point(part, at);
      has_letter |= is_letter(c);
      has_digit |= is_digit(c);
    }
    if (has_letter || has_digit) {
      words.push_back({span.begin + begin, span.begin + end});
      kinds.push_back(has_letter ? WordKind::letters : WordKind::number);
    }
  }
}

void Boundaries::find_sentence_ends(std::string_view text, std::vector<std::int32_t>& ends) {
  if (is_ascii(text)) {
    find_ascii_sentence_ends(text, ends, pacer_);
    return;
  }
  if (!icu_) icu_ = std::make_unique<Icu>();
  icu::BreakIterator& sentences = *icu_->sentences;
  icu_->text.give_to(sentences, text);
  std::int32_t begin = 0;
  for (std::int32_t end = sentences.next(); end != icu::BreakIterator::DONE;
       begin = end, end = sentences.next()) {
    pacer_.advance(static_cast<std::size_t>(end - begin));
    ends.push_back(end);
  }
}

}  // namespace nutgraf::unicode
