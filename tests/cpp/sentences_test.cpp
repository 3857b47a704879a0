#include "segment/sentences.h"

#include "segment/list_items.h"
#include "support.h"
#include "unicode/unicode.h"

namespace nutgraf::test {
namespace {

using Strings = std::vector<std::string>;

std::vector<Candidate> candidates_of(std::string_view block) {
  std::vector<Candidate> found;
  CandidateFinder finder(block);
  for (Candidate c; finder.next(c);) found.push_back(c);
  return found;
}

std::string utf8(char32_t c) {
  std::string bytes;
  if (c < 0x80) {
    bytes += static_cast<char>(c);
  } else if (c < 0x800) {
    bytes += static_cast<char>(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    bytes += static_cast<char>(0xE0 | c >> 12);
    bytes += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  } else {
    bytes += static_cast<char>(0xF0 | c >> 18);
    bytes += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    bytes += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  if (c >= 0x80) bytes += static_cast<char>(0x80 | (c & 0x3F));
  return bytes;
}

TEST(Candidates, EveryTerminatorOfUnicodeIsOneWhereverItStands) {
  std::size_t terminators = 0;
  for (char32_t c = '!'; c <= 0x10FFFF; ++c) {
    if (!unicode::is_terminator(c)) continue;
    ++terminators;
    for (std::size_t before = 0; before < 70; ++before) {
      const std::string text = std::string(before, 'x') + utf8(c) + " Next word";
      const auto found = candidates_of(text);
      ASSERT_EQ(found.size(), 1U) << text;
      ASSERT_EQ(found[0].begin, static_cast<std::int32_t>(before)) << text;
      ASSERT_EQ(text.substr(static_cast<std::size_t>(found[0].next)), "Next word");
    }
  }
  EXPECT_GT(terminators, 100U);
}

/// The places where a run of terminators begins that no candidate has covered, looked for one by one.
std::vector<std::int32_t> plain_begins(std::string_view block, const std::vector<Candidate>& found) {
  std::vector<std::int32_t> begins;
  std::int32_t covered = 0;
  for (const CodePoint& c : code_points(block)) {
    if (c.begin < covered || !unicode::is_terminator(c.value)) continue;
    begins.push_back(c.begin);
    const auto same = std::ranges::find(found, c.begin, &Candidate::begin);
    covered = same == found.end() ? c.end : same->end;
  }
  return begins;
}

TEST(Candidates, AreInOrderAndCoverAllTerminators) {
  Rng rng(1);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = round % 3 ? nasty_text(rng) : nasty_ascii(rng);
    std::vector<Candidate> found = candidates_of(text);
    std::int32_t end = 0;
    for (const Candidate& c : found) {
      ASSERT_TRUE(c.begin >= end && c.end >= c.begin && c.next >= c.end) << text;
      ASSERT_TRUE(c.next <= static_cast<std::int32_t>(text.size())) << text;
      end = std::max(c.end, c.begin + 1);
      const auto gap = std::string_view(text).substr(static_cast<std::size_t>(c.end),
                                                     static_cast<std::size_t>(c.next - c.end));
      ASSERT_TRUE(without_white(gap).empty()) << text;
      ASSERT_EQ(c.gap == Candidate::Gap::block_end, c.next == static_cast<std::int32_t>(text.size())) << text;
    }
    std::vector<std::int32_t> begins;
    for (const Candidate& c : found) {
      auto at = static_cast<std::size_t>(c.begin);
      if (unicode::is_terminator(unicode::next_code_point(text, at))) begins.push_back(c.begin);
    }
    ASSERT_EQ(begins, plain_begins(text, found)) << text;
  }
}

/// A text with "|" where a candidate ends.
std::string with_ends(std::string text) {
  const auto found = candidates_of(text);
  for (auto c = found.rbegin(); c != found.rend(); ++c) text.insert(static_cast<std::size_t>(c->end), "|");
  return text;
}

TEST(Candidates, TakeWhatClosesASentence) {
  for (const std::string expected :
       {"He left.\"| She stayed.|", "\"Why?!\"| he asked.|", "It ended (so they say.)| Then it rained.|",
        "\u00AB Pourquoi ? \u00BB| dit-il", "\u00BBWarum?\u00AB| fragte er", "\u00BB Zakaj? \u00AB| On",
        "It is known.[12][13]| Others doubt it.|", "It is known. [4] [5]| Others doubt it.|",
        "It is known.| [Kim's] son left.|", "They won! \U0001F389\U0001F389| See you.|", "Wait. . .| What?|",
        "over.|\u201CWe go", "He said \"no\" .| \"Then", "\u4ED6\u8BF4\u3002\u201D|\u7136\u540E"}) {
    std::string text = expected;
    std::erase(text, '|');
    EXPECT_EQ(with_ends(text), expected);
  }
}

TEST(Candidates, GreekAsksWithASemicolonAndArmenianIsTypedWithColons) {
  EXPECT_EQ(candidates_of("\u03A0\u03BF\u03CD; Yes; no").size(), 1U);
  EXPECT_EQ(candidates_of("\u0561\u0575\u0564: Yes: no").size(), 1U);
}

/// plain_word() by its definition.
std::string plain_word_of(std::string_view block, const Candidate& c) {
  const auto small = [](char ch) { return ch >= 'a' && ch <= 'z'; };
  const auto capital = [](char ch) { return ch >= 'A' && ch <= 'Z'; };
  const auto begin = static_cast<std::size_t>(c.begin), next = static_cast<std::size_t>(c.next);
  const bool quoted = c.closer == Candidate::Closer::quote && c.mark == Candidate::Mark::stop;
  if (c.run != 1 || c.gap != Candidate::Gap::space || !(c.closer == Candidate::Closer::none || quoted))
    return "";
  if (std::string_view(".!?").find(block[begin]) == std::string_view::npos) return "";
  std::size_t first = begin;
  while (first > 0 && begin - first < 8 && small(block[first - 1])) --first;
  std::string word(block.substr(first, begin - first));
  const bool is_long = word.size() == 8;
  if (!is_long && first > 0 && capital(block[first - 1]))
    word = static_cast<char>(block[--first] | 0x20) + word;
  if (word.size() < 3 || begin <= 8) return "";
  if (!is_long && block[first - 1] != ' ' && block[first - 1] != '"') return "";
  const std::size_t start = block[next] == '"' ? next + 1 : next;
  if (next + 8 > block.size() || start + 8 > block.size() || !capital(block[start])) return "";
  std::size_t end = start + 1;
  while (end < start + 8 && small(block[end])) ++end;
  const char after = end < start + 8 ? block[end] : ' ';
  if (end == start + 1) return (block[start] == 'I' || block[start] == 'A') && after == ' ' ? word : "";
  return after == ' ' || after == ',' || after == '\'' ? word : "";
}

TEST(Candidates, PlainWordsAreWhatTheirDefinitionSays) {
  static constexpr std::string_view pieces[] = {"the",    "farm",    "closed",   "harbourmasters",
                                                "Friday", "Co",      "Inc",      "U.S",
                                                ". ",     ". ",      ".\" ",     "? ",
                                                "! ",     ".",       " ",        " ",
                                                "\"",     "It",      "Then",     "I ",
                                                "A ",     "They've", "However,", "\u00E9t\u00E9",
                                                "9",      "'s"};
  Rng rng(2);
  std::size_t plain = 0;
  for (int round = 0; round < 60000; ++round) {
    std::string text;
    for (std::size_t left = 2 + below(rng, 12); left > 0; --left) text += pick(rng, pieces);
    for (const Candidate& c : candidates_of(text)) {
      const std::string expected = plain_word_of(text, c);
      ASSERT_EQ(plain_word(text, c), plain_word(expected)) << text << "\n" << expected;
      plain += !expected.empty();
    }
  }
  EXPECT_GT(plain, 1000U);
}

Strings items_of(std::string_view block) {
  Strings items;
  std::int32_t begin = 0;
  for (ListItems list(block); list.has_next(); list.advance()) {
    items.emplace_back(
        block.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(list.next().begin - begin)));
    begin = list.next().begin;
  }
  items.emplace_back(block.substr(static_cast<std::size_t>(begin)));
  return items;
}

TEST(ListItems, NumbersFollowOneAnother) {
  EXPECT_EQ(items_of("1. Buy milk 2. Call home 3. Sleep"),
            (Strings{"1. Buy milk ", "2. Call home ", "3. Sleep"}));
  EXPECT_EQ(items_of("1.) Buy milk 2.) Call home"), (Strings{"1.) Buy milk ", "2.) Call home"}));
  EXPECT_EQ(items_of("a) one b) two"), (Strings{"a) one ", "b) two"}));
  EXPECT_EQ(items_of("a. one b. two c. three"), (Strings{"a. one ", "b. two ", "c. three"}));
  EXPECT_EQ(items_of("i. one ii. two iii. three"), (Strings{"i. one ", "ii. two ", "iii. three"}));
  EXPECT_EQ(items_of("(1) one (2) two"), (Strings{"(1) one ", "(2) two"}));
  EXPECT_EQ(items_of("\u2022 9. nine \u2022 10. ten"), (Strings{"\u2022 9. nine ", "\u2022 10. ten"}));
  EXPECT_EQ(items_of("\u2022 this \u2022 that"), (Strings{"\u2022 this ", "\u2022 that"}));
}

TEST(ListItems, OtherTextHasNone) {
  for (const std::string_view text :
       {"1. Buy milk 3. Call home", "He bought 1. milk 2. bread", "A. Smith met B. Jones", "1 apple 2 pears",
        "1. FC Lund won 2.5 points", "1) one 2. two", "I. Newton wrote II. Vol.", ""}) {
    EXPECT_EQ(items_of(text).size(), 1U) << text;
  }
}

TEST(SentenceFinder, ListItemsBeginSentences) {
  EXPECT_EQ(sentences_of(segment("1. Buy milk 2. Call home")), (Strings{"1. Buy milk", "2. Call home"}));
}

}  // namespace
}  // namespace nutgraf::test
