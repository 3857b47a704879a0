#include "nutgraf/select.h"

#include <cmath>
#include <set>

#include "select/coherence.h"
#include "support.h"

namespace nutgraf::test {
namespace {

using Rows = std::vector<std::int32_t>;

/// One document with the scores and vectors that a test wants.
struct Given {
  std::vector<Document> documents;
  std::vector<float> salience;
  SentenceVectors vectors;

  explicit Given(std::string_view text, std::vector<float> scores = {})
      : documents{segment(text, {.lang = "en"})},
        salience(std::move(scores)),
        vectors(sentence_vectors(documents)) {
    if (salience.empty()) salience = nutgraf::salience(documents, vectors).scores;
  }
  Selection select(const Budget& budget = {}, const SelectOptions& options = {}) const {
    return nutgraf::select(documents, salience, vectors, budget, options);
  }
};

const std::string four = "Red birds sing. Blue fish swim. Green frogs jump. Grey mice hide.";

TEST(Select, TakesTheMostSalientAndTiesByPosition) {
  EXPECT_EQ(Given(four, {1, 3, 2, 4}).select({.sentences = 2}).chosen, (Rows{3, 1}));
  EXPECT_EQ(Given(four, {1, 1, 1, 1}).select({.sentences = 2}).ranking, (Rows{0, 1, 2, 3}));
  EXPECT_EQ(Given(four, {-4, -3, -2, -1}).select({.sentences = 1}).chosen, (Rows{3}));
  EXPECT_EQ(Given(four).select().chosen.size(), static_cast<std::size_t>(default_sentences));
  EXPECT_EQ(Given(four).select({.sentences = 99}).chosen.size(), 4U);
}

TEST(Select, LengthsAreCeilings) {
  const Given given(four, {4, 3, 2, 1});
  EXPECT_EQ(given.select({.words = 6}).chosen, (Rows{0, 1}));
  EXPECT_EQ(given.select({.words = 5}).chosen, (Rows{0}));
  EXPECT_EQ(given.select({.chars = 15 + 1 + 15}).chosen, (Rows{0, 1}));
  EXPECT_EQ(given.select({.chars = 15 + 1 + 14}).chosen, (Rows{0}));
  EXPECT_EQ(given.select({.words = 2}).chosen, (Rows{}));
  EXPECT_EQ(given.select({.words = 2}).notes, (std::vector{Note::budget_too_small}));
  EXPECT_EQ(given.select({.sentences = 1, .words = 99, .chars = 99}).chosen, (Rows{0}));
  EXPECT_EQ(given.select({.sentences = 9, .words = 99, .chars = 16}).chosen, (Rows{0}));
  // A shorter one further down may still fit.
  const Given mixed("A very long sentence about birds comes first. Fish swim.", {2, 1});
  EXPECT_EQ(mixed.select({.words = 3}).chosen, (Rows{1}));
  EXPECT_EQ(mixed.select({.words = 3}).reasons, (std::vector{Reason::budget, Reason::chosen}));
}

TEST(Select, NearDuplicatesAreTakenOnce) {
  const Given given(
      "The old bridge over the river closed today. Today the old bridge over the river closed. Fish swim.",
      {3, 2, 1});
  const Selection selection = given.select();
  EXPECT_EQ(selection.chosen, (Rows{0, 2}));
  EXPECT_EQ(selection.reasons[1], Reason::redundant);
  EXPECT_EQ(given.select({}, {.max_similarity = 2}).chosen, (Rows{0, 1, 2}));
  EXPECT_EQ(given.select({.sentences = 1}).ranking, (Rows{0, 2, 1}))
      << "a larger budget takes the third sentence, not the second";
}

TEST(Select, SentencesWithoutTermsAreTakenOnceToo) {
  const Given given("Who is it? The lamp fell. Who is it? The glass broke.", {4, 2, 3, 1});
  EXPECT_EQ(given.select({.sentences = 2}).chosen, (Rows{0, 1}));
}

TEST(Select, WhatPointsBackFollowsItsSentence) {
  const std::string text = "Red birds sing. They fly south. But some stay here. Grey mice hide.";
  const Given given(text, {1, 9, 8, 2});
  EXPECT_EQ(given.select({.sentences = 1}).chosen, (Rows{3}));
  EXPECT_EQ(given.select({.sentences = 1}).reasons,
            (std::vector{Reason::salience, Reason::dangling, Reason::dangling, Reason::chosen}));
  EXPECT_EQ(given.select({.sentences = 3}).chosen, (Rows{3, 0, 1}));
  EXPECT_EQ(given.select({.sentences = 4}).chosen, (Rows{3, 0, 1, 2}));
  EXPECT_TRUE(given.select({.sentences = 4}).notes.empty());

  // It competes as soon as that sentence is taken, not when all others are.
  const Given mixed("Red birds sing. They fly south. Grey mice hide.", {3, 9, 1});
  EXPECT_EQ(mixed.select({.sentences = 2}).chosen, (Rows{0, 1}));
  EXPECT_EQ(mixed.select({.words = 6}).chosen, (Rows{0, 1}));

  const Selection only = Given("They fly south. It rains.", {1, 2}).select({.sentences = 1});
  EXPECT_EQ(only.chosen, (Rows{1}));
  EXPECT_EQ(only.dangling, (Rows{1}));
  EXPECT_EQ(only.notes, (std::vector{Note::dangling}));
}

TEST(Select, WhatHasNoWordIsPassedOver) {
  const Given parted("Red birds sing on the old wall.\n\n___\n\nThey fly south in the evening.", {1, 9, 2});
  EXPECT_EQ(parted.select({.sentences = 9}).chosen, (Rows{0, 2}));
  EXPECT_EQ(parted.select({.sentences = 9}).dangling, Rows());
  EXPECT_EQ(parted.select({.sentences = 9}).reasons[1], Reason::wordless);
  EXPECT_EQ(parted.select({.sentences = 9}, {.must_include = {1}}).chosen.size(), 3U);
  const Selection marks = Given("___", {1}).select({.sentences = 1});
  EXPECT_EQ(marks.chosen, (Rows{0}));
  EXPECT_TRUE(marks.notes.empty());
  const Selection beside =
      Given("___\n\nBoats lie in the harbour. [Ada Venn/NPA]", {9, 1, 1}).select({.sentences = 1});
  EXPECT_EQ(beside.notes, (std::vector{Note::no_body}));
  EXPECT_NE(beside.chosen, (Rows{0}));
}

TEST(Select, RolesDecideWhoCompetes) {
  const std::string captions =
      "Boats lie in the harbour at dawn on Monday. [Ada Venn/NPA]\n\nNets dry on the quay in the evening "
      "sun. [Ada Venn/NPA]";
  const Selection fallback = Given(captions).select({.sentences = 1});
  EXPECT_EQ(fallback.chosen.size(), 1U);
  EXPECT_EQ(fallback.notes, (std::vector{Note::no_body}));

  const Given given("Red birds sing on the old wall.\n\n" + captions, {1, 9, 9, 8, 8});
  EXPECT_EQ(given.select({.sentences = 9}).chosen, (Rows{0}));
  EXPECT_EQ(given.select({.sentences = 9}).reasons[1], Reason::role);
  EXPECT_EQ(given.select({.sentences = 1}, {.roles = {Role::caption}}).chosen, (Rows{1}));
  EXPECT_EQ(given.select({.sentences = 1}, {.roles = {Role::table}}).notes, (std::vector{Note::no_body}));

  const Given repeated("Red birds sing.\n\nRed birds sing.\n\nFish swim.", {1, 9, 2});
  EXPECT_EQ(repeated.select({.sentences = 9}).chosen, (Rows{2, 0}));
  EXPECT_EQ(repeated.select({.sentences = 9}).reasons[1], Reason::duplicate);
}

TEST(Select, Errors) {
  const Given given(four);
  for (const std::int64_t wrong : {0, -1}) {
    expect_error(ErrorKind::invalid_argument, "sentences", [&] { given.select({.sentences = wrong}); });
    expect_error(ErrorKind::invalid_argument, "words", [&] { given.select({.words = wrong}); });
    expect_error(ErrorKind::invalid_argument, "chars",
                 [&] { given.select({.sentences = 1, .chars = wrong}); });
  }
  for (const float wrong : {std::nanf(""), INFINITY, -INFINITY}) {
    expect_error(ErrorKind::invalid_argument, "2", [&] { Given(four, {1, 2, wrong, 4}).select(); });
  }
  expect_error(ErrorKind::invalid_argument, "3 values", [&] { Given(four, {1, 2, 3}).select(); });
  expect_error(ErrorKind::invalid_argument, "1 rows",
               [&] { select(given.documents, given.salience, {.weights = SparseMatrix(1, 1)}); });
  for (const double wrong : {0.0, -1.0, std::nan("")}) {
    expect_error(ErrorKind::invalid_argument, "max_similarity",
                 [&] { given.select({}, {.max_similarity = wrong}); });
  }
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "", [&] {
    select(given.documents, given.salience, given.vectors, {}, {}, {.stop = source.get_token()});
  });
  EXPECT_EQ(select({}, {}, {}).notes, (std::vector{Note::no_text}));
}

struct RandomCase {
  std::vector<Document> documents;
  SentenceVectors vectors;
  std::vector<float> salience;

  explicit RandomCase(Rng& rng) {
    for (std::size_t left = 1 + below(rng, 2); left > 0; --left) {
      documents.push_back(segment(below(rng, 4) ? prose(rng) : nasty_text(rng), {.lang = "en"}));
    }
    vectors = sentence_vectors(documents);
    salience = nutgraf::salience(documents, vectors, pick(rng, methods())).scores;
    // Ties and surprises.
    for (float& s : salience) s = below(rng, 4) ? s : static_cast<float>(below(rng, 3));
  }
};

/// What holds of every selection.
void expect_sound(const RandomCase& given, const Budget& budget, const SelectOptions& options,
                  const Selection& selection) {
  const auto n = given.salience.size();
  ASSERT_EQ(selection.reasons.size(), n);
  ASSERT_EQ(std::set<std::int32_t>(selection.ranking.begin(), selection.ranking.end()).size(), n);
  ASSERT_EQ(selection.ranking.size(), n);
  ASSERT_TRUE(std::equal(selection.chosen.begin(), selection.chosen.end(), selection.ranking.begin()));

  const Summary summary(given.documents, given.salience, selection, "mix");
  const std::string text = summary.text();
  std::int64_t words = 0;
  for (const SummarySentence& s : summary.sentences()) {
    const Document& document = summary.documents()[static_cast<std::size_t>(s.document)];
    const IndexRange range = document.words_of_sentence(s.index);
    for (std::int32_t w = range.first; w < range.last; ++w) {
      words += document.word_spans()[static_cast<std::size_t>(w)].begin >= document.dateline(s.index).end;
    }
  }
  const std::int64_t spaced = text.empty() ? 0 : std::ranges::count(text, ' ') + 1;
  EXPECT_LE(std::max(words, spaced), budget.words.value_or(INT64_MAX));
  EXPECT_LE(static_cast<std::int64_t>(code_points(text).size()), budget.chars.value_or(INT64_MAX));
  EXPECT_LE(static_cast<std::int64_t>(text.size()), budget.bytes.value_or(INT64_MAX));
  EXPECT_LE(budget.tokens ? budget.counter(text) : 0, budget.tokens.value_or(0));
  const bool is_free = !budget.words && !budget.chars && !budget.sentences && !budget.bytes &&
                       !budget.tokens && !budget.ratio && !budget.seconds && !budget.auto_sentences;
  EXPECT_LE(static_cast<std::int64_t>(selection.chosen.size()),
            budget.sentences.value_or(is_free ? default_sentences : INT64_MAX));

  const auto has_note = [&](Note note) {
    return std::ranges::find(selection.notes, note) != selection.notes.end();
  };
  EXPECT_EQ(has_note(Note::no_text), n == 0);
  EXPECT_EQ(has_note(Note::budget_too_small) || has_note(Note::nothing_left),
            n > 0 && selection.chosen.empty());
  EXPECT_EQ(has_note(Note::dangling), !selection.dangling.empty());

  const SentenceRows rows(given.documents);
  std::int32_t before = -1;
  for (std::int32_t row = 0; row < rows.size(); ++row) {
    const SentenceRef ref = rows.at(row);
    const Document& document = rows.document(ref.document);
    const Block& block =
        document.blocks()[static_cast<std::size_t>(document.block_of_sentence(ref.sentence))];
    const Reason reason = selection.reasons[static_cast<std::size_t>(row)];
    const bool competes = options.roles.empty()
                              ? is_body_like(block.role)
                              : std::ranges::find(options.roles, block.role) != options.roles.end();
    EXPECT_EQ(reason == Reason::duplicate, block.duplicate_of >= 0);
    EXPECT_EQ(reason == Reason::role, block.duplicate_of < 0 && !competes && !has_note(Note::no_body));
    const bool is_kept_out = reason == Reason::excluded || reason == Reason::length;
    EXPECT_LE(std::ranges::find(options.exclude, row) != options.exclude.end(),
              reason == Reason::excluded || is_passed_over(reason));
    if (reason == Reason::wordless) {
      EXPECT_TRUE(document.words_of_sentence(ref.sentence).empty());
    }
    const bool is_chosen = std::ranges::find(selection.chosen, row) != selection.chosen.end();
    EXPECT_EQ(reason == Reason::chosen, is_chosen);
    if (is_kept_out) before = row;
    if (is_passed_over(reason) || is_kept_out) continue;
    const Flags flags = find_flags(document)[static_cast<std::size_t>(ref.sentence)];
    const auto is_shown = [&](std::int32_t other) {
      return other >= 0 && rows.at(other).document == ref.document &&
             selection.reasons[static_cast<std::size_t>(other)] == Reason::chosen;
    };
    std::int32_t after = row + 1;
    while (after < rows.size() && is_passed_over(selection.reasons[static_cast<std::size_t>(after)])) ++after;
    const bool lacks = (needs_previous(flags) && !is_shown(before)) ||
                       (flags.has(Flag::unclosed) && !is_shown(after < rows.size() ? after : -1));
    const bool is_flagged = std::ranges::find(selection.dangling, row) != selection.dangling.end();
    EXPECT_EQ(is_flagged, is_chosen && lacks);
    before = row;
  }
  for (std::size_t a = 0; a < selection.chosen.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const auto row_a = given.vectors.weights.row(selection.chosen[a]),
                 row_b = given.vectors.weights.row(selection.chosen[b]);
      const float cosine = row_a.dot(row_b);  // rows have length 1
      EXPECT_LE(static_cast<double>(cosine), options.max_similarity + 1e-5);
    }
  }
}

TEST(Select, Invariants) {
  Rng rng(1);
  for (int round = 0; round < 3000; ++round) {
    const RandomCase given(rng);
    Budget budget;
    const auto limit = [&](std::size_t most) {
      return std::optional<std::int64_t>(1 + static_cast<std::int64_t>(below(rng, most)));
    };
    if (below(rng, 2)) budget.sentences = limit(6);
    if (below(rng, 2)) budget.words = limit(80);
    if (below(rng, 2)) budget.chars = limit(400);
    SelectOptions options;
    for (std::size_t left = below(rng, 6); left > 3; --left)
      options.roles.push_back(static_cast<Role>(below(rng, role_names.size())));
    if (below(rng, 3) == 0) options.max_similarity = 0.2;
    options.strategy = static_cast<Strategy>(below(rng, strategy_names.size()));
    if (below(rng, 4) == 0) budget.bytes = limit(400);
    if (below(rng, 4) == 0) budget.ratio = static_cast<double>(1 + below(rng, 100)) / 100;
    if (below(rng, 4) == 0) budget.seconds = static_cast<double>(1 + below(rng, 30));
    if (below(rng, 4) == 0 && !budget.sentences) budget.auto_sentences = true;
    if (below(rng, 4) == 0) {
      budget.tokens = limit(100);
      budget.counter = [](std::string_view text) { return static_cast<std::int64_t>(text.size() + 3) / 4; };
    }
    if (below(rng, 4) == 0) options.min_length = static_cast<std::int64_t>(below(rng, 6));
    if (below(rng, 4) == 0)
      options.max_length = options.min_length + static_cast<std::int64_t>(below(rng, 12));
    for (std::size_t left = below(rng, 3); left > 0 && !given.salience.empty(); --left)
      options.exclude.push_back(static_cast<std::int32_t>(below(rng, given.salience.size())));
    expect_sound(given, budget, options,
                 select(given.documents, given.salience, given.vectors, budget, options));
    if (HasFailure()) FAIL() << given.documents[0].text();
  }
}

TEST(Select, NothingEqualIsChosenTwice) {
  Rng rng(2);
  for (int round = 0; round < 1000; ++round) {
    const RandomCase given(rng);
    const Summary summary(given.documents, given.salience,
                          select(given.documents, given.salience, given.vectors, {.sentences = 50}), "mix");
    std::set<std::string> shown;
    for (const SummarySentence& s : summary.sentences()) {
      ASSERT_TRUE(shown.insert(summary.display(s)).second) << summary.display(s) << "\n\nin\n\n"
                                                           << given.documents[0].text();
    }
  }
}

// A long sentence that is a little less salient is worth more words than two short ones that leave a gap; and
// one that points back comes with what it points to.
TEST(Select, FillsALength) {
  const std::string text = "Red birds sing. The old harbour of Alder closed on Monday. Fish swim. Mice hide.";
  EXPECT_EQ(Given(text, {1, 9, 3, 10}).select({.words = 10}).chosen, (Rows{3, 1}));
  EXPECT_EQ(Given(text, {1, 9, 10, 3}).select({.words = 8}).chosen, (Rows{1}));
  EXPECT_EQ(Given(text, {1, 9, 10, 3}).select({.chars = 43}).chosen, (Rows{1}));

  const Given pair("Red birds sing. They fly south over the harbour every year. Fish swim. Mice hide.",
                   {2, 9, 3, 1});
  EXPECT_EQ(pair.select({.words = 11}).chosen, (Rows{0, 1}));
  EXPECT_TRUE(pair.select({.words = 11}).notes.empty());

  const std::string twice =
      "Ships wait outside the port. The port has shut. Ships wait outside the port. Fish swim.";
  EXPECT_EQ(Given(twice, {9, 1, 9, 1}).select({.words = 10}).chosen, (Rows{0, 1}));
}

TEST(Select, NoSetOfThatLengthIsMoreSalient) {
  Rng rng(17);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    std::vector<float> scores;
    std::vector<std::int64_t> sizes;
    for (std::size_t n = 1 + below(rng, 9); n > 0; --n) {
      text += below(rng, 3) ? "Ships" : "They";
      sizes.push_back(2 + static_cast<std::int64_t>(below(rng, 6)));
      for (std::int64_t left = sizes.back(); left > 1; --left)
        text += " w" + std::to_string(below(rng, 1000));
      text += below(rng, 6) ? ". " : ".\n\n";
      scores.push_back(static_cast<float>(below(rng, 20)));
    }
    const Given given(text, scores);
    ASSERT_EQ(static_cast<std::size_t>(given.documents[0].sentence_count()), sizes.size()) << text;
    const std::vector<Flags> flags = find_flags(given.documents[0]);
    const auto budget = static_cast<std::int64_t>(4 + below(rng, 30));
    const Selection found = given.select({.words = budget}, {.max_similarity = 2});
    const float least = *std::ranges::min_element(scores);
    const auto worth_of = [&](const auto& has) {
      double worth = 0;
      std::int64_t words = 0;
      for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (!has(i)) continue;
        if (flags[i].any() && (i == 0 || !has(i - 1))) return -1.0;
        words += sizes[i];
        worth += static_cast<double>((scores[i] - least + 1e-5F) * static_cast<float>(sizes[i]));
      }
      return words <= budget ? worth : -1.0;
    };
    double best = 0;
    for (unsigned set = 0; set < 1U << sizes.size(); ++set)
      best = std::max(best, worth_of([&](std::size_t i) { return (set >> i & 1U) != 0; }));
    if (best == 0) continue;  // nothing that stands alone fits
    const double worth = worth_of([&](std::size_t i) { return found.reasons[i] == Reason::chosen; });
    ASSERT_NEAR(worth, best, 1e-3) << budget << " words of\n" << text;
  }
}

TEST(Select, RankingIsTheOrderOfLargerBudgets) {
  Rng rng(3);
  for (int round = 0; round < 500; ++round) {
    const RandomCase given(rng);
    const auto with = [&](std::int64_t sentences) {
      return select(given.documents, given.salience, given.vectors, {.sentences = sentences},
                    {.max_similarity = 2});
    };
    Selection smaller = with(1);
    for (std::int64_t sentences = 2; sentences <= static_cast<std::int64_t>(given.salience.size());
         ++sentences) {
      const Selection larger = with(sentences);
      ASSERT_TRUE(std::equal(larger.chosen.begin(), larger.chosen.end(), smaller.ranking.begin()))
          << sentences << " sentences of\n\n"
          << given.documents[0].text() << Json(smaller.ranking) << Json(larger.chosen);
      smaller = larger;
    }
  }
}

TEST(Flags, OfQuotations) {
  const auto flags_of = [](std::string_view text) {
    std::vector<std::vector<std::string_view>> found;
    for (const Flags flags : find_flags(segment(text, {.lang = "en"}))) {
      std::vector<std::string_view>& names = found.emplace_back();
      for (std::size_t i = 0; i < flag_names.size(); ++i) {
        if (flags.has(static_cast<Flag>(i))) names.push_back(flag_names[i]);
      }
    }
    return found;
  };
  using Names = std::vector<std::vector<std::string_view>>;
  EXPECT_EQ(flags_of("The pilot spoke. \"Ships wait,\" she said."), (Names{{}, {}}));
  EXPECT_EQ(flags_of("\"Ships wait outside. The tide is low,\" the pilot said."),
            (Names{{"unclosed"}, {"continued"}}));
  EXPECT_EQ(flags_of("The pilot spoke. \u201CShips wait outside the harbour.\u201D Then fog came."),
            (Names{{}, {"speaker"}, {"opener"}}));
  EXPECT_EQ(flags_of("\u00ABNets hang dry. Ropes lie coiled. Boats rest.\u00BB Fog came."),
            (Names{{"unclosed"}, {"continued"}, {"continued"}, {}}));
  // A mark that is none of a quotation tells nothing.
  EXPECT_EQ(flags_of("A pipe of 5\" burst. The pilot said so."), (Names{{}, {}}));
  EXPECT_EQ(flags_of("\"Ships wait outside. The tide is low,\" the pilot said. A pipe of 5\" burst."),
            (Names{{"unclosed"}, {"continued"}, {}}));
  EXPECT_EQ(flags_of("Ships wait,\" the pilot said. \"Nets hang dry,\" the mate said."), (Names{{}, {}}));
  // A new paragraph opens a quotation again that goes on.
  EXPECT_EQ(flags_of("The pilot said: \"Ships wait outside. Fog came.\n\n\"Nets hang dry,\" the mate said."),
            (Names{{"unclosed"}, {"continued"}, {}}));
  EXPECT_EQ(flags_of("The pilot said: \"Ships wait outside. Fog came. \"Nets hang dry,\" the mate said."),
            (Names{{"unclosed"}, {"continued"}, {}}));
  // A quotation ends with its block.
  EXPECT_EQ(flags_of("\"Ships wait outside.\n\nThe tide is low."), (Names{{}, {}}));
}

}  // namespace
}  // namespace nutgraf::test
