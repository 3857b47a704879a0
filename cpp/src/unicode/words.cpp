#include "unicode/words.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <bit>
#include <vector>

#include "unicode/byte_masks.h"
#include "unicode/icu_status.h"
#include "unicode/tables.h"
#include "unicode/unicode.h"
#include "unicode/word_classes.h"

namespace nutgraf::unicode {
namespace {

constexpr std::int32_t window_size = static_cast<std::int32_t>(ByteWindow::size);
/// Where masks pay: a run of known characters at least so long.
constexpr std::int32_t least_known_run = 32;
/// ICU is asked for a whole stretch at once: what lies between two runs of dictionary scripts goes with them
/// if it is no longer than this.
constexpr std::int32_t bridged_bytes = 32;
constexpr std::int32_t longest_stretch = 1 << 16;  // code points
constexpr std::int32_t longest_batch = 1 << 16;    // bytes

WordKind kind_of(bool has_letter, bool has_digit) noexcept {
  return has_letter ? WordKind::letters : has_digit ? WordKind::number : WordKind::other;
}

WordKind kind_of(std::uint32_t properties) noexcept {
  const auto has = [&](Property p) { return (properties & static_cast<std::uint32_t>(p)) != 0; };
  return kind_of(has(Property::letter), has(Property::digit));
}

/// The bytes of the window that stand in a list.
template <const std::string_view& wanted>
std::uint64_t equal_any(const ByteWindow& window) noexcept {
  static constexpr auto ranges = [] {
    std::array<ByteRange, wanted.size()> of_list{};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto c = static_cast<unsigned char>(wanted[i]);
      of_list[i] = {c, c};
    }
    return of_list;
  }();
  return window.in_ranges(ranges);
}

/// The letters beyond ASCII that masks know, by their bytes: U+00C0 to U+017F but for \u00D7 and \u00F7,
/// U+0400 to U+047F, and Devanagari but for its digits and marks of punctuation. tools/unicode_tables.cpp
/// makes sure that the word rules take them for letters, or for marks that extend one.
class WideLetters {
 public:
  /// The window begins with a character, or with bytes of one that the last two of `carry` tell of.
  WideLetters(const ByteWindow& window, std::uint64_t carry) noexcept {
    const std::uint64_t two = window.where_three([](ByteLanes first, ByteLanes second, ByteLanes) {
      const ByteLanes sign = first.equal('\xC3') & (second.equal('\x97') | second.equal('\xB7'));
      return (first.in_range(0xC3, 0xC5) | first.in_range(0xD0, 0xD1)).without(sign);
    });
    const std::uint64_t three = window.where_three([](ByteLanes first, ByteLanes second, ByteLanes third) {
      const ByteLanes other = second.equal('\xA5') & third.in_range(0xA4, 0xB0);
      return (first.equal('\xE0') & second.in_range(0xA4, 0xA5)).without(other);
    });
    bytes_ = two | two << 1 | three | three << 1 | three << 2 | carry;
    if (three) {
      marks_ = three & window.where_three([](ByteLanes, ByteLanes second, ByteLanes third) {
        const ByteLanes in_a4 =
            third.in_range(0x80, 0x83) | third.in_range(0xBA, 0xBC) | third.in_range(0xBE, 0xBF);
        const ByteLanes in_a5 =
            third.in_range(0x80, 0x8F) | third.in_range(0x91, 0x97) | third.in_range(0xA2, 0xA3);
        return (second.equal('\xA4') & in_a4) | (second.equal('\xA5') & in_a5);
      });
    }
  }
  std::uint64_t bytes() const noexcept { return bytes_; }
  /// The first bytes of marks that extend the letter before.
  std::uint64_t marks() const noexcept { return marks_; }

 private:
  std::uint64_t bytes_, marks_ = 0;
};

/// The bytes of a window that begins with a character which masks know nothing of.
std::uint64_t unknown_bytes(const ByteWindow& window) noexcept {
  const std::uint64_t high = window.high();
  if (high == 0) return 0;
  const WideLetters wide(window, 0);
  const std::uint64_t letters = wide.bytes() | window.letters();
  return (high & ~wide.bytes()) | (wide.marks() & ~(letters << 1));
}

std::uint64_t bits_below(std::int32_t bit) noexcept {
  return bit >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bit) - 1;
}

}  // namespace

/// ICU's iterator over one stretch of text, and the segments that are still to be given out.
struct WordWalker::Dictionary {
  Dictionary() {
    IcuStatus status("making a word iterator");
    iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    status.check();
  }
  bool has_words() const noexcept { return given < spans.size(); }

  icu::UnicodeString wide;
  std::unique_ptr<icu::BreakIterator> iterator;
  std::vector<Span> spans;
  std::vector<WordKind> kinds;
  std::size_t given = 0;
};

WordWalker::WordWalker() = default;
WordWalker::~WordWalker() = default;

void WordWalker::start(std::string_view text, Span span, bool with_other) {
  text_ = text;
  at_ = span.begin;
  end_ = span.end;
  with_other_ = with_other;
  if (dictionary_) dictionary_->given = dictionary_->spans.size();
}

bool WordWalker::is_done() const noexcept {
  return at_ >= end_ && !(dictionary_ && dictionary_->has_words());
}

/// Room for what two windows may give: one by masks, and after it one by rules.
bool WordWalker::has_room() const noexcept {
  return count_ + 2 * ByteWindow::size <= batch_size;
}

WordWalker::Batch WordWalker::next() {
  count_ = 0;
  give_dictionary_words();
  const std::int32_t pause = end_ - at_ > longest_batch ? at_ + longest_batch : end_;
  while (at_ < pause && has_room()) {
    const ByteWindow window(text_.data() + at_, text_.size() - static_cast<std::size_t>(at_));
    const bool is_known_ahead =
        std::countr_zero(unknown_bytes(window)) >= std::min(least_known_run, end_ - at_);
    if (!is_known_ahead || (with_other_ ? walk_masks<true>(pause) : walk_masks<false>(pause))) walk_rules();
  }
  return {std::span(spans_).first(count_), std::span(kinds_).first(count_)};
}

/// UAX #29 WB3 to WB13b for ASCII and WideLetters, with the classes that ICU's rules give. Windows
/// overlap by a byte on each side, which shows the neighbours of what is decided. Ends at a boundary: at the
/// end of the span, after a pause or a full batch, or before what an unknown byte may belong to; then it
/// returns true.
template <bool with_other>
bool WordWalker::walk_masks(std::int32_t pause) noexcept {
  constexpr std::int32_t decided = window_size - 2;
  constexpr std::uint64_t inner = ~std::uint64_t{0} >> 1 & ~std::uint64_t{1};
  const std::int32_t first = at_;
  bool is_open = with_other, has_letter = false, has_digit = false;
  // Bit 0: whether the byte before what is decided stands inside a word.
  std::uint64_t carry = 0;
  std::uint64_t letter_carry = 0;  // the first two bytes, as far as they belong to letters
  for (std::int32_t at = first - 1; at + 1 < end_; at += decided) {
    if (!has_room() || (at >= pause && at_ > first)) return false;
    // Bit i is text[at + i]; what lies outside of the walk is 0 in all masks.
    const bool before_text = at < first;
    const std::int32_t window_at = at + before_text;
    const ByteWindow window(text_.data() + window_at, text_.size() - static_cast<std::size_t>(window_at));
    const std::uint64_t inside = bits_below(end_ - at);
    const auto mask = [&](std::uint64_t bits) { return bits << before_text & inside; };
    std::uint64_t letters = mask(window.letters()), unknown = mask(window.high());
    if (unknown) {
      const WideLetters wide(window, letter_carry);
      const std::uint64_t bytes = mask(wide.bytes());
      letters |= bytes;
      letter_carry = bytes >> decided;
      // What a mark extends that follows no letter is left to the rules; that of bit 0 was looked at before.
      unknown = (unknown & ~bytes) | (mask(wide.marks()) & ~(letters << 1) & ~std::uint64_t{1});
    } else {
      letter_carry = 0;
    }
    const std::uint64_t digits = mask(window.in_range('0', '9'));
    const std::uint64_t letter_like = letters | mask(equal_any<ascii_like_letters>(window));
    const auto between = [](std::uint64_t bits) { return bits << 1 & bits >> 1; };
    const std::uint64_t joins =
        (mask(equal_any<ascii_between_letters>(window)) & between(letter_like)) |
        (digits ? mask(equal_any<ascii_between_digits>(window)) & between(digits) : 0);
    const std::uint64_t standing = letter_like | digits | joins | mask(equal_any<ascii_extenders>(window));
    const std::uint64_t before = (standing & inner) << 1 | carry << 1;
    std::uint64_t edges;
    if constexpr (with_other) {
      const std::uint64_t spaces = mask(window.equal(' '));
      const std::uint64_t inside_segment = (standing & before) | (spaces & spaces << 1) |
                                           (mask(window.equal('\n')) & mask(window.equal('\r')) << 1);
      edges = ~inside_segment & inside & (before_text ? inner & ~std::uint64_t{2} : inner);
    } else {
      edges = (standing ^ before) & inner;
    }
    carry = standing >> decided & 1;
    // The two bytes before an unknown one may belong to it.
    if (unknown) edges &= bits_below(std::countr_zero(unknown) - 1);

    std::uint64_t undecided = inner;
    for (; edges; edges &= edges - 1) {
      const std::int32_t bit = std::countr_zero(edges);
      if (is_open) {
        const std::uint64_t part = undecided & bits_below(bit);
        has_letter |= (letters & part) != 0;
        has_digit |= (digits & part) != 0;
        emit({at_, at + bit}, kind_of(has_letter, has_digit));
      }
      has_letter = has_digit = false;
      is_open = with_other || !is_open;
      at_ = at + bit;
      undecided = inner & ~bits_below(bit);
    }
    if (unknown) return true;
    has_letter |= (letters & undecided) != 0;
    has_digit |= (digits & undecided) != 0;
  }
  if (is_open) emit({at_, end_}, kind_of(has_letter, has_digit));
  at_ = end_;
  return false;
}

WordWalker::RuleSegment WordWalker::match_rules(std::int32_t begin) const noexcept {
  const std::string_view text = text_.substr(0, static_cast<std::size_t>(end_));
  std::uint32_t properties = 0, accepted = 0;
  bool is_dictionary = false;
  auto at = static_cast<std::size_t>(begin), end = at;
  for (std::uint8_t state = word_start, next = word_stop;; state = next) {
    const std::uint8_t* const row = word_states[state & ~word_accepts];
    const CharClass* found = nullptr;
    std::size_t after = at;
    // Most of a word leads back to the same state; these steps do not wait for one another.
    for (; at < text.size(); at = after) {
      const std::uint8_t number = class_number(next_code_point(text, after));
      found = &char_classes[number];
      next = row[number];
      if (next != state) break;
      properties |= found->properties;
      is_dictionary |= found->is_dictionary;
    }
    if (state & word_accepts) {
      end = at;
      accepted = properties;
    }
    if (at >= text.size() || next == word_stop) break;
    properties |= found->properties;
    is_dictionary |= found->is_dictionary;
    at = after;
  }
  if (end == static_cast<std::size_t>(begin)) accepted = class_of(next_code_point(text, end)).properties;
  return {static_cast<std::int32_t>(end), kind_of(accepted), is_dictionary};
}

/// Through the unknown bytes around at_, by the automaton.
void WordWalker::walk_rules() {
  const ByteWindow window(text_.data() + at_, text_.size() - static_cast<std::size_t>(at_));
  const std::int32_t resume = at_ + std::max(window_size - std::countl_zero(unknown_bytes(window)), 1);
  for (const std::int32_t stop = std::min(resume, end_); at_ < stop;) {
    const RuleSegment segment = match_rules(at_);
    if (segment.is_dictionary) return walk_dictionary();
    emit({at_, segment.end}, segment.kind);
    at_ = segment.end;
  }
}

void WordWalker::walk_dictionary() {
  if (!dictionary_) dictionary_ = std::make_unique<Dictionary>();
  const std::string_view text = text_.substr(0, static_cast<std::size_t>(end_));
  std::int32_t end = at_, seen = at_, left = longest_stretch;
  while (seen < end_ && seen - end <= bridged_bytes) {
    const RuleSegment segment = match_rules(seen);
    auto reached = static_cast<std::size_t>(seen);
    while (static_cast<std::int32_t>(reached) < segment.end && left > 0) {
      next_code_point(text, reached);
      --left;
    }
    const bool is_whole = static_cast<std::int32_t>(reached) == segment.end;
    seen = static_cast<std::int32_t>(reached);
    if (segment.is_dictionary && (is_whole || end == at_)) end = seen;
    if (!is_whole) break;
  }
  const std::int32_t begin = at_;
  const std::string_view stretch =
      text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  Dictionary& d = *dictionary_;
  d.wide = icu::UnicodeString::fromUTF8({stretch.data(), static_cast<std::int32_t>(stretch.size())});
  d.iterator->setText(d.wide);
  d.spans.clear();
  d.kinds.clear();
  d.given = 0;
  std::size_t at = 0;
  for (std::int32_t wide_at = 0, wide_end = d.iterator->next(); wide_end != icu::BreakIterator::DONE;
       wide_end = d.iterator->next()) {
    const std::size_t segment_begin = at;
    std::uint32_t properties = 0;
    while (wide_at < wide_end) {
      const char32_t c = next_code_point(stretch, at);
      wide_at += c < 0x10000 ? 1 : 2;
      properties |= class_of(c).properties;
    }
    const WordKind kind = kind_of(properties);
    if (kind == WordKind::other && !with_other_) continue;
    d.spans.push_back(
        {begin + static_cast<std::int32_t>(segment_begin), begin + static_cast<std::int32_t>(at)});
    d.kinds.push_back(kind);
  }
  at_ = end;
  give_dictionary_words();
}

void WordWalker::give_dictionary_words() noexcept {
  if (!dictionary_) return;
  Dictionary& d = *dictionary_;
  for (; d.has_words() && count_ < batch_size; ++d.given) emit(d.spans[d.given], d.kinds[d.given]);
}

}  // namespace nutgraf::unicode
