#pragma once

#include <gtest/gtest.h>
#include <nutgraf/nutgraf.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nutgraf::test {

using Json = nlohmann::ordered_json;
using Rng = std::mt19937;

/// A number below n; unlike the standard distributions, the same with every library.
inline std::size_t below(Rng& rng, std::size_t n) {
  return rng() % n;
}

template <typename List>
auto pick(Rng& rng, const List& list) {
  return *(std::begin(list) + static_cast<std::ptrdiff_t>(below(rng, std::size(list))));
}

/// Expects an Error of that kind whose message holds `part`. Returns its offset.
template <typename Call>
std::int64_t expect_error(ErrorKind kind, std::string_view part, Call call) {
  try {
    call();
    ADD_FAILURE() << "no Error of kind " << name(kind);
  } catch (const Error& error) {
    EXPECT_EQ(name(error.kind()), name(kind)) << error.what();
    EXPECT_NE(std::string_view(error.what()).find(part), std::string_view::npos) << error.what();
    return error.offset();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "not an Error: " << error.what();
  }
  return -2;
}

inline std::string read_golden(const std::string& path) {
  std::ifstream file(NUTGRAF_GOLDEN_DIR "/" + path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const std::vector<std::string>& articles() {
  static const std::vector<std::string> texts = {read_golden("articles/election.txt"),
                                                 read_golden("articles/railway.txt"),
                                                 read_golden("articles/vaccine.txt")};
  return texts;
}

struct CodePoint {
  char32_t value;
  std::int32_t begin, end;
};

/// The code points of valid UTF-8, by a decoder of its own.
inline std::vector<CodePoint> code_points(std::string_view text) {
  std::vector<CodePoint> found;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    const std::size_t size = byte(i) < 0x80 ? 1 : byte(i) < 0xE0 ? 2 : byte(i) < 0xF0 ? 3 : 4;
    char32_t value = size == 1 ? byte(i) : byte(i) & (0x7FU >> size);
    for (std::size_t k = 1; k < size; ++k) value = value << 6 | (byte(i + k) & 0x3F);
    found.push_back({value, static_cast<std::int32_t>(i), static_cast<std::int32_t>(i + size)});
    i += size;
  }
  return found;
}

/// White_Space of the Unicode Character Database.
inline bool is_white(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

/// White space folded to single spaces, none at the ends.
inline std::string fold_spaces(std::string_view text) {
  std::string folded;
  bool space = false;
  for (const CodePoint& c : code_points(text)) {
    if (is_white(c.value)) {
      space = !folded.empty();
      continue;
    }
    if (space) folded += ' ';
    space = false;
    folded += text.substr(static_cast<std::size_t>(c.begin), static_cast<std::size_t>(c.end - c.begin));
  }
  return folded;
}

inline std::string without_white(std::string_view text) {
  std::string rest;
  for (const CodePoint& c : code_points(text)) {
    if (!is_white(c.value))
      rest += text.substr(static_cast<std::size_t>(c.begin), static_cast<std::size_t>(c.end - c.begin));
  }
  return rest;
}

inline std::vector<std::string> sentences_of(const Document& document) {
  std::vector<std::string> found;
  for (const Span s : document.sentence_spans()) found.emplace_back(document.slice(s));
  return found;
}

inline std::vector<std::string> words_of(const Document& document) {
  std::vector<std::string> found;
  for (const Span s : document.word_spans()) found.emplace_back(document.slice(s));
  return found;
}

/// A short text of everything that makes text hard.
inline std::string nasty_text(Rng& rng) {
  static constexpr std::string_view pieces[] = {"word",
                                                "The",
                                                "I",
                                                "Kim's",
                                                "it\u2019s",
                                                "U.S.",
                                                "p.m.",
                                                "Mr.",
                                                "N.",
                                                "3.5",
                                                "15,000",
                                                "No.",
                                                "z. B.",
                                                "a_b",
                                                "e-mail",
                                                "a@b.org",
                                                "#tag",
                                                "http://a.b/c?d=e",
                                                "...",
                                                "?",
                                                "!",
                                                ".",
                                                ".\"",
                                                "\"",
                                                "\u201C",
                                                "\u201D",
                                                "\u2018",
                                                "\u00AB",
                                                "\u00BB",
                                                "(",
                                                "[",
                                                "]",
                                                ")",
                                                "{",
                                                " -- ",
                                                "\u2014",
                                                "\u2026",
                                                " ",
                                                "  ",
                                                "\t",
                                                "\n",
                                                "\r\n",
                                                "\r",
                                                "\n\n",
                                                "\n \n",
                                                "\v",
                                                "\f",
                                                "\u0085",
                                                "\u2028",
                                                "\u2029",
                                                "\u00A0",
                                                "\u3000",
                                                "\u200B",
                                                "\u200C",
                                                "\u200D",
                                                "\u2060",
                                                "\uFEFF",
                                                "\u00AD",
                                                "e\u0301",
                                                "\u0301",
                                                "\u0345",
                                                "\u05B0",
                                                "\u00E9",
                                                "\u0130",
                                                "\u1E9E",
                                                "\uFB01",
                                                "\uD55C\uAD6D",
                                                "\u1112\u1161\u11AB",
                                                "\u4E2D\u6587\u3002",
                                                "\u3042",
                                                "\u30AB",
                                                "\u05E9\u05DC\u05D5\u05DD",
                                                "\u0639\u0631\u0628\u064A",
                                                "\u0E44\u0E17\u0E22",
                                                "\u0939\u093F\u0902\u0926\u0940\u0964",
                                                "\u0433. ",
                                                "\u03A3\u03AF\u03C2",
                                                "\U0001F469\u200D\U0001F52C",
                                                "\U0001F1E9\U0001F1EA",
                                                "\U0001F44D\U0001F3FD",
                                                "1\uFE0F\u20E3",
                                                "\U00020000",
                                                "\u00BD",
                                                "> ",
                                                "- ",
                                                "1. ",
                                                "\n1. ",
                                                "```",
                                                "\n```\n",
                                                "\n--\n",
                                                "|",
                                                "# ",
                                                "##",
                                                "SEOUL -- ",
                                                "(Reuters) - ",
                                                "\nBy A. Name |",
                                                "[A. Name/AFP]",
                                                "Read more: ",
                                                "<b>",
                                                "&amp;",
                                                "\x01",
                                                "\x7F"};
  std::string text;
  for (std::size_t left = below(rng, 60); left > 0; --left) {
    text += pick(rng, pieces);
    if (below(rng, 3) == 0) text += ' ';
  }
  return text;
}

/// ASCII from the characters that sentence and word rules look at.
inline std::string nasty_ascii(Rng& rng) {
  static constexpr std::string_view characters =
      "aabBzZ019  ..,;:?!'\"()[]{}_@#%&/\\-+*|<>$\t\v\f\x01\x1F\x7F";
  std::string text;
  for (std::size_t left = below(rng, 50); left > 0; --left) text += pick(rng, characters);
  return text;
}

/// Words of a small vocabulary as sentences and blocks, with openers that point back, captions, repeats,
/// prompts and words that count differently by spaces and by Unicode.
inline std::string prose(Rng& rng) {
  static constexpr std::string_view openers[] = {"They", "However,", "It", "But", "This", "She also"};
  static constexpr std::string_view words[] = {
      "river",      "bridge",     "county", "vote",       "ballots",
      "judge",      "steel",      "the",    "of",         "and",
      "farm",       "milk",       "price",  "harvest",    "na\u00EFve",
      "e-mail",     "well-known", "U.S.",   "3.5",        "60%",
      "Kim\u2019s", "--",         "/",      "\U0001F33E", "wheat\u00A0field",
      "caf\u00E9",  "train",      "tunnel", "signal",     "driver",
      "winter",     "storm"};
  std::vector<std::string> blocks;
  for (std::size_t left = 1 + below(rng, 8); left > 0; --left) {
    if (!blocks.empty() && below(rng, 8) == 0) {
      blocks.push_back(pick(rng, blocks));
      continue;
    }
    std::string block;
    for (std::size_t sentences = 1 + below(rng, 4); sentences > 0; --sentences) {
      block += block.empty() ? "" : " ";
      block += below(rng, 4) == 0 ? pick(rng, openers) : "Today";
      for (std::size_t count = 2 + below(rng, 12); count > 0; --count)
        block.append(" ").append(pick(rng, words));
      block += pick(rng, std::string_view("...?!"));
    }
    const std::size_t kind = below(rng, 10);
    if (kind == 0) block += " [A. Name/AFP]";
    if (kind == 1) block = "Read more: " + block.substr(0, block.find(' ', 20));
    blocks.push_back(block);
  }
  std::string text;
  for (const std::string& block : blocks) text += block + "\n\n";
  return text;
}

/// Whether two summaries are equal in everything that can be read from them.
inline void expect_equal(const Summary& a, const Summary& b) {
  EXPECT_EQ(a.method(), b.method());
  EXPECT_EQ(a.text(), b.text());
  EXPECT_TRUE(std::ranges::equal(a.salience(), b.salience()));
  EXPECT_EQ(a.selection().chosen, b.selection().chosen);
  EXPECT_EQ(a.selection().ranking, b.selection().ranking);
  EXPECT_EQ(a.selection().reasons, b.selection().reasons);
  EXPECT_EQ(a.selection().dangling, b.selection().dangling);
  EXPECT_EQ(a.selection().notes, b.selection().notes);
  EXPECT_EQ(to_json(a, {.all_sentences = true}), to_json(b, {.all_sentences = true}));
  ASSERT_EQ(a.documents().size(), b.documents().size());
  for (std::size_t d = 0; d < a.documents().size(); ++d) {
    EXPECT_EQ(a.documents()[d].text(), b.documents()[d].text());
    EXPECT_EQ(a.documents()[d].parts(), b.documents()[d].parts());
  }
}

}  // namespace nutgraf::test
