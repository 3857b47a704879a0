#include "segment/boundary_context.h"

#include <algorithm>
#include <array>

#include "unicode/unicode.h"

namespace nutgraf {
namespace {

using unicode::CharClass;
using unicode::class_of;
using unicode::Property;
using unicode::Script;
using Shape = Neighbor::Shape;
using Lead = BoundaryContext::Lead;
using Follow = BoundaryContext::Follow;

/// Nothing longer is an abbreviation or a word of a language's lists, and a text without spaces must not cost
/// the square of its length.
constexpr int longest_token = 24;
constexpr int longest_spaceless = 3;
constexpr int affix_length = 3;
constexpr int longest_lead = 8;
constexpr int longest_gap = 8;
constexpr int least_plain_letters = 3;

bool is_spaceless(Script script) noexcept {
  return script == Script::han || script == Script::kana || script == Script::thai ||
         script == Script::southeast_asian;
}

/// How many characters of each kind a token has, eight bits each, so that a character is one addition.
class KindCounts {
 public:
  static constexpr KindCounts of(char32_t c, const CharClass& found) noexcept {
    KindCounts one;
    if (c == '.') {
      one.bits_ = stop;
    } else if (found.has(Property::letter)) {
      one.bits_ = letter | (found.has(Property::ignorable) ? 0 : base_letter) |
                  (found.has(Property::upper) ? upper_letter : 0) |
                  (found.has(Property::lower) ? lower_letter : 0);
    } else if (found.has(Property::digit)) {
      one.bits_ = digit;
    } else if (!found.has(Property::ignorable)) {
      one.bits_ = other;
    }
    return one;
  }
  void operator+=(KindCounts more) noexcept { bits_ += more.bits_; }

  int letters() const noexcept { return count(0); }
  int base_letters() const noexcept { return count(8); }
  int upper() const noexcept { return count(16); }
  int lower() const noexcept { return count(24); }
  int digits() const noexcept { return count(32); }
  int stops() const noexcept { return count(40); }
  int others() const noexcept { return count(48); }

 private:
  static constexpr std::uint64_t letter = 1, base_letter = letter << 8, upper_letter = letter << 16,
                                 lower_letter = letter << 24, digit = letter << 32, stop = letter << 40,
                                 other = letter << 48;
  int count(int shift) const noexcept { return static_cast<int>(bits_ >> shift & 0xFF); }
  std::uint64_t bits_ = 0;
};

bool ends_token_backwards(char32_t c, const CharClass& found) noexcept {
  return found.has(Property::space) || found.has(Property::opener) || found.has(Property::quote) ||
         (found.has(Property::dash) && c != '-') || c == '/' || (found.has(Property::terminator) && c != '.');
}

bool is_inside_token(char32_t c, const CharClass& found) noexcept {
  return (found.has(Property::letter) || found.has(Property::digit) || found.has(Property::ignorable) ||
          c == '-' || c == '\'') &&
         !found.has(Property::space);
}

/// A character as tokens need it.
struct TokenCharacter {
  KindCounts counts{};
  Script script = Script::common;
  bool is_letter = false, is_upper = false, ends_backwards = false, is_inside = false;

  TokenCharacter() = default;
  TokenCharacter(char32_t c, const CharClass& found) noexcept
      : counts(KindCounts::of(c, found)),
        script(found.script),
        is_letter(found.has(Property::letter)),
        is_upper(found.has(Property::upper)),
        ends_backwards(ends_token_backwards(c, found)),
        is_inside(is_inside_token(c, found)) {}
};

/// ASCII by character, the rest by class.
class TokenCharacters {
 public:
  TokenCharacters() noexcept {
    for (char32_t c = 0; c < 0x80; ++c) ascii_[c] = TokenCharacter(c, class_of(c));
    constexpr char32_t no_character = 0x10FFFF;
    for (std::size_t number = 0; number < unicode::class_count; ++number)
      classes_[number] = TokenCharacter(no_character, unicode::char_classes[number]);
  }
  const TokenCharacter& ascii(unsigned char c) const noexcept { return ascii_[c]; }
  const TokenCharacter& beyond_ascii(char32_t c) const noexcept { return classes_[unicode::class_number(c)]; }

 private:
  std::array<TokenCharacter, 0x80> ascii_;
  std::array<TokenCharacter, 0x100> classes_;
};

const TokenCharacters& token_characters() noexcept {
  static const TokenCharacters table;
  return table;
}

/// A token while its characters are read, from the candidate outwards.
class TokenReader {
 public:
  /// Whether the token may hold that character too.
  bool has_room_for(const TokenCharacter& c) const noexcept {
    return length_ < longest_token &&
           !(c.is_letter && is_spaceless(c.script) && length_ >= longest_spaceless);
  }
  void add(char32_t c, const TokenCharacter& found) noexcept {
    if (length_ == 0) nearest_ = c;
    capitals_ |= static_cast<std::uint32_t>(found.is_upper) << length_;
    lowered_.add(unicode::rough_lower(c));
    if (++length_ == affix_length) affix_ = lowered_.value();
    counts_ += found.counts;
    if (found.is_letter) script_ = found.script;
  }

  /// `is_before`: the token stands before the candidate, so what was read last is its first character.
  Neighbor finish(std::string_view block, Span span, bool is_before) const noexcept {
    Neighbor n;
    n.span = span;
    n.lowered = lowered_.value();
    n.affix = length_ >= affix_length ? affix_ : n.lowered + 1;
    n.length = static_cast<std::uint8_t>(std::min(length_, 15));
    n.letters = static_cast<std::uint8_t>(std::min(counts_.base_letters(), 15));
    const bool begins_upper = length_ > 0 && (capitals_ >> (is_before ? length_ - 1 : 0) & 1);
    n.shape = shape(block.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())),
                    begins_upper);
    n.script = script_;
    n.last = nearest_;
    return n;
  }
  std::uint64_t lowered() const noexcept { return lowered_.value(); }
  std::uint32_t capitals() const noexcept { return capitals_; }

 private:
  Shape shape(std::string_view token, bool begins_upper) const noexcept {
    const int letters = counts_.letters(), digits = counts_.digits();
    if (letters == 0 && digits == 0)
      return counts_.others() || counts_.stops() ? Shape::symbols : Shape::none;
    if (counts_.stops()) return Shape::with_stops;
    if (digits && letters) return Shape::letters_and_digits;
    if (digits == 1) return Shape::one_digit;
    if (digits == 2) return Shape::two_digits;
    if (digits == 3) return Shape::three_digits;
    if (digits) return Shape::digits;
    const int upper = counts_.upper(), lower = counts_.lower();
    if (upper == 0 && lower == 0) return Shape::caseless;
    if (letters == 1) return upper ? Shape::single_upper : Shape::single_lower;
    if (upper == 0) return Shape::lower;
    if (upper == letters || lower == 0) {
      return token.find_first_not_of("IVXLC") == std::string_view::npos ? Shape::roman : Shape::upper;
    }
    return begins_upper && upper == 1 ? Shape::capitalized : Shape::mixed_case;
  }

  CharacterHash lowered_;
  KindCounts counts_;
  std::uint64_t affix_ = 0;
  std::uint32_t capitals_ = 0;
  int length_ = 0;
  Script script_ = Script::common;
  char32_t nearest_ = 0;
};

/// Reads the token that ends at `end`, on top of what the reader has read.
Span read_backwards(std::string_view block, std::int32_t end, TokenReader& given) noexcept {
  const TokenCharacters& characters = token_characters();
  TokenReader reader = given;  // kept in registers
  auto begin = static_cast<std::size_t>(end);
  while (begin > 0) {
    const auto byte = static_cast<unsigned char>(block[begin - 1]);
    if (byte < 0x80) {
      const TokenCharacter& found = characters.ascii(byte);
      if (found.ends_backwards || !reader.has_room_for(found)) break;
      reader.add(byte, found);
      --begin;
    } else {
      std::size_t at = begin;
      const char32_t c = unicode::previous_code_point(block, at);
      const TokenCharacter& found = characters.beyond_ascii(c);
      if (found.ends_backwards || !reader.has_room_for(found)) break;
      reader.add(c, found);
      begin = at;
    }
  }
  given = reader;
  return {static_cast<std::int32_t>(begin), end};
}

Neighbor token_at(std::string_view block, std::int32_t begin) noexcept {
  const TokenCharacters& characters = token_characters();
  TokenReader reader;
  auto end = static_cast<std::size_t>(begin);
  while (end < block.size()) {
    const auto byte = static_cast<unsigned char>(block[end]);
    if (byte < 0x80) {
      const TokenCharacter& found = characters.ascii(byte);
      if (!found.is_inside || !reader.has_room_for(found)) break;
      reader.add(byte, found);
      ++end;
    } else {
      std::size_t at = end;
      const char32_t c = unicode::next_code_point(block, at);
      const TokenCharacter& found = characters.beyond_ascii(c);
      if (!(found.is_inside || c == U'\u2019') || !reader.has_room_for(found)) break;
      reader.add(c, found);
      end = at;
    }
  }
  return reader.finish(block, {begin, static_cast<std::int32_t>(end)}, false);
}

Lead lead_of(char32_t c, const CharClass& found) noexcept {
  if (found.has(Property::quote)) return Lead::quote;
  if (found.has(Property::opener)) return Lead::opener;
  if (found.has(Property::dash)) return Lead::dash;
  if (c == '*' || c == '#' || c == U'\u2022' || c == U'\u00B7') return Lead::bullet;
  return found.has(Property::closer) ? Lead::closer : Lead::other;
}

Follow follow_of(char32_t c) noexcept {
  switch (c) {
    case 0:
      return Follow::end;
    case '.':
      return Follow::stop;
    case ',':
      return Follow::comma;
    case ':':
      return Follow::colon;
    case '/':
    case '@':
      return Follow::address;
    default:
      break;
  }
  const CharClass& found = class_of(c);
  if (found.has(Property::space)) return Follow::space;
  if (found.has(Property::quote)) return Follow::quote;
  return found.has(Property::closer) ? Follow::bracket : Follow::other;
}

}  // namespace

BoundaryContext::BoundaryContext(std::string_view block, const Candidate& candidate,
                                 std::int32_t sentence_begin, const SentenceLanguage& language,
                                 bool document_has_danda) noexcept
    : distance(candidate.begin - sentence_begin),
      has_danda(document_has_danda),
      block_(block),
      language_(language) {
  TokenReader reader;
  const Span word = read_backwards(block, candidate.begin, reader);
  before = reader.finish(block, word, true);
  is_plain_stop_ = candidate.mark == Candidate::Mark::stop && candidate.run == 1;
  if (is_plain_stop_) {
    abbreviation = language.find(reader.lowered(), reader.capitals());
    if (abbreviation == AbbreviationClass::none && before.length > affix_length)
      abbreviation = language.find_suffix(before.affix);
  }

  auto begin = static_cast<std::size_t>(candidate.next);
  for (int seen = 0; begin < block.size() && seen < longest_lead; ++seen) {
    std::size_t at = begin;
    const char32_t c = unicode::next_code_point(block, at);
    const CharClass& found = class_of(c);
    if (!found.has(Property::space)) {
      if (found.has(Property::letter) || found.has(Property::digit)) break;
      if (lead == Lead::none) lead = lead_of(c, found);
      opens_bracket |= found.has(Property::opener) && !found.has(Property::quote);
    }
    begin = at;
  }
  after = token_at(block, static_cast<std::int32_t>(begin));
  if (begin < block.size()) first_after = unicode::next_code_point(block, begin);
  follow_end_ = static_cast<std::size_t>(after.span.end);
  follow = follow_end_ < block.size() ? follow_of(unicode::next_code_point(block, follow_end_)) : Follow::end;
  is_plain_ = is_plain(candidate);
}

bool BoundaryContext::is_plain(const Candidate& c) const noexcept {
  using Mark = Candidate::Mark;
  const bool is_plain_mark =
      c.run == 1 && c.gap == Candidate::Gap::space && c.closer == Candidate::Closer::none &&
      (c.mark <= Mark::question || c.mark == Mark::other) && block_[c.begin] != ':' && block_[c.begin] != ';';
  if (!is_plain_mark || abbreviation != AbbreviationClass::none || lead != Lead::none) return false;
  const bool is_word = before.shape == Shape::lower || before.shape == Shape::capitalized ||
                       (before.shape == Shape::caseless && !is_spaceless(before.script));
  const bool is_word_after =
      after.shape == Shape::capitalized || (after.shape == Shape::caseless && after.letters > 1);
  // Only a full stop abbreviates, and no word of Hangul.
  const bool may_abbreviate = c.mark == Mark::stop && before.script != Script::hangul;
  return is_word && is_word_after && (before.letters >= least_plain_letters || !may_abbreviate) &&
         (follow == Follow::space || follow == Follow::comma) && !language_.ends_phrase(before.lowered);
}

void BoundaryContext::look_further(std::int32_t sentence_begin) noexcept {
  auto second_end = static_cast<std::size_t>(before.span.begin);
  int skipped = 0;
  for (std::size_t at = second_end; second_end > 0 && skipped < longest_gap; second_end = at, ++skipped) {
    const CharClass& found = class_of(unicode::previous_code_point(block_, at));
    if (!found.has(Property::space) && !found.has(Property::opener) && !found.has(Property::quote)) break;
  }
  opens_block = second_end == 0;
  if (static_cast<std::int32_t>(second_end) > sentence_begin) {
    TokenReader second;
    const Span span = read_backwards(block_, static_cast<std::int32_t>(second_end), second);
    second_before = second.finish(block_, span, true);
  }

  auto at = follow == Follow::stop ? follow_end_ : static_cast<std::size_t>(after.span.end);
  for (int seen = 0; at < block_.size() && seen < longest_gap; ++seen) {
    std::size_t next = at;
    if (!unicode::is_space(unicode::next_code_point(block_, next))) break;
    at = next;
  }
  second_after = token_at(block_, static_cast<std::int32_t>(at));

  if (is_plain_stop_) find_abbreviation_of_words();
  if (after.shape == Shape::capitalized || after.shape == Shape::single_upper) {
    is_starter = language_.is_starter(after.lowered);
  }
}

/// "z. B", "et al", "и т. д": the words before belong to it, and the longest counts.
void BoundaryContext::find_abbreviation_of_words() noexcept {
  constexpr int most_words = 3;
  if (!language_.ends_phrase(before.lowered)) return;
  TokenReader reader;
  Span word = read_backwards(block_, before.span.end, reader);
  for (int words = 1; words < most_words; ++words) {
    auto gap = static_cast<std::size_t>(word.begin);
    if (gap == 0 || !unicode::is_space(unicode::previous_code_point(block_, gap))) return;
    reader.add(' ', token_characters().ascii(' '));
    word = read_backwards(block_, static_cast<std::int32_t>(gap), reader);
    if (word.empty()) return;
    const AbbreviationClass found = language_.find(reader.lowered(), reader.capitals());
    if (found != AbbreviationClass::none) abbreviation = found;
  }
}

}  // namespace nutgraf
