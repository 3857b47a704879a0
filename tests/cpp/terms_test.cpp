#include "nutgraf/terms.h"

#include <map>
#include <regex>
#include <set>

#include "support.h"
#include "unicode/unicode.h"

namespace nutgraf::test {
namespace {

using Strings = std::vector<std::string>;
using Row = std::map<std::string, std::int32_t>;

/// The rows with their terms; fails where the compressed rows are not as promised. Ids ascend, but for those
/// of texts counted without a vocabulary.
std::vector<Row> rows_of(const TermCounts& counts, const Vocabulary& vocabulary, bool ascends = true) {
  std::vector<Row> rows;
  EXPECT_EQ(counts.row_begin.front(), 0);
  EXPECT_EQ(counts.row_begin.back(), static_cast<std::int32_t>(counts.ids.size()));
  EXPECT_EQ(counts.ids.size(), counts.counts.size());
  for (std::size_t r = 0; r + 1 < counts.row_begin.size(); ++r) {
    rows.emplace_back();
    for (auto i = static_cast<std::size_t>(counts.row_begin[r]);
         i < static_cast<std::size_t>(counts.row_begin[r + 1]); ++i) {
      EXPECT_TRUE(!ascends || i == static_cast<std::size_t>(counts.row_begin[r]) ||
                  counts.ids[i - 1] < counts.ids[i]);
      EXPECT_GT(counts.counts[i], 0);
      EXPECT_TRUE(rows.back().emplace(vocabulary.term(counts.ids[i]), counts.counts[i]).second);
    }
  }
  return rows;
}
std::vector<Row> rows_of(const TermCounts& counts, bool ascends = true) {
  return rows_of(counts, counts.vocabulary, ascends);
}

Row terms_of(std::string_view text, const TermOptions& options = {}, std::string lang = "en") {
  const Document documents[] = {segment(text, {.lang = std::move(lang)})};
  Row all;
  for (const Row& row : rows_of(count_terms(documents, options))) {
    for (const auto& [term, count] : row) all[term] += count;
  }
  return all;
}

TEST(Vocabulary, BehavesLikeAMap) {
  Rng rng(1);
  for (const std::size_t expected : {0, 5000}) {
    Vocabulary vocabulary(expected);
    std::map<std::string, std::int32_t> map;
    for (int i = 0; i < 20000; ++i) {
      std::string term;
      for (std::size_t left = below(rng, 20); left > 0; --left)
        term += static_cast<char>(below(rng, i % 2 ? 3 : 256));
      const auto at = map.find(term);
      ASSERT_EQ(vocabulary.find(term), at == map.end() ? -1 : at->second);
      if (below(rng, 2)) continue;
      const auto [entry, is_new] = map.try_emplace(term, static_cast<std::int32_t>(map.size()));
      ASSERT_EQ(vocabulary.add(term), entry->second);
      ASSERT_EQ(vocabulary.size(), static_cast<std::int32_t>(map.size()));
    }
    const Vocabulary copy = vocabulary;
    vocabulary.add("a term that only the first one has");
    EXPECT_EQ(copy.find("a term that only the first one has"), -1);
    std::vector<std::int32_t> sorted;
    for (const auto& [term, id] : map) {
      EXPECT_EQ(copy.term(id), term);
      sorted.push_back(id);
    }
    EXPECT_EQ(copy.byte_order(), sorted);
  }
}

TEST(StopWords, AreSortedAndKnown) {
  EXPECT_GE(stop_word_languages().size(), 40U);
  for (const std::string& lang : stop_word_languages()) {
    const auto words = stop_words(lang);
    EXPECT_GT(words.size(), 50U) << lang;
    EXPECT_TRUE(std::ranges::is_sorted(words)) << lang;
    std::set<std::string> folded;
    for (const auto word : words)
      EXPECT_TRUE(folded.insert(unicode::fold(word)).second) << lang << ' ' << word;
  }
  EXPECT_TRUE(stop_words("und").empty());
  EXPECT_TRUE(stop_words("../prompts").empty());
}

TEST(SentenceTerms, WhatTheyAre) {
  EXPECT_EQ(terms_of("The Judge's ruling pleased the JUDGE."),
            (Row{{"judge", 2}, {"ruling", 1}, {"pleased", 1}}));
  EXPECT_EQ(terms_of("Kim\u2019s ship, KIM'S ship."), (Row{{"kim", 2}, {"ship", 2}}));
  EXPECT_EQ(terms_of("Rock\u2019n\u2019roll, rock'n'roll."), (Row{{"rock'n'roll", 2}}));
  EXPECT_EQ(terms_of("of the"), Row());
  EXPECT_EQ(terms_of("of the", {.stop_words = false}), (Row{{"of", 1}, {"the", 1}}));
  EXPECT_EQ(terms_of("the", {}, "de"), (Row{{"the", 1}}));
  EXPECT_EQ(terms_of("Stra\u00DFe STRASSE \uFB01sh \u00C9T\u00C9", {}, "und"),
            (Row{{"strasse", 2}, {"fish", 1}, {"\u00E9t\u00E9", 1}}));
  EXPECT_EQ(terms_of("SEOUL -- A train left Seoul."), (Row{{"train", 1}, {"left", 1}, {"seoul", 1}}));
  EXPECT_EQ(terms_of("It fell 3.5% to 15,000."), (Row{{"fell", 1}, {"3.5", 1}, {"15,000", 1}}));
}

TEST(SentenceTerms, EveryStopWordIsOneTermThatIsLeftOut) {
  for (const std::string& lang : stop_word_languages()) {
    for (const auto word : stop_words(lang)) {
      EXPECT_EQ(terms_of(std::string(word), {.stop_words = false}, lang).size(), 1U) << lang << ' ' << word;
      // Its term is "let", as if a possessive were taken off.
      const bool is_let_us = lang == "en" && word == "let's";
      EXPECT_EQ(terms_of(std::string(word), {}, lang).empty(), !is_let_us) << lang << ' ' << word;
    }
  }
  EXPECT_EQ(
      terms_of("\u03A4\u0397\u03A3 \u03C4\u03B7\u03C2 \u03BB\u03AF\u03BC\u03BD\u03B7\u03C2", {}, "el").size(),
      1U);
}

TEST(SentenceTerms, BothApostrophesMakeAStopWord) {
  EXPECT_EQ(terms_of("They don't know. They don\u2019t know."), (Row{{"know", 2}}));
}

TEST(SentenceTerms, AgreeWithAPlainCount) {
  Rng rng(2);
  for (int round = 0; round < 500; ++round) {
    std::vector<Document> documents;
    for (std::size_t left = 1 + below(rng, 3); left > 0; --left) {
      documents.push_back(
          segment(below(rng, 2) ? nasty_text(rng) : prose(rng),
                  {.lang = std::string(pick(rng, std::vector<std::string>{"en", "de", "und", ""}))}));
    }
    const TermOptions options{.stop_words = below(rng, 2) == 0};
    std::vector<Row> expected;
    for (const Document& document : documents) {
      for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
        const auto list = stop_words(document.block_lang(document.block_of_sentence(s)));
        std::set<std::string> stop;
        for (const auto word : list) stop.insert(unicode::fold(word));
        Row& row = expected.emplace_back();
        for (std::int32_t w = document.words_of_sentence(s).first; w < document.words_of_sentence(s).last;
             ++w) {
          const Span span = document.word_spans()[static_cast<std::size_t>(w)];
          if (span.begin < document.dateline(s).end) continue;
          static const std::regex typographic("\u2019"), possessive("'[sS]$");
          const std::string word = std::regex_replace(std::string(document.slice(span)), typographic, "'");
          const std::string term = unicode::fold(std::regex_replace(word, possessive, ""));
          if (!options.stop_words || !stop.contains(term)) ++row[term];
        }
      }
    }
    ASSERT_EQ(rows_of(count_terms(documents, options)), expected) << documents[0].text();
  }
}

TEST(TextTerms, AreThoseOfScikitLearn) {
  const auto terms = [](std::string_view text, const AnalyzerOptions& options = {}) {
    return rows_of(count_terms(std::span(&text, 1), options), false).at(0);
  };
  EXPECT_EQ(terms("A cat, a CAT_9 and Don't: x"), (Row{{"cat", 1}, {"cat_9", 1}, {"and", 1}, {"don", 1}}));
  EXPECT_EQ(terms("Cat cat", {.lowercase = false}), (Row{{"Cat", 1}, {"cat", 1}}));
  EXPECT_EQ(terms("The Cat the", {.stop_words = {"the"}}), (Row{{"cat", 1}}));
  EXPECT_EQ(terms("\u00C9T\u00C9 \u4E2D\u6587 \u4E2D 10\u00B2 \u2167\u00BD \u0667\u0668 x\u200Dy_"),
            (Row{{"\u00E9t\u00E9", 1},
                 {"\u4E2D\u6587", 1},
                 {"10\u00B2", 1},
                 {"\u2177\u00BD", 1},
                 {"\u0667\u0668", 1},
                 {"y_", 1}}));
  // A combining mark is no word character: "cafe" and what follows the mark are runs of their own.
  EXPECT_EQ(terms("cafe\u0301s"), (Row{{"cafe", 1}}));
  // The capital I with a dot becomes two characters, the second of which is a mark.
  EXPECT_EQ(terms("\u0130stanbul"), (Row{{"stanbul", 1}}));
  EXPECT_EQ(terms(""), Row());
}

TEST(TextTerms, AgreeWithARegularExpression) {
  static const std::regex words("\\w\\w+");
  Rng rng(3);
  for (int round = 0; round < 500; ++round) {
    Strings texts;
    std::vector<Row> expected;
    for (std::size_t left = below(rng, 4); left > 0; --left) {
      std::string text = nasty_ascii(rng);
      std::ranges::replace_if(
          text, [](char c) { return c < ' '; }, '_');
      texts.push_back(text);
      std::ranges::transform(text, text.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      Row& row = expected.emplace_back();
      for (std::sregex_iterator at(text.begin(), text.end(), words), end; at != end; ++at) ++row[at->str()];
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    ASSERT_EQ(rows_of(count_terms(views), false), expected);

    Vocabulary known;
    for (const std::string_view term : {"ab", "bb", "a_", "00", "99"}) known.add(term);
    // Few rows with a large vocabulary are put in order in another way.
    for (int unused = 0; round % 2 && unused < 2000; ++unused) known.add("\u00E9" + std::to_string(unused));
    const TermCounts counts = count_terms(views, {}, &known);
    EXPECT_EQ(counts.vocabulary.size(), 0);
    for (Row& row : expected)
      std::erase_if(row, [&](const auto& entry) { return known.find(entry.first) < 0; });
    ASSERT_EQ(rows_of(counts, known), expected);
  }
}

TEST(TextTerms, AgreeWithAWalkOverTheCharacters) {
  Rng rng(11);
  for (int round = 0; round < 300; ++round) {
    // Some texts have more tokens than are found at once, some one that goes on and on.
    const std::size_t spaces = below(rng, 6), pieces = below(rng, round % 20 ? 300 : 6000);
    std::string text;
    for (std::size_t i = 0; i < pieces; ++i) {
      static constexpr const char* others[] = {"a",      "b",      "_",      "7",
                                               "\u00E9", "\u2019", "\u4E2D", "\U00010428"};
      text += below(rng, 6) < spaces ? " " : others[below(rng, below(rng, 2) ? std::size(others) : 3)];
    }
    std::vector<std::string> expected;
    std::size_t begin = 0, characters = 0;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t here = at;
      if (at < text.size() && unicode::is_regex_word(unicode::next_code_point(text, at))) {
        if (characters++ == 0) begin = here;
        continue;
      }
      if (characters > 1) expected.push_back(text.substr(begin, here - begin));
      characters = 0;
      if (here == text.size()) break;
    }
    ASSERT_EQ(terms_of_text(text, {}), expected) << text;
    std::erase_if(expected, [](const std::string& token) { return token == "aa" || token == "\u00E9a"; });
    ASSERT_EQ(terms_of_text(text, {.stop_words = {"aa", "\u00E9a"}}), expected) << text;
  }
}

TEST(TextTerms, ErrorsNameTheRow) {
  const std::string_view texts[] = {"fine", "also \u00E9", "bad \xFF"};
  EXPECT_EQ(expect_error(ErrorKind::invalid_text, "text 2", [&] { count_terms(texts); }), 4);
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "",
               [&] { count_terms(texts, {}, nullptr, {.stop = source.get_token()}); });
}

}  // namespace
}  // namespace nutgraf::test
