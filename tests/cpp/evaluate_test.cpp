#include "nutgraf/evaluate.h"

#include <gtest/gtest.h>

#include "nutgraf/error.h"
#include "nutgraf/evaluation.h"
#include "nutgraf/render.h"
#include "nutgraf/segment.h"

namespace nutgraf {
namespace {

const std::string_view three_words[] = {"testing one two"};

TEST(Rouge, ScoresInTheOrderOfTheTypes) {
  const std::string_view types[] = {"rouge2", "rouge1", "rougeL"};
  const auto scores = rouge("testing one", three_words, types);
  ASSERT_EQ(scores.size(), 3U);
  EXPECT_DOUBLE_EQ(scores[0].recall, 0.5);
  EXPECT_DOUBLE_EQ(scores[1].recall, 2.0 / 3);
  EXPECT_DOUBLE_EQ(scores[2].fmeasure, 0.8);
}

TEST(Rouge, LongLinesAreAsShortOnes) {
  // Lines of more than 64 words take another way; cut in two they have the same words in the same order.
  std::string words, reference;
  for (int i = 0; i < 150; ++i) {
    words += "w" + std::to_string(i % 40) + " ";
    reference += "w" + std::to_string(i * 7 % 50) + " ";
  }
  const std::string_view references[] = {reference}, types[] = {"rougeL", "rougeLsum"};
  const auto scores = rouge(words, references, types);
  EXPECT_DOUBLE_EQ(scores[0].fmeasure, scores[1].fmeasure);
}

TEST(Rouge, SaysWhatIsWrong) {
  const std::string_view known[] = {"rouge1"}, unknown[] = {"rouge10"};
  EXPECT_THROW(rouge("a", {}, known), Error);
  EXPECT_THROW(rouge("a", three_words, unknown), Error);
  EXPECT_THROW(rouge("\xFF", three_words, known), Error);
  const std::string_view texts[] = {"a", "\xFF"};
  const std::vector<std::string_view> references[] = {{"a"}, {"a"}};
  try {
    rouge_many(texts, references, known);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_text);
    EXPECT_EQ(std::string_view(error.what()).substr(0, 6), "row 1:");
  }
}

TEST(Oracle, FindsWhatTheReferenceSays) {
  const Document document = segment("The harbour closed. Ships waited outside. Pilots left.");
  const std::string_view references[] = {"Ships waited and pilots left"};
  EXPECT_EQ(oracle(document, references, {.sentences = 2}), (std::vector<std::int32_t>{1, 2}));
  EXPECT_EQ(oracle(document, references, {.sentences = 1, .search = OracleSearch::exact}),
            (std::vector<std::int32_t>{2}));
  const std::string_view other[] = {"Nothing alike"};
  EXPECT_TRUE(oracle(document, other).empty());
}

TEST(Stemmer, FollowsPorter) {
  const std::pair<std::string_view, std::string_view> words[] = {
      {"caresses", "caress"}, {"ponies", "poni"},           {"ties", "tie"},       {"agreed", "agre"},
      {"hopping", "hop"},     {"filing", "file"},           {"happy", "happi"},    {"relational", "relat"},
      {"rational", "ration"}, {"adjustment", "adjust"},     {"adoption", "adopt"}, {"controlling", "control"},
      {"skies", "sky"},       {"vietnamization", "vietnam"}};
  for (const auto& [word, stem] : words) EXPECT_EQ(porter_stem(word), stem);
}

std::vector<Example> mills() {
  std::vector<Example> examples;
  for (const char* place :
       {"Alder", "Brenn", "Cove", "Dunn", "Elm", "Fern", "Glen", "Holm", "Isle", "Jura"}) {
    const std::string name(place);
    const std::string text = "A fire broke out at the mill of " + name +
                             ". Crews came before dawn. Smoke stood above " + name +
                             " all day. The mill of " + name + " will open again in May.";
    const std::string said = "Mill of " + name + " will open again in May";
    examples.push_back({segment(std::string_view(text), {.lang = "en"}), {said}});
  }
  return examples;
}

TEST(Evaluation, TableSaysWhatIsBest) {
  const std::vector<Example> examples = mills();
  const std::string_view methods[] = {"mix"};
  const Evaluation found = evaluate(examples, methods, {.sentences = 1});
  ASSERT_EQ(found.rows.size(), 4U);
  EXPECT_EQ(found.rows[0].system, "lead");
  EXPECT_EQ(found.rows[3].system, "oracle");
  EXPECT_GT(found.rows[3].rouge1, 90);
  EXPECT_EQ(found.rows[0].places[0], 1);
  EXPECT_EQ(found.rows[3].places[7], 1);
  EXPECT_NE(found.verdict().find("the first sentences are enough"), std::string::npos);
  EXPECT_TRUE(to_table(found).ends_with(found.verdict() + "\n"));
  EXPECT_EQ(evaluate(examples, methods, {.sentences = 1}, {.threads = 3}).rows, found.rows);
  EXPECT_THROW(evaluate({}, methods), Error);
}

TEST(Evaluation, TableEscapesNames) {
  Evaluation evil{.rows = {{.system = "<b>&"}}, .texts = 1};
  EXPECT_NE(to_html(evil).find("&lt;b&gt;&amp;"), std::string::npos);
}

TEST(Fit, LearnsWhichSentenceIsWanted) {
  const std::vector<Example> examples = mills();
  const Fitted fitted = fit(examples);
  EXPECT_EQ(fitted.options.sentences, 1);
  EXPECT_TRUE(fitted.advice.starts_with("Use what was fitted")) << fitted.advice;
  const Document unseen = segment(
      "A fire broke out at the mill of Kyle. Crews came before dawn. Smoke stood above "
      "Kyle all day. The mill of Kyle will open again in May.",
      {.lang = "en"});
  SummarizeOptions options = fitted.options;
  options.weights = &fitted.weights;
  EXPECT_EQ(summarize(unseen, options).text(), "The mill of Kyle will open again in May.");
  EXPECT_EQ(fit(examples, {}, {.threads = 2}).weights.weights, fitted.weights.weights);
  EXPECT_THROW(fit(std::span(examples).first(4)), Error);
}

}  // namespace
}  // namespace nutgraf
