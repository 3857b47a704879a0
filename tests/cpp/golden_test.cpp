// The cases of tests/golden, which the Python tests read too.

#include "support.h"

namespace nutgraf::test {
namespace {

using Strings = std::vector<std::string>;

Json read_json(const std::string& path) {
  return Json::parse(read_golden(path));
}

TEST(Golden, Sentences) {
  for (const Json& item : read_json("sentences.json")) {
    const std::string text = item["text"];
    EXPECT_EQ(sentences_of(segment(text, {.lang = item.value("lang", "")})), item["sentences"].get<Strings>())
        << item["class"] << ": " << text;
  }
}

TEST(Golden, Words) {
  for (const Json& item : read_json("words.json")) {
    const std::string text = item["text"];
    const Document document = segment(text);
    Json words = Json::array();
    for (std::size_t w = 0; w < document.word_spans().size(); ++w) {
      words.push_back({document.slice(document.word_spans()[w]),
                       document.word_kinds()[w] == WordKind::letters ? "letters" : "number"});
    }
    EXPECT_EQ(words, item["words"]) << text;
  }
}

TEST(Golden, Formats) {
  const Json files = read_json("formats.json");
  for (const auto& [file, expected] : files.items()) {
    const Document document = segment(read_golden("formats/" + file));
    Json found = Json::array();
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
      const Block& block = document.blocks()[static_cast<std::size_t>(b)];
      const IndexRange range = document.sentences_of_block(b);
      Json sentences = Json::array();
      for (std::int32_t s = range.first; s < range.last; ++s) sentences.push_back(document.display(s));
      found.push_back({name(block.role), block.level, block.section, document.display_block(b), sentences});
    }
    EXPECT_EQ(found, expected) << file;
  }
}

class Article : public testing::TestWithParam<const char*> {
 protected:
  const Json golden = read_json("articles/" + std::string(GetParam()) + ".json");
  const std::string text = read_golden("articles/" + golden["file"].get<std::string>());
  const Document document = segment(text);

  static std::string on_one_line(std::string_view part) {
    std::string line(part);
    std::erase(line, '\r');
    std::ranges::replace(line, '\n', ' ');
    return line;
  }

  /// Calls use(summary) for summaries of all methods and of 1 to 6 sentences.
  template <typename Use>
  void for_each_summary(Use use) const {
    for (const std::string_view method : methods()) {
      for (int sentences = 1; sentences <= 6; ++sentences) {
        SCOPED_TRACE(std::string(method) + ", " + std::to_string(sentences) + " sentences");
        use(summarize(document, {.sentences = sentences, .method = std::string(method)}));
      }
    }
  }
};

TEST_P(Article, Roles) {
  Json found = Json::array();
  for (const Block& block : document.blocks()) {
    const std::string line = on_one_line(document.slice(block.span));
    const std::vector<CodePoint> points = code_points(line);
    const auto size = points.size() > 24 ? static_cast<std::size_t>(points[24].begin) : line.size();
    found.push_back({line.substr(0, size), name(block.role)});
  }
  EXPECT_EQ(found, golden["roles"]);
}

TEST_P(Article, Duplicates) {
  Json found = Json::array();
  for (std::size_t b = 0; b < document.blocks().size(); ++b) {
    if (document.blocks()[b].duplicate_of >= 0) found.push_back({b, document.blocks()[b].duplicate_of});
  }
  EXPECT_EQ(found, golden["duplicates"]);
}

TEST_P(Article, NoSentenceBoundaryInsideAWhole) {
  const auto count = [](const std::string& part, std::string_view where) {
    int found = 0;
    for (auto at = where.find(part); at != std::string_view::npos; at = where.find(part, at + 1)) ++found;
    return found;
  };
  for (const std::string whole : golden["whole"]) {
    int inside = 0;
    for (const Span s : document.sentence_spans()) inside += count(whole, on_one_line(document.slice(s)));
    EXPECT_GT(inside, 0) << whole;
    EXPECT_EQ(inside, count(whole, on_one_line(text))) << whole;
  }
}

TEST_P(Article, SentencesOfTheBody) {
  Strings found;
  for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
    const Block& block = document.blocks()[static_cast<std::size_t>(document.block_of_sentence(s))];
    if (block.role != Role::body) continue;
    found.push_back(on_one_line(document.slice(document.sentence_spans()[static_cast<std::size_t>(s)])));
  }
  EXPECT_EQ(found, golden["sentences"].get<Strings>());
}

TEST_P(Article, NeverShown) {
  for_each_summary([&](const Summary& summary) {
    for (const std::string part : golden["never_shown"])
      EXPECT_EQ(summary.text().find(part), std::string::npos) << part;
    EXPECT_FALSE(summary.sentences().empty());
  });
}

TEST_P(Article, WhatPointsBackStandsAfterItsSentence) {
  for_each_summary([&](const Summary& summary) {
    std::string before;
    for (const SummarySentence& s : summary.sentences()) {
      const std::string shown = on_one_line(document.slice(s.span));
      for (const Json& pair : golden["after"]) {
        if (!shown.starts_with(pair[0].get<std::string>())) continue;
        EXPECT_TRUE(before.starts_with(pair[1].get<std::string>())) << shown << "\nstands after\n" << before;
      }
      before = shown;
    }
  });
}

TEST(Golden, ModelsOfEveryRelease) {
  for (const Json& item : read_json("models.json")) {
    const std::string bytes = read_golden("models/" + item["file"].get<std::string>());
    const std::string kind(kind_of_model(bytes));
    EXPECT_EQ(kind, item["kind"]);
    const TfidfModel model = kind.starts_with("statistics")
                                 ? TfidfModel::fit(TermStatistics::from_bytes(bytes))
                                 : TfidfModel::from_bytes(bytes);
    EXPECT_EQ(model.rows(), item["rows"]);
    Strings terms;
    for (std::int32_t id = 0; id < model.vocabulary().size(); ++id)
      terms.emplace_back(model.vocabulary().term(id));
    EXPECT_EQ(terms, item["terms"].get<Strings>());
    const auto frequencies = model.document_frequencies();
    EXPECT_EQ(std::vector<std::int64_t>(frequencies.begin(), frequencies.end()),
              item["document_frequencies"].get<std::vector<std::int64_t>>());
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, Article, testing::Values("election", "railway", "vaccine"),
                         [](const auto& article) { return std::string(article.param); });

}  // namespace
}  // namespace nutgraf::test
