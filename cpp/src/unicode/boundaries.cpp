#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <array>
#include <bit>
#include <memory>

#include "unicode/byte_masks.h"
#include "unicode/icu_status.h"
#include "unicode/unicode.h"

namespace nutgraf::unicode {
namespace {

/// UAX #29 WB5 to WB13b for ASCII, as ICU's root rules tailor them: "@" is a letter and ":" is not inside a
/// word. Windows overlap by a byte on each side, which shows the neighbours of what is decided.
void find_ascii_words(std::string_view text, Span span, std::vector<Span>& words,
                      std::vector<WordKind>& kinds, Pacer& pacer) {
  constexpr std::int64_t decided = 62;
  constexpr std::uint64_t inner = ~std::uint64_t{0} >> 1 & ~std::uint64_t{1};
  std::array<Span, 64> found;
  std::array<WordKind, 64> found_kinds;
  bool in_word = false, has_letter = false, has_digit = false;
  std::int32_t begin = 0;
  for (std::int64_t at = span.begin - 1; at + 1 < span.end; at += decided) {
    // Bit i is text[at + i]; what lies outside of the span is 0 in all masks.
    const bool before_text = at < span.begin;
    const ByteWindow window(text.data() + at + before_text,
                            text.size() - static_cast<std::size_t>(at + before_text));
    const auto mask = [&](std::uint64_t bits) { return bits << before_text; };
    const std::int64_t left = span.end - at;
    const std::uint64_t inside = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    const std::uint64_t letters = mask(window.letters()) & inside;
    const std::uint64_t digits = mask(window.in_range('0', '9')) & inside;
    const std::uint64_t at_signs = mask(window.equal('@')) & inside;
    const std::uint64_t underscores = mask(window.equal('_')) & inside;
    const std::uint64_t quotes = mask(window.equal('.') | window.equal('\'')) & inside;
    const std::uint64_t commas = mask(window.equal(',') | window.equal(';')) & inside;
    const auto between = [](std::uint64_t bits) { return bits << 1 & bits >> 1; };
    const std::uint64_t joins =
        (quotes & between(letters | at_signs)) | ((quotes | commas) & between(digits));
    const std::uint64_t standing = (letters | digits | at_signs | underscores | joins) & inner;
    std::uint64_t edges = (standing ^ (standing << 1 | (in_word ? 2 : 0))) & inner;
    std::size_t count = 0;
    std::uint64_t undecided = ~std::uint64_t{0};
    const auto look = [&](std::uint64_t part) {
      has_letter |= (letters & part & inner) != 0;
      has_digit |= (digits & part & inner) != 0;
    };
    for (; edges; edges &= edges - 1) {
      const int bit = std::countr_zero(edges);
      const auto edge = static_cast<std::int32_t>(at + bit);
      const std::uint64_t before = (std::uint64_t{1} << bit) - 1;
      if (in_word) {
        look(undecided & before);
        found[count] = {begin, edge};
        found_kinds[count] = has_letter ? WordKind::letters : WordKind::number;
        count += has_letter || has_digit;
        has_letter = has_digit = false;
      } else {
        begin = edge;
      }
      in_word = !in_word;
      undecided = ~before;
    }
    if (in_word) look(undecided);
    words.insert(words.end(), found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
    kinds.insert(kinds.end(), found_kinds.begin(), found_kinds.begin() + static_cast<std::ptrdiff_t>(count));
    pacer.advance(static_cast<std::size_t>(decided));
  }
  if (in_word && (has_letter || has_digit)) {
    words.push_back({begin, span.end});
    kinds.push_back(has_letter ? WordKind::letters : WordKind::number);
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
  const auto decide = [&](std::size_t i) {
    const bool is_stop = text[i] == '.';
    const USentenceBreak adjacent = class_at(i + 1);
    if (is_stop && adjacent == U_SB_NUMERIC) return;                                      // SB6
    if (is_stop && adjacent == U_SB_UPPER && i > 0 && is_cased(class_at(i - 1))) return;  // SB7
    std::size_t end = i + 1;
    while (class_at(end) == U_SB_CLOSE) ++end;
    while (class_at(end) == U_SB_SP) ++end;
    if (end >= text.size()) return;
    const USentenceBreak next = class_at(end);
    if (next == U_SB_SCONTINUE || is_terminator(next)) return;  // SB8a
    if (is_stop) {                                              // SB8
      std::size_t ahead = end;
      while (ahead < text.size() && !is_cased(class_at(ahead)) && class_at(ahead) != U_SB_OLETTER &&
             !is_terminator(class_at(ahead))) {
        ++ahead;
      }
      if (class_at(ahead) == U_SB_LOWER) return;
    }
    ends.push_back(static_cast<std::int32_t>(end));  // SB11
  };
  for (std::size_t at = 0; at < text.size(); at += ByteWindow::size) {
    const ByteWindow window(text.data() + at, text.size() - at);
    std::uint64_t marks = window.equal('.') | window.equal('?') | window.equal('!');
    for (; marks; marks &= marks - 1) decide(at + static_cast<std::size_t>(std::countr_zero(marks)));
    pacer.advance(ByteWindow::size);
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
