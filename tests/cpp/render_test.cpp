#include "nutgraf/render.h"

#include <clocale>

#include "support.h"

namespace nutgraf::test {
namespace {

const std::string hostile =
    "<script>alert(1)</script> & \"quotes\" 'here' come first. </style><b onload=\"x\">Second & last</b> is "
    "here. "
    "Third has <!-- a comment --> and \\ a backslash.";

std::vector<std::string> texts() {
  std::vector<std::string> found = articles();
  found.push_back(hostile);
  found.push_back("");
  Rng rng(1);
  for (int i = 0; i < 200; ++i) found.push_back(i % 4 ? nasty_text(rng) : prose(rng));
  return found;
}

/// HTML with the tags that nutgraf writes taken out, and every other "<", ">" or stray "&" marked by a
/// failure.
std::string text_of_html(std::string html) {
  const auto style_end = html.find("</style>");
  html.erase(html.find("<style>"), style_end + 8 - html.find("<style>"));
  static constexpr std::string_view tags[] = {"<div>",  "<div ",   "</div>", "<p>",     "<p ",   "</p>",
                                              "<mark ", "</mark>", "<span ", "</span>", "<sup>", "</sup>"};
  static constexpr std::string_view entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
  static constexpr std::string_view characters = "&<>\"'";
  std::string text;
  for (std::size_t i = 0; i < html.size();) {
    const std::string_view rest = std::string_view(html).substr(i);
    const auto begins = [&](std::string_view what) { return rest.starts_with(what); };
    if (std::ranges::any_of(tags, begins)) {
      i += rest.find('>') + 1;
    } else if (const auto entity = std::ranges::find_if(entities, begins); entity != std::end(entities)) {
      text += characters[static_cast<std::size_t>(entity - entities)];
      i += entity->size();
    } else {
      EXPECT_EQ(characters.find(rest[0]), std::string_view::npos) << rest.substr(0, 30);
      text += html[i++];
    }
  }
  return text;
}

TEST(Html, Escape) {
  EXPECT_EQ(escape_html("a & b < c > d \" e ' f"), "a &amp; b &lt; c &gt; d &quot; e &#39; f");
  EXPECT_EQ(escape_html("\u00E9\u4E2D"), "\u00E9\u4E2D");
}

TEST(Html, NothingOfTheTextIsMarkup) {
  for (const std::string& text : texts()) {
    const Summary summary = summarize(text, {.sentences = 2});
    const std::string html = to_html(summary);
    EXPECT_EQ(html.find("<script"), std::string::npos);
    EXPECT_EQ(html.find("<!--"), std::string::npos);
    const std::string shown = text_of_html(html);
    for (const SummarySentence& s : summary.sentences())
      EXPECT_NE(shown.find(summary.display(s)), std::string::npos) << text;
    // Every block of the article is there, whole but for the ranks of its chosen sentences.
    for (const SummarySentence& s : summary.all_sentences()) {
      EXPECT_NE(shown.find(summary.documents()[0].slice(s.span)), std::string::npos) << text;
    }
  }
}

TEST(Html, OpensAndClosesItsTags) {
  for (const std::string& text : texts()) {
    const std::string html = to_html(summarize(text));
    EXPECT_TRUE(html.starts_with("<div class=\"nutgraf\">"));
    std::vector<std::string> open;
    for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
      const bool closes = html[at + 1] == '/';
      const std::string tag = html.substr(at + 1 + closes, html.find_first_of(" >", at) - at - 1 - closes);
      if (!closes) {
        open.push_back(tag);
        continue;
      }
      ASSERT_FALSE(open.empty()) << text;
      ASSERT_EQ(open.back(), tag) << text;
      open.pop_back();
    }
    EXPECT_TRUE(open.empty());
  }
}

TEST(JsonOfSummary, SaysWhatTheSummarySays) {
  for (const std::string& text : texts()) {
    const Summary summary = summarize(text, {.words = 60});
    for (const bool all : {false, true}) {
      const Json json = Json::parse(to_json(summary, {.all_sentences = all}));
      EXPECT_EQ(json["method"], summary.method());
      EXPECT_EQ(json["text"], summary.text());
      std::vector<std::string> notes;
      for (const Note note : summary.notes()) notes.emplace_back(name(note));
      EXPECT_EQ(json["notes"], Json(notes));
      const auto chosen = summary.sentences();
      const std::vector<SummarySentence> expected =
          all ? summary.all_sentences() : std::vector(chosen.begin(), chosen.end());
      ASSERT_EQ(json["sentences"].size(), expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const Json& found = json["sentences"][i];
        const SummarySentence& s = expected[i];
        const auto begin = found["begin"].get<std::size_t>(), end = found["end"].get<std::size_t>();
        EXPECT_EQ(found["text"], text.substr(begin, end - begin));
        EXPECT_EQ(begin, static_cast<std::size_t>(s.span.begin));
        EXPECT_EQ(found["index"], s.index);
        EXPECT_EQ(found["rank"], s.rank);
        EXPECT_EQ(found["block"], s.block);
        EXPECT_EQ(found["salience"].get<float>(), s.salience);
        EXPECT_EQ(found["role"], name(s.role));
        EXPECT_EQ(found["reason"], name(s.reason));
        EXPECT_EQ(found["chosen"], s.reason == Reason::chosen);
        EXPECT_EQ(found["dangling"], s.dangling);
      }
    }
  }
}

TEST(JsonOfDocument, SaysWhatTheDocumentSays) {
  for (const std::string& text : texts()) {
    const Document document = segment(text);
    const Json json = Json::parse(to_json(document));
    EXPECT_EQ(json["lang"], document.lang());
    ASSERT_EQ(json["blocks"].size(), document.blocks().size());
    std::size_t sentence = 0;
    for (std::size_t b = 0; b < document.blocks().size(); ++b) {
      const Json& found = json["blocks"][b];
      const Block& block = document.blocks()[b];
      EXPECT_EQ(found["role"], name(block.role));
      EXPECT_EQ((Span{found["begin"], found["end"]}), block.span);
      EXPECT_EQ(found["duplicate_of"], block.duplicate_of);
      EXPECT_EQ(found["section"], block.section);
      for (const Json& s : found["sentences"]) {
        ASSERT_LT(sentence, document.sentence_spans().size());
        EXPECT_EQ((Span{s["begin"], s["end"]}), document.sentence_spans()[sentence]);
        EXPECT_EQ(s["text"], document.slice(document.sentence_spans()[sentence++]));
      }
    }
    EXPECT_EQ(sentence, document.sentence_spans().size());
  }
}

/// What is written in a locale with a decimal comma; nothing where none is installed.
template <typename Write>
std::optional<std::string> with_decimal_comma(Write write) {
  const std::string before = std::setlocale(LC_NUMERIC, nullptr);
  std::optional<std::string> written;
  for (const char* locale :
       {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "fr_FR.utf8", "ru_RU.UTF-8", "nl_NL.UTF-8"}) {
    if (written || !std::setlocale(LC_NUMERIC, locale)) continue;
    if (std::string_view(std::localeconv()->decimal_point) == ",") written = write();
  }
  std::setlocale(LC_NUMERIC, before.c_str());
  return written;
}

TEST(JsonOfSummary, DoesNotDependOnTheLocale) {
  const Summary summary =
      summarize("Red birds sing. Blue fish swim. Green birds sing too.", {.sentences = 2});
  const auto write = [&] { return to_json(summary, {.all_sentences = true}); };
  const auto written = with_decimal_comma(write);
  if (!written) GTEST_SKIP() << "no locale with a decimal comma is installed";
  EXPECT_EQ(*written, write());
}

TEST(TableOfEvaluation, DoesNotDependOnTheLocale) {
  const Evaluation found{.rows = {{.system = "mix", .rouge1 = 31.5, .gain = 1.25, .interval = {0.5, 2}}},
                         .texts = 20};
  const auto write = [&] { return to_table(found) + to_html(found); };
  EXPECT_NE(write().find("+0.50 to +2.00"), std::string::npos);
  EXPECT_NE(write().find("by 1.2 of ROUGE-1 (95 % interval 0.5 to 2.0)"), std::string::npos);
  const auto written = with_decimal_comma(write);
  if (!written) GTEST_SKIP() << "no locale with a decimal comma is installed";
  EXPECT_EQ(*written, write());
}

TEST(Report, NamesEverySentence) {
  for (const std::string& text : texts()) {
    const Summary summary = summarize(text, {.sentences = 2});
    const std::string report = to_report(summary);
    const std::string folded = fold_spaces(report);
    const auto border = folded.find("Left out");
    ASSERT_NE(border, std::string::npos);
    for (const SummarySentence& s : summary.all_sentences()) {
      const auto at = folded.find(summary.display(s), s.reason == Reason::chosen ? 0 : border);
      EXPECT_NE(at, std::string::npos) << summary.display(s);
    }
    for (const Note note : summary.notes()) EXPECT_NE(report.find(name(note)), std::string::npos);
  }
}

TEST(Report, SaysWhy) {
  const std::string report = to_report(summarize(articles()[0], {.words = 30}));
  for (const std::string_view part :
       {"role headline", "role caption", "repeats block 4", "does not fit the budget"}) {
    EXPECT_NE(report.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace nutgraf::test
