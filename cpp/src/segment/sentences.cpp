#include "segment/sentences.h"

#include <algorithm>
#include <string>

#include "blocks/phrases.h"
#include "segment/boundary_model.h"
#include "segment/list_items.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

using Mark = Candidate::Mark;
using Closer = Candidate::Closer;
using Gap = Candidate::Gap;
using Shape = Neighbor::Shape;
using unicode::class_of;
using unicode::Property;
using unicode::Script;

// What the classifier's score is lowered by where experience speaks against a boundary, in log-odds times
// boundary_score_scale; picked on the sets that train it.
constexpr int before_lower_case = 64;
constexpr int before_lower_case_after_question = 22;
constexpr int after_abbreviation = 96;
constexpr int before_capital_after_time = 32;
constexpr int never = -certain_boundary;
/// A word with a weight below this ends few sentences: "Mister" in an address, an unlisted abbreviation.
constexpr int word_speaks_against = -8;
/// Of three letters, any may be an abbreviation that is not listed; these must be known to end sentences.
constexpr int short_word_speaks_for = 4;
/// The score of what a rule takes for a boundary.
constexpr int plain_boundary = 8 * boundary_score_scale;

bool speaks_for(int word_score, bool has_three_letters) noexcept {
  return word_score > (has_three_letters ? short_word_speaks_for : word_speaks_against);
}

bool is_plain_stop(const Candidate& c) noexcept {
  return c.mark == Mark::stop && c.run == 1 && c.closer == Closer::none;
}

/// A full stop of East Asia and then text.
bool is_plain_wide(std::string_view block, const Candidate& c) noexcept {
  if (c.mark != Mark::wide || c.run != 1 || c.closer != Closer::none || c.end - c.begin != 3) return false;
  if (!block.substr(static_cast<std::size_t>(c.begin)).starts_with("\u3002")) return false;
  auto at = static_cast<std::size_t>(c.next);
  const unicode::CharClass& next = class_of(unicode::next_code_point(block, at));
  return next.has(Property::letter) || next.has(Property::digit);
}

bool is_number_of_list(const Neighbor& n) noexcept {
  switch (n.shape) {
    case Shape::one_digit:
    case Shape::two_digits:
    case Shape::three_digits:
    case Shape::single_upper:
    case Shape::single_lower:
      return true;
    default:
      return n.shape == Shape::roman && n.length < 4;
  }
}

/// "எஸ்", "के": the name of a letter, which abbreviates a name.
bool is_indic_initial(const Neighbor& n) noexcept {
  constexpr char32_t tamil_virama = 0x0BCD;
  return n.script == Script::indic && (n.letters == 1 || (n.letters == 2 && n.last == tamil_virama));
}

/// A quotation and then who says it: "Why?" Kim asked, 「…。」と言った, “…？”他问.
bool is_speech_then_speaker(std::string_view block, const Candidate& c, const BoundaryContext& x,
                            const SentenceLanguage& language) noexcept {
  if (c.mark == Mark::stop || c.closer == Closer::none) return false;
  if (c.gap != Gap::none) {
    if (c.closer != Closer::quote && c.closer != Closer::detached_quote) return false;
    const bool is_name = x.after.shape == Shape::capitalized && !x.is_starter;
    const bool is_writer = x.after.shape == Shape::single_upper && x.follow == BoundaryContext::Follow::space;
    return (is_name || is_writer) && language.is_saying_verb(x.second_after.lowered);
  }
  const std::string_view after = block.substr(static_cast<std::size_t>(c.next));
  if (after.starts_with("\u3068") || after.starts_with("\u3063\u3066")) return true;
  // One to three characters and a verb, before any mark.
  constexpr int furthest = 4;
  std::size_t at = 0;
  for (int i = 0; i < furthest && at < after.size(); ++i) {
    const char32_t character = unicode::next_code_point(after, at);
    if (class_of(character).script != Script::han) return false;
    CharacterHash hash;
    hash.add(character);
    if (language.is_saying_verb(hash.value())) return true;
  }
  return false;
}

/// Where nothing but the mark stands between two words.
bool is_never_without_gap(std::string_view block, const Candidate& c, const BoundaryContext& x,
                          char32_t next_character) noexcept {
  const unicode::CharClass& next = class_of(next_character);
  if (c.mark == Mark::ellipsis) return true;
  if (c.closer != Closer::none) return false;
  const bool has_letter_or_quote = next.has(Property::letter) || next.has(Property::opener) ||
                                   next.has(Property::quote) || next.has(Property::pictograph) ||
                                   next_character == '`';
  if (!has_letter_or_quote && !next.has(Property::digit)) return true;
  const auto before = static_cast<std::size_t>(x.before.span.begin);
  const std::string_view token = block.substr(before, static_cast<std::size_t>(x.before.span.size()));
  const bool is_address = token.find('@') != std::string_view::npos || token.starts_with("www.") ||
                          (before > 0 && block[before - 1] == '/') ||
                          x.follow == BoundaryContext::Follow::address;
  if (is_address) return true;
  if (c.mark != Mark::stop) return false;
  if (next.has(Property::digit) || next.has(Property::lower)) return true;
  const bool is_upper = x.before.shape == Shape::upper || x.before.shape == Shape::single_upper ||
                        x.before.shape == Shape::with_stops || x.before.shape == Shape::roman;
  return is_upper && x.after.shape != Shape::capitalized;
}

}  // namespace

bool SentenceFinder::is_never(std::string_view block, const Candidate& c, const BoundaryContext& x,
                              const SentenceLanguage& language) noexcept {
  if (c.gap == Gap::block_end) return true;
  auto at = static_cast<std::size_t>(c.next);
  const char32_t next = unicode::next_code_point(block, at);
  if (next == ',' || next == ';' || next == ':' || next == ')' || next == U'\u2116') return true;
  // Marks alone are no sentence, and "[page. 42]" is inside its bracket.
  if (x.distance == 0) return true;
  if (x.follow == BoundaryContext::Follow::bracket && !x.opens_bracket) return true;
  if (is_speech_then_speaker(block, c, x, language)) return true;
  if (c.gap == Gap::none && c.mark != Mark::wide && is_never_without_gap(block, c, x, next)) return true;
  // "[...]", "(?)"
  if (c.begin > 0 && (block[c.begin - 1] == '[' || block[c.begin - 1] == '(') && c.closer != Closer::none)
    return true;
  const bool goes_on_lower = class_of(x.first_after).has(Property::lower);
  if ((c.closer == Closer::quote || c.closer == Closer::detached_quote) && goes_on_lower) return true;
  if (!is_plain_stop(c)) return false;

  const bool is_number_next = class_of(x.first_after).has(Property::digit);
  switch (x.abbreviation) {
    case AbbreviationClass::title:
    case AbbreviationClass::inner:
      return true;
    case AbbreviationClass::number:
    case AbbreviationClass::month:
      if (is_number_next) return true;
      break;
    case AbbreviationClass::own:
      return !x.is_starter;
    default:
      break;
  }
  const bool is_ordinal = x.before.shape == Shape::one_digit || x.before.shape == Shape::two_digits;
  if (is_ordinal && language.writes_ordinals_with_stop() && !x.is_starter) return true;
  if (x.opens_block && is_number_of_list(x.before)) return true;
  const bool is_initial = x.before.shape == Shape::single_upper || x.before.shape == Shape::single_lower;
  if (is_initial && (x.after.shape == Shape::single_upper || x.after.shape == Shape::single_lower) &&
      x.follow == BoundaryContext::Follow::stop)
    return true;
  const bool has_stops = x.before.shape == Shape::with_stops;
  if (has_stops && x.has_danda && x.before.script == Script::indic) return true;
  return (has_stops && goes_on_lower) || is_indic_initial(x.before);
}

int SentenceFinder::score(std::string_view block, const Candidate& c,
                          std::int32_t sentence_begin) const noexcept {
  if (c.gap == Gap::block_end) return never;
  if (c.mark == Mark::space)
    return boundary_model::score(BoundaryFeatures(block, c, c.begin - sentence_begin));
  if (is_plain_wide(block, c)) return plain_boundary;
  const std::uint64_t word = plain_word(block, c);
  if (word != 0 && !language_.may_abbreviate(word)) {
    const bool has_three_letters = word >> 24 == 0;
    if (speaks_for(boundary_model::word_score(word), has_three_letters)) return plain_boundary;
  }
  BoundaryContext x(block, c, sentence_begin, language_, has_danda_);
  if (x.is_plain() && speaks_for(boundary_model::token_score(x.before), x.before.letters == 3))
    return plain_boundary;
  x.look_further(sentence_begin);
  if (is_never(block, c, x, language_)) return never;
  const int model = boundary_model::score(BoundaryFeatures(block, c, x));
  const bool goes_on_lower = class_of(x.first_after).has(Property::lower);
  if (c.mark == Mark::stop && c.closer == Closer::none) {
    if (goes_on_lower) return model - before_lower_case;
    // "at 8 p.m. Results come later": a sentence may end there as well as "at 8 p.m. Monday" goes on.
    if (x.abbreviation == AbbreviationClass::time && x.after.shape == Shape::capitalized) {
      return language_.is_time_word(x.after.lowered) ? never : model + before_capital_after_time;
    }
    const bool may_go_on =
        c.run == 1 && (x.before.shape == Shape::with_stops || x.before.shape == Shape::single_upper ||
                       x.abbreviation >= AbbreviationClass::time);
    if (may_go_on) return x.is_starter ? model + after_abbreviation : model - after_abbreviation;
    // "on pp. 10-12. The rest follows."
  } else if (goes_on_lower &&
             (c.mark == Mark::question || c.mark == Mark::exclamation || c.mark == Mark::ellipsis)) {
    return model - (c.run < 3 ? before_lower_case_after_question : before_lower_case);
  }
  return model;
}

void SentenceFinder::find(std::string_view text, Span block, Pacer& pacer, const Sink& sink) const {
  const std::string_view inside =
      text.substr(static_cast<std::size_t>(block.begin), static_cast<std::size_t>(block.size()));
  std::int32_t begin = 0;
  const auto end_sentence = [&](std::int32_t end, std::int32_t next, int found) {
    const int score = std::clamp<int>(found, never, certain_boundary);
    sink({{block.begin + begin, block.begin + end}, static_cast<std::int16_t>(score)});
    begin = next;
  };
  ListItems items(inside);
  const auto end_before_item = [&] {
    const Span before = unicode::trim(inside, {begin, items.next().begin});
    if (!before.empty()) end_sentence(before.end, items.next().begin, certain_boundary);
    items.advance();
  };
  CandidateFinder candidates(inside);
  Candidate c;
  for (std::int32_t paced = 0; candidates.next(c); paced = candidates.position()) {
    pacer.advance(static_cast<std::size_t>(candidates.position() - paced));
    while (items.has_next() && items.next().begin <= c.begin) end_before_item();
    if (c.begin < items.number_end()) continue;
    const int found = score(inside, c, begin);
    if (found > threshold_) end_sentence(c.end, c.next, found);
  }
  while (items.has_next()) end_before_item();
  const auto size = static_cast<std::int32_t>(inside.size());
  if (begin < size) end_sentence(size, size, certain_boundary);
  pacer.advance(static_cast<std::size_t>(size - std::min(size, candidates.position())));
}

namespace {

/// The number of capitals in the words that a text begins with and that have nothing but capitals: "ST. LOUIS
/// (".
int leading_capitals(std::string_view text) noexcept {
  int capitals = 0;
  bool after_capital = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next_code_point(text, at);
    if (unicode::is_lower(c) && after_capital) return capitals - 1;
    after_capital = unicode::is_upper(c);
    if (!after_capital && c != ' ' && c != '.' && c != '\'' && c != '-') break;
    capitals += after_capital;
  }
  return capitals;
}

/// The end of a credit without a dash: "(CNN)It", "Los Angeles (CNN)Three", "(CNN) It"; 0 where there is
/// none. A place before it has nothing but words with capitals; a space behind it then takes an agency that
/// is known.
std::size_t bare_credit(std::string_view start) {
  const std::size_t open = start.find('('), close = start.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close + 1 >= start.size())
    return 0;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_letter = [&](char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); };
  if (close < open + 3 || !is_capital(start[open + 1])) return 0;
  const std::string_view credit = start.substr(open + 1, close - open - 1);
  if (!std::ranges::all_of(credit, is_letter)) return 0;
  std::size_t end = close + 1;
  if (start[end] == ' ' && (open == 0 || contains_credit(fold_line(credit)))) ++end;
  if (end == start.size() || (!is_capital(start[end]) && start[end] != '"')) return 0;
  bool begins_word = true;
  for (const char c : start.substr(0, open)) {
    if (begins_word && c != ' ' && !is_capital(c)) return 0;
    begins_word = c == ' ';
  }
  return open == 0 || start[open - 1] == ' ' ? end : 0;
}

constexpr std::string_view dateline_dashes[] = {" -- ", " \u2014 ", " \u2013 ", " - "};

/// Whether all words of a text begin with a capital.
bool has_capitals_alone(std::string_view text) noexcept {
  bool begins_word = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = unicode::next_code_point(text, at);
    if (begins_word && unicode::is_letter(c) && !unicode::is_upper(c)) return false;
    begins_word = !unicode::is_letter(c);
  }
  return true;
}

/// The end of a place with an agency and a dash: "Berlin (dpa) - ", "Hamburg/Kiel (dpa/lno) \u2013 "; 0 where
/// there is none.
std::size_t agency_dateline(std::string_view start) {
  const std::size_t open = start.find('('), close = start.find(')');
  if (open == 0 || open == std::string_view::npos || close == std::string_view::npos || close < open)
    return 0;
  if (!has_capitals_alone(start.substr(0, open))) return 0;
  if (!contains_credit(fold_line(start.substr(open + 1, close - open - 1)))) return 0;
  for (const std::string_view dash : dateline_dashes) {
    if (start.substr(close + 1).starts_with(dash)) return close + 1 + dash.size();
  }
  return 0;
}

/// The end of words of capitals, or of a credit, with a dash: "SEOUL -- ", "(NPA) - "; 0 where there is none.
std::size_t dashed_dateline(std::string_view start) noexcept {
  constexpr int least_capitals = 3;
  if (!start.starts_with('(') && leading_capitals(start) < least_capitals) return 0;
  std::size_t dash = std::string_view::npos, dash_size = 0;
  for (const std::string_view mark : dateline_dashes) {
    const auto found = start.find(mark);
    if (found < dash) {
      dash = found;
      dash_size = mark.size();
    }
  }
  if (dash == std::string_view::npos) return 0;
  return start.starts_with('(') && start[dash - 1] != ')' ? 0 : dash + dash_size;
}

}  // namespace

Span find_dateline(std::string_view text, Span sentence) {
  constexpr std::size_t longest = 60;
  std::size_t second = static_cast<std::size_t>(sentence.begin);
  const char32_t first = unicode::next_code_point(text, second);
  const std::string_view opening = unicode::head_of(text.substr(sentence.begin, sentence.size()), longest);
  const std::size_t bare = bare_credit(opening);
  if (bare > 0) return {sentence.begin, sentence.begin + static_cast<std::int32_t>(bare)};
  // Most sentences begin with one capital or none, which is seen without looking further.
  if (opening.find('(') == std::string_view::npos) {
    if (!unicode::is_upper(first) || second >= static_cast<std::size_t>(sentence.end)) return {};
    if (unicode::is_lower(unicode::next_code_point(text, second))) return {};
  }
  const std::string start = unicode::with_line_ends_as_spaces(opening);
  std::size_t end = agency_dateline(start);
  if (end == 0) end = dashed_dateline(start);
  if (end == 0) return {};
  while (end < start.size() && start[end] == ' ') ++end;
  if (end == start.size()) return {};
  // "NATO -- the alliance -- said" goes on in lower case; a report begins with a capital, a quotation or a
  // number.
  std::size_t next = end;
  if (unicode::is_lower(unicode::next_code_point(start, next))) return {};
  return {sentence.begin, sentence.begin + static_cast<std::int32_t>(end)};
}

}  // namespace nutgraf
