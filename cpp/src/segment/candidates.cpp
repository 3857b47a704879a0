#include "segment/candidates.h"

#include <algorithm>
#include <array>
#include <bit>

#include "unicode/byte_masks.h"
#include "unicode/unicode.h"
#include "unicode/word_classes.h"

namespace nutgraf {
namespace {

using unicode::CharClass;
using unicode::class_of;
using unicode::Property;
using unicode::Script;
using Mark = Candidate::Mark;
using Closer = Candidate::Closer;
using Gap = Candidate::Gap;

constexpr std::int32_t window_size = static_cast<std::int32_t>(unicode::ByteWindow::size);

std::int32_t size_of(std::string_view text) noexcept {
  return static_cast<std::int32_t>(text.size());
}

/// The code point at `at`, 0 at the end.
char32_t look(std::string_view text, std::int32_t at) noexcept {
  auto i = static_cast<std::size_t>(at);
  return i < text.size() ? unicode::next_code_point(text, i) : 0;
}

char32_t take(std::string_view text, std::int32_t& at) noexcept {
  auto i = static_cast<std::size_t>(at);
  const char32_t c = unicode::next_code_point(text, i);
  at = static_cast<std::int32_t>(i);
  return c;
}

char32_t take_back(std::string_view text, std::int32_t& at) noexcept {
  auto i = static_cast<std::size_t>(at);
  const char32_t c = unicode::previous_code_point(text, i);
  at = static_cast<std::int32_t>(i);
  return c;
}

bool is_space_or_end(std::string_view text, std::int32_t at) noexcept {
  return at >= size_of(text) || unicode::is_space(look(text, at));
}

/// A mark, joiner or zero-width space, which belongs to the character before it.
bool is_attached(const CharClass& c) noexcept {
  return c.has(Property::ignorable) && !c.has(Property::letter);
}

Mark mark_of(char32_t c) noexcept {
  switch (c) {
    case '.':
      return Mark::stop;
    case '!':
      return Mark::exclamation;
    case '?':
      return Mark::question;
    case U'\u2026':
      return Mark::ellipsis;
    case U'\u3002':
    case U'\uFF01':
    case U'\uFF0E':
    case U'\uFF1F':
    case U'\uFF61':
      return Mark::wide;
    default:
      return Mark::other;
  }
}

constexpr std::uint8_t longest_run = 7;

void lengthen(Candidate& c, int count) noexcept {
  c.run = static_cast<std::uint8_t>(std::min<int>(c.run + count, longest_run));
}

/// "[12]", "[3, 4]", "[...]": past it, or `at`.
std::int32_t skip_citation(std::string_view text, std::int32_t at) noexcept {
  constexpr std::int32_t longest = 24;
  if (at >= size_of(text) || text[at] != '[') return at;
  int digits = 0, stops = 0;
  for (std::int32_t i = at + 1; i < std::min(size_of(text), at + longest);) {
    const char32_t c = take(text, i);
    if (c == ']') return digits > 0 || stops >= 3 ? i : at;
    digits += unicode::is_digit(c);
    stops += c == '.' ? 1 : c == U'\u2026' ? 3 : 0;
    if (!unicode::is_digit(c) && c != ',' && c != '-' && c != ' ' && c != '.' && c != U'\u2026') break;
  }
  return at;
}

/// Emoji after the mark, with or without a space before them.
std::int32_t skip_emoji(std::string_view text, std::int32_t at) noexcept {
  std::int32_t end = at, i = at < size_of(text) && text[at] == ' ' ? at + 1 : at;
  for (bool any = false; i < size_of(text);) {
    const CharClass& c = class_of(take(text, i));
    if (!c.has(Property::pictograph) && !(any && c.has(Property::ignorable))) break;
    any = true;
    end = i;
  }
  return end;
}

constexpr std::int32_t most_plain_letters = 8;
constexpr int least_plain_letters = 3;

/// The high bit of each byte that is not a small letter of ASCII.
std::uint64_t not_small_letters(std::uint64_t bytes) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101ULL, high = 0x80 * ones;
  const std::uint64_t low = bytes & ~high;
  const std::uint64_t from_a = low + (0x80 - 'a') * ones, above_z = low + (0x7F - 'z') * ones;
  return (~(from_a & ~above_z) | bytes) & high;
}

/// Eight bytes, the first in the lowest place.
std::uint64_t load_eight(std::string_view text, std::int32_t at) noexcept {
  std::uint64_t bytes = 0;
  for (int i = 0; i < most_plain_letters; ++i) {
    bytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[static_cast<std::size_t>(at + i)]))
             << 8 * i;
  }
  return bytes;
}

bool is_capital(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

/// Whether what a plain candidate is followed by is a capitalised word, perhaps with a quotation mark.
bool begins_plainly(std::string_view block, std::int32_t next) noexcept {
  if (block[static_cast<std::size_t>(next)] == '"') ++next;
  if (next + most_plain_letters > size_of(block)) return false;
  const char first = block[static_cast<std::size_t>(next)];
  if (!is_capital(first)) return false;
  const int small =
      std::countr_zero(not_small_letters(load_eight(block, next)) >> 8 | std::uint64_t{1} << 63) / 8;
  const char after = small + 1 < most_plain_letters ? block[static_cast<std::size_t>(next + small + 1)] : ' ';
  if (small == 0) return (first == 'I' || first == 'A') && after == ' ';
  return after == ' ' || after == ',' || after == '\'';
}

}  // namespace

std::uint64_t plain_word(std::string_view word) noexcept {
  std::uint64_t letters = 0;
  const std::size_t first = word.size() > most_plain_letters ? word.size() - most_plain_letters : 0;
  for (std::size_t i = word.size(); i-- > first;) {
    const auto small = static_cast<unsigned char>(is_capital(word[i]) ? word[i] | 0x20 : word[i]);
    if (small < 'a' || small > 'z') return 0;
    letters = letters << 8 | small;
  }
  return word.size() < least_plain_letters ? 0 : letters;
}

std::uint64_t plain_word(std::string_view block, const Candidate& c) noexcept {
  const bool is_plain_mark =
      c.run == 1 && c.gap == Gap::space && c.mark <= Mark::question &&
      (c.closer == Closer::none || (c.closer == Closer::quote && c.mark == Mark::stop));
  if (!is_plain_mark || c.begin <= most_plain_letters || c.next + most_plain_letters > size_of(block))
    return 0;
  const std::uint64_t bytes = load_eight(block, c.begin - most_plain_letters);
  int count = std::countl_zero(not_small_letters(bytes)) / 8;
  if (count < least_plain_letters - 1 || !begins_plainly(block, c.next)) return 0;
  std::uint64_t letters = bytes;
  if (count < most_plain_letters) {
    // A capital may begin the word.
    const auto before = static_cast<unsigned char>(bytes >> 8 * (most_plain_letters - 1 - count));
    count += is_capital(static_cast<char>(before));
    if (count < least_plain_letters) return 0;
    const char apart = block[static_cast<std::size_t>(c.begin - count - 1)];
    if (apart != ' ' && apart != '"') return 0;
    letters = bytes >> 8 * (most_plain_letters - count);
    if (is_capital(static_cast<char>(before))) letters |= 0x20;
  }
  // The number has the last letter in its highest place; plain_word(word) must give the same.
  return letters;
}

namespace {

/// The first bytes of terminators; the other four begin the letters of whole scripts, and the second byte
/// is looked at: Arabic, Kana, Hangul, and the scripts of India and Thailand.
constexpr std::array<unicode::ByteRange, 5> rare_leads = {
    {{0xD6, 0xD6}, {0xDB, 0xDC}, {0xDF, 0xDF}, {0xE1, 0xE2}, {0xEF, 0xF0}}};

constexpr std::uint64_t seconds_of(unsigned char lead) noexcept {
  return unicode::terminator_seconds[lead - 0xC0];
}
/// The bits of the second bytes from `low` to `high`.
constexpr std::uint64_t seconds(unsigned char low, unsigned char high) noexcept {
  std::uint64_t bits = 0;
  for (int second = low; second <= high; ++second) bits |= std::uint64_t{1} << (second & 0x3F);
  return bits;
}
constexpr bool is_found(unsigned char lead) noexcept {
  for (const unicode::ByteRange range : rare_leads) {
    if (lead >= range.low && lead <= range.high) return true;
  }
  switch (lead) {
    case 0xD8:
      return (seconds_of(lead) & ~seconds(0x9D, 0x9F)) == 0;
    case 0xE3:
      return seconds_of(lead) == seconds(0x80, 0x80);
    case 0xEA:
      return (seconds_of(lead) & ~seconds(0x80, 0xAF)) == 0;
    case 0xE0:
      return (seconds_of(lead) & ~(seconds(0xA0, 0xA0) | seconds(0xA5, 0xA5))) == 0;
    default:
      return seconds_of(lead) == 0;
  }
}
static_assert(
    [] {
      for (int lead = 0xC0; lead < 0x100; ++lead) {
        if (!is_found(static_cast<unsigned char>(lead))) return false;
      }
      return true;
    }(),
    "this ICU has terminators that find_marks does not look for");

}  // namespace

/// The places of the window where a candidate may begin, by their first byte.
std::uint64_t CandidateFinder::find_marks() noexcept {
  using unicode::ByteLanes;
  const unicode::ByteWindow window(block_.data() + window_,
                                   block_.size() - static_cast<std::size_t>(window_));
  const auto is_ascii_mark = [](ByteLanes b) { return b.equal('.') | b.equal('!') | b.equal('?'); };
  is_ascii_ &= window.high() == 0;
  if (is_ascii_) return window.where(is_ascii_mark);
  return window.where_three([&](ByteLanes first, ByteLanes second, ByteLanes third) {
    const ByteLanes indic =
        first.equal('\xE0') & (second.equal('\xA0') | (second.equal('\xA5') & third.in_range(0xA4, 0xA5)));
    const ByteLanes thai = first.equal(' ') & second.equal('\xE0') & third.in_range(0xB8, 0xB9);
    const ByteLanes others = (first.equal('\xD8') & second.in_range(0x9D, 0x9F)) |
                             (first.equal('\xE3') & second.equal('\x80')) |
                             (first.equal('\xEA') & second.in_range(0x80, 0xAF));
    return is_ascii_mark(first) | first.equal(';') | first.equal(':') |
           unicode::ByteWindow::in_any(first, rare_leads) | indic | thai | others;
  });
}

bool CandidateFinder::next(Candidate& found) noexcept {
  for (;;) {
    while (marks_ == 0) {
      if (has_window_) window_ += window_size;
      has_window_ = true;
      if (window_ >= size_of(block_)) return false;
      marks_ = find_marks();
    }
    const std::int32_t at = window_ + std::countr_zero(marks_);
    marks_ &= marks_ - 1;
    if (at < resume_ || !is_candidate(at)) continue;
    found = resolve(at);
    resume_ = std::max(found.end, at + 1);
    return true;
  }
}

bool CandidateFinder::is_candidate(std::int32_t at) const noexcept {
  const auto byte = static_cast<unsigned char>(block_[at]);
  if (byte >= 0xC0) {
    const auto second = static_cast<unsigned char>(block_[at + 1]);
    return (unicode::terminator_seconds[byte - 0xC0] >> (second & 0x3F) & 1) != 0 &&
           unicode::is_terminator(look(block_, at));
  }
  if (byte == ' ') {
    if (at == 0 || static_cast<unsigned char>(block_[at - 1]) < 0x80) return false;
    std::int32_t before = at;
    return class_of(take_back(block_, before)).script == Script::thai &&
           class_of(look(block_, at + 1)).script == Script::thai;
  }
  if (byte == ';' || byte == ':') {
    // Greek asks with a semicolon, and Armenian is typed with a colon for its full stop.
    for (std::int32_t before = at; before > 0;) {
      const CharClass& b = class_of(take_back(block_, before));
      if (b.has(Property::letter)) return b.script == (byte == ';' ? Script::greek : Script::armenian);
      if (!b.has(Property::closer) && !b.has(Property::space)) return false;
    }
    return false;
  }
  return true;
}

Candidate CandidateFinder::resolve(std::int32_t at) noexcept {
  Candidate c{.begin = at, .end = at};
  if (block_[at] == ' ') {
    c.mark = Mark::space;
  } else {
    std::int32_t end = absorb_marks(at, c);
    end = absorb_closers(end, c);
    end = skip_emoji(block_, end);
    for (;;) {  // "ends. [5] [6] Next"
      const bool is_apart = end < size_of(block_) && block_[end] == ' ';
      const std::int32_t after = is_apart ? skip_citation(block_, end + 1) : end;
      if (!is_apart || after == end + 1 || !(is_space_or_end(block_, after) || block_[after] == '[')) break;
      end = after;
      c.closer = Closer::citation;
    }
    c.end = absorb_detached_quote(end, c);
  }
  c.next = c.end;
  c.gap = Gap::none;
  for (int spaces = 0; c.next < size_of(block_);) {
    std::int32_t after = c.next;
    const char32_t space = take(block_, after);
    if (!unicode::is_space(space)) return c;
    c.next = after;
    ++spaces;
    const bool holds = space == U'\u00A0' || space == U'\u202F';
    c.gap = holds ? Gap::no_break : spaces > 1 ? Gap::spaces : Gap::space;
  }
  c.gap = Gap::block_end;
  return c;
}

/// Past the run of terminators at `at`, also spaced ones: "?!", ". . .", "! !", "? ...".
std::int32_t CandidateFinder::absorb_marks(std::int32_t at, Candidate& c) const noexcept {
  std::int32_t end = at;
  char32_t last = take(block_, end);
  c.mark = mark_of(last);
  const auto is_blank = [&](std::int32_t i) { return is_space_or_end(block_, i); };
  const auto byte = [&](std::int32_t i) { return i < size_of(block_) ? block_[i] : '\0'; };
  while (end < size_of(block_)) {
    std::int32_t after = end;
    const char32_t d = take(block_, after);
    if (unicode::is_terminator(d)) {
      last = d;
      lengthen(c, 1);
      if (d == '?') {
        c.mark = Mark::question;
      } else if (d == '!' && c.mark != Mark::question) {
        c.mark = Mark::exclamation;
      }
    } else if (d == ' ' && last != '.' && (byte(after) == '!' || byte(after) == '?') && is_blank(after + 1)) {
      last = static_cast<unsigned char>(block_[after++]);
      lengthen(c, 1);
    } else if (d == ' ' && last == '.' && byte(after) == '.' && is_blank(after + 1) &&
               (c.run > 1 || (at > 0 && block_[at - 1] == ' ') ||
                (byte(after + 2) == '.' && is_blank(after + 3) && byte(after + 4) != '.'))) {
      // Three spaced stops after a word; of four, the first ends the sentence.
      ++after;
      lengthen(c, 1);
    } else if (d == ' ' && (last == '!' || last == '?') && byte(after) == '.') {
      int stops = 0;
      while (byte(after) == '.' || (byte(after) == ' ' && byte(after + 1) == '.'))
        stops += block_[after++] == '.';
      if (stops < 3 || !is_blank(after)) break;
      lengthen(c, stops);
    } else if (!is_attached(class_of(d))) {
      break;
    }
    end = after;
  }
  if (c.run >= 2 && c.mark == Mark::stop) c.mark = Mark::ellipsis;
  return end;
}

/// Past the closing marks and citations that stand right after the terminators.
std::int32_t CandidateFinder::absorb_closers(std::int32_t at, Candidate& c) noexcept {
  std::int32_t end = at;
  while (end < size_of(block_)) {
    std::int32_t after = end;
    const char32_t d = take(block_, after);
    const CharClass& mark = class_of(d);
    if (mark.has(Property::closer)) {
      if (mark.has(Property::quote)) {
        // A quotation mark that a letter follows opens what comes next: 'over.“We'.
        const CharClass& follows = class_of(look(block_, after));
        // A straight one closes what is open: 'really well."So'.
        const bool may_open =
            mark.has(Property::opener) || d == '\'' || (d == '"' && !is_odd_quote(end, '"'));
        if (d == U'\u201C' && follows.script == Script::han && curly_.opening(block_, end) != U'\u201D')
          break;
        const bool has_spaces = follows.script != Script::han && follows.script != Script::kana;
        if (may_open && has_spaces && (follows.has(Property::letter) || follows.has(Property::digit))) break;
        c.closer = Closer::quote;
      } else {
        c.closer = Closer::bracket;
      }
    } else if (d == '[') {
      const std::int32_t cited = skip_citation(block_, end);
      if (cited == end) break;
      c.closer = Closer::citation;
      after = cited;
    } else if (c.closer != Closer::none && mark.has(Property::terminator)) {
      if (c.mark == Mark::stop && d != '.') c.mark = mark_of(d);
    } else if (!is_attached(mark)) {
      break;
    }
    end = after;
  }
  return end;
}

/// Past one closing quotation mark or bracket that a space stands before, as in « Pourquoi ? ».
std::int32_t CandidateFinder::absorb_detached_quote(std::int32_t at, Candidate& c) noexcept {
  if (at >= size_of(block_) || !unicode::is_space(look(block_, at))) return at;
  std::int32_t begin = at;
  take(block_, begin);
  if (begin >= size_of(block_)) return at;
  std::int32_t end = begin;
  const char32_t d = take(block_, end);
  const CharClass& mark = class_of(d);
  if (!mark.has(Property::closer) || !is_space_or_end(block_, end)) return at;
  if (mark.has(Property::quote)) {
    if (d == '"' || d == '\'') {
      if (!is_odd_quote(begin, static_cast<char>(d))) return at;
    } else if (d == U'\u00AB' || d == U'\u00BB') {
      const char32_t opening = guillemets_.opening(block_, begin);
      if (opening == 0 || opening == d) return at;
    } else if (mark.has(Property::opener)) {
      return at;
    }
  }
  c.closer = Closer::detached_quote;
  return end;
}

/// Whether the quotation marks of that kind before `at` are odd in number: then one is open.
bool CandidateFinder::is_odd_quote(std::int32_t at, char quote) noexcept {
  while (counted_ < at) {
    const unicode::ByteWindow window(block_.data() + counted_,
                                     static_cast<std::size_t>(size_of(block_) - counted_));
    const std::int32_t size = std::min(at - counted_, window_size);
    const std::uint64_t counted = ~std::uint64_t{0} >> (window_size - size);
    is_odd_double_ ^= std::popcount(window.equal('"') & counted) % 2 != 0;
    is_odd_single_ ^= std::popcount(window.equal('\'') & counted) % 2 != 0;
    counted_ += size;
  }
  return quote == '"' ? is_odd_double_ : is_odd_single_;
}

char32_t QuotePair::opening(std::string_view block, std::int32_t before) noexcept {
  while (opening_ == 0 && looked_at_ < before) {
    const char32_t c = take(block, looked_at_);
    if (c == left_ || c == right_) opening_ = c;
  }
  return opening_;
}

}  // namespace nutgraf
