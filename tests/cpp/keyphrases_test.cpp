#include "nutgraf/keyphrases.h"

#include <set>

#include "support.h"
#include "support/data_tables.h"

namespace nutgraf::test {
namespace {

using Strings = std::vector<std::string>;

Strings texts_of(const std::vector<Keyphrase>& phrases) {
  Strings found;
  for (const Keyphrase& phrase : phrases) found.push_back(phrase.text);
  return found;
}

bool holds(const Strings& found, std::string_view text) {
  return std::ranges::find(found, text) != found.end();
}

void expect_sound(const std::vector<Keyphrase>& phrases, std::string_view text, std::int32_t top) {
  EXPECT_LE(phrases.size(), static_cast<std::size_t>(top));
  std::set<std::pair<std::int32_t, std::int32_t>> first_spans;
  double before = std::numeric_limits<double>::infinity();
  for (const Keyphrase& phrase : phrases) {
    EXPECT_GT(phrase.score, 0);
    EXPECT_LE(phrase.score, before);
    before = phrase.score;
    ASSERT_FALSE(phrase.spans.empty());
    const Span first = phrase.spans.front();
    EXPECT_EQ(phrase.text, text.substr(first.begin, first.size()));
    EXPECT_TRUE(first_spans.emplace(first.begin, first.end).second);
    std::int32_t last_begin = -1;
    for (const Span span : phrase.spans) {
      EXPECT_LT(last_begin, span.begin);
      EXPECT_LT(span.begin, span.end);
      EXPECT_LE(span.end, static_cast<std::int32_t>(text.size()));
      last_begin = span.begin;
    }
  }
}

TEST(Keyphrases, Invariants) {
  Rng rng(1);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = i % 4 == 0 ? prose(rng) : i % 4 == 1 ? nasty_ascii(rng) : nasty_text(rng);
    const KeyphraseOptions options{.top = static_cast<std::int32_t>(1 + below(rng, 20)),
                                   .lang = std::string(pick(rng, languages()))};
    const auto found = keyphrases(text, options);
    expect_sound(found, text, options.top);
    EXPECT_EQ(found, keyphrases(segment(text, {.lang = options.lang}), {.top = options.top}));
    auto more = keyphrases(text, {.top = 1000, .lang = options.lang});
    expect_sound(more, text, 1000);
    more.resize(std::min(more.size(), static_cast<std::size_t>(options.top)));
    EXPECT_EQ(found, more);
  }
}

TEST(Keyphrases, ThreadsChangeNothing) {
  Rng rng(2);
  Strings texts(articles());
  for (int i = 0; i < 60; ++i) texts.push_back(i % 2 ? prose(rng) : nasty_text(rng));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const int threads : {1, 2, 7}) {
    const auto found = keyphrases_many(views, {}, {.threads = threads});
    ASSERT_EQ(found.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
      EXPECT_EQ(std::get<std::vector<Keyphrase>>(found[i]), keyphrases(texts[i]));
  }
}

TEST(Keyphrases, NothingToFind) {
  EXPECT_TRUE(keyphrases("").empty());
  EXPECT_TRUE(keyphrases(Document()).empty());
  EXPECT_TRUE(keyphrases(" \n ... \n").empty());
  EXPECT_TRUE(keyphrases("the of and 12", {.lang = "en"}).empty());
}

TEST(Keyphrases, PhrasesInsideBetterOnesAreLeftOut) {
  const std::string text =
      "The harbour bridge closed. Nobody crossed the harbour bridge. Engineers looked at the harbour bridge.";
  const Strings found = texts_of(keyphrases(text, {.top = 100, .lang = "en"}));
  EXPECT_EQ(found.front(), "harbour bridge");
  EXPECT_FALSE(holds(found, "harbour"));
  EXPECT_FALSE(holds(found, "bridge"));
}

TEST(Keyphrases, FormsOfAWordAreOne) {
  const auto found = keyphrases("Stone bridges. A stone bridge.", {.top = 1, .lang = "en"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].spans.size(), 2U);
}

TEST(Keyphrases, WhatSplitsPhrases) {
  const auto of = [](std::string_view text, std::string_view lang) {
    return texts_of(keyphrases(text, {.top = 100, .lang = std::string(lang)}));
  };
  EXPECT_FALSE(holds(of("Crossed harbour, bridge closed", "en"), "harbour, bridge"));
  EXPECT_FALSE(holds(of("Crossed harbour. Bridge closed", "en"), "harbour. Bridge"));
  EXPECT_TRUE(holds(of("harbour\nbridge", "en"), "harbour\nbridge") ||
              of("harbour\nbridge", "en").size() == 2);
  EXPECT_TRUE(holds(of("l'été des chemins de fer", "fr"), "chemins de fer"));
  EXPECT_TRUE(holds(of("l\u2019eau br\u00FBlante", "fr"), "eau br\u00FBlante"));
  EXPECT_FALSE(holds(of("the port of Calder", "en"), "port of Calder"));
  EXPECT_TRUE(holds(of("the third-largest port", "en"), "third-largest port"));
}

TEST(Keyphrases, ChainsOfAMillionParts) {
  for (const std::string_view part : {"ab-", "ab\u2010", "l'", "d\u2019", "ab ", "1", "AB\n", "\u4E2D"}) {
    std::string text;
    while (text.size() < 1'000'000) text += part;
    text += "eau";
    expect_sound(keyphrases(text, {.lang = "fr"}), text, 10);
  }
}

TEST(Keyphrases, FurnitureIsNotRead) {
  const std::string& article = articles()[1];
  const auto plain = keyphrases(article);
  const std::string caption = "\n\nA crane in the harbour at dawn [Jo Marlow/NPA]";
  EXPECT_EQ(plain, keyphrases(article + caption));
  EXPECT_EQ(plain, keyphrases(article + caption + caption));
  // Nothing else is there: then it is.
  EXPECT_FALSE(keyphrases("A crane in the harbour at dawn [Jo Marlow/NPA]").empty());
}

TEST(Keyphrases, Errors) {
  for (const std::int32_t top : {0, -3}) {
    const KeyphraseOptions options{.top = top};
    const std::string message = "top is " + std::to_string(top) + "; it must be 1 or more";
    expect_error(ErrorKind::invalid_argument, message, [&] { keyphrases("A text.", options); });
    expect_error(ErrorKind::invalid_argument, message, [&] { keyphrases(Document(), options); });
    expect_error(ErrorKind::invalid_argument, message, [&] { keyphrases_many({}, options); });
  }
  expect_error(ErrorKind::invalid_argument, "unknown language",
               [] { keyphrases("A text.", {.lang = "xx"}); });
  expect_error(ErrorKind::invalid_argument, "unknown language", [] { keyphrases_many({}, {.lang = "xx"}); });
  EXPECT_EQ(expect_error(ErrorKind::invalid_text, "", [] { keyphrases("abc\xFF"); }), 3);
  const std::vector<std::string_view> texts = {"The harbour closed.", "\xFF"};
  const auto found = keyphrases_many(texts);
  EXPECT_FALSE(std::get<std::vector<Keyphrase>>(found[0]).empty());
  EXPECT_EQ(std::get<Error>(found[1]).kind(), ErrorKind::invalid_text);
}

TEST(Keyphrases, StopsOnRequest) {
  std::stop_source source;
  source.request_stop();
  const Document document = segment("The harbour closed.");
  expect_error(ErrorKind::cancelled, "", [&] { keyphrases(document, {}, {.stop = source.get_token()}); });
}

/// Lists name known languages, hold each word once, and are in lower case.
TEST(KeyphraseData, ListsAreSound) {
  for (const std::string_view file : {"link_words", "verb_cues", "general_words"}) {
    std::set<std::string> seen;
    for (std::string_view line : data_lines(file)) {
      const std::string_view lang = take_field(line);
      EXPECT_FALSE(stop_words(lang).empty()) << lang;
      std::string_view kind;
      if (file != "link_words") kind = take_field(line);
      EXPECT_TRUE(file != "verb_cues" || kind == "before" || kind == "after") << kind;
      if (file == "general_words") kind = {};  // a word is of one class
      while (!line.empty()) {
        const std::string_view word = take_word(line);
        EXPECT_FALSE(word.empty()) << file << ' ' << lang;
        EXPECT_EQ(word.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ\t"), std::string_view::npos) << word;
        EXPECT_EQ(word.find("\u2019"), std::string_view::npos) << word;
        EXPECT_TRUE(seen.insert(std::string(lang).append(kind) + '\t' + std::string(word)).second)
            << file << ' ' << lang << ' ' << kind << ' ' << word;
      }
    }
  }
}

}  // namespace
}  // namespace nutgraf::test
