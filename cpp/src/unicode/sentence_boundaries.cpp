#include "unicode/sentence_boundaries.h"

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

struct SentenceBoundaries::Icu {
  Utf8Text text;
  std::unique_ptr<icu::BreakIterator> sentences = make_iterator(icu::BreakIterator::createSentenceInstance);
};

SentenceBoundaries::SentenceBoundaries(Pacer& pacer) : pacer_(pacer) {}
SentenceBoundaries::~SentenceBoundaries() = default;

void SentenceBoundaries::find(std::string_view text, std::vector<std::int32_t>& ends) {
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
