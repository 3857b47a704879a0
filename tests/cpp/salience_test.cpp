#include "nutgraf/salience.h"

#include <cmath>
#include <limits>

#include "support.h"

namespace nutgraf::test {
namespace {

struct Corpus {
  std::vector<Document> documents;
  SentenceVectors vectors;
  std::vector<std::vector<double>> cosines;
  std::vector<std::size_t> voters;

  explicit Corpus(std::vector<Document> given, const TfidfOptions& options = {})
      : documents(std::move(given)), vectors(sentence_vectors(documents, {}, options)) {
    Eigen::MatrixXd rows = Eigen::MatrixXf(vectors.weights).cast<double>();
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
      if (const double length = rows.row(r).norm(); length > 0) rows.row(r) /= length;
    }
    const Eigen::MatrixXd products = rows * rows.transpose();
    for (Eigen::Index r = 0; r < products.rows(); ++r) {
      std::vector<double>& row = cosines.emplace_back();
      for (Eigen::Index c = 0; c < products.cols(); ++c) row.push_back(products(r, c));
    }
    std::size_t row = 0;
    for (const Document& document : documents) {
      for (std::int32_t s = 0; s < document.sentence_count(); ++s, ++row) {
        const Block& block = document.blocks()[static_cast<std::size_t>(document.block_of_sentence(s))];
        const bool is_body =
            block.role == Role::body || block.role == Role::quote || block.role == Role::list_item;
        if (is_body && block.duplicate_of < 0) voters.push_back(row);
      }
    }
    if (!voters.empty()) return;
    for (std::size_t r = 0; r < row; ++r) voters.push_back(r);
  }

  std::size_t size() const { return cosines.size(); }
  std::vector<float> scores(std::string_view method, const SalienceOptions& options = {}) const {
    return salience(documents, vectors, method, options).scores;
  }
};

std::vector<Corpus> corpora() {
  std::vector<Corpus> found;
  for (const std::string& text : articles()) found.emplace_back(std::vector{segment(text)});
  Rng rng(1);
  for (int i = 0; i < 30; ++i)
    found.emplace_back(std::vector{segment(prose(rng), {.lang = "en"}), segment(prose(rng), {.lang = "en"})});
  return found;
}

void expect_close(const std::vector<float>& found, const std::vector<double>& expected, double of_largest) {
  ASSERT_EQ(found.size(), expected.size());
  const double largest = *std::ranges::max_element(expected);
  for (std::size_t i = 0; i < found.size(); ++i)
    ASSERT_NEAR(found[i], expected[i], of_largest * largest) << i;
}

TEST(Salience, LeadIsTheOrderOfTheText) {
  for (const Corpus& corpus : corpora()) {
    std::vector<double> expected(corpus.size());
    const SentenceRows rows(corpus.documents);
    std::int32_t document = -1, position = 0;
    for (const std::size_t v : corpus.voters) {
      const std::int32_t here = rows.at(static_cast<std::int32_t>(v)).document;
      position = here == document ? position + 1 : 0;
      document = here;
      expected[v] = 1.0 / (1 + position);
    }
    expect_close(corpus.scores("lead"), expected, 1e-7);
  }
}

TEST(Salience, CentroidIsTheCosineToTheSum) {
  for (const Corpus& corpus : corpora()) {
    std::vector<double> expected(corpus.size());
    double square = 0;
    for (const std::size_t a : corpus.voters) {
      for (const std::size_t b : corpus.voters) square += corpus.cosines[a][b];
    }
    for (std::size_t u = 0; u < corpus.size(); ++u) {
      for (const std::size_t v : corpus.voters) expected[u] += corpus.cosines[u][v] / std::sqrt(square);
    }
    expect_close(corpus.scores("centroid"), expected, 1e-6);
  }
}

TEST(Salience, LexrankIsTheStationaryDistribution) {
  for (const Corpus& corpus : corpora()) {
    for (const double damping : {0.0, 0.5, 0.85}) {
      const auto n = static_cast<double>(corpus.voters.size());
      std::vector<double> degree(corpus.size()), p(corpus.size(), 1 / n), next(corpus.size());
      for (const std::size_t v : corpus.voters) {
        for (const std::size_t z : corpus.voters) degree[v] += corpus.cosines[z][v];
      }
      for (int iteration = 0; iteration < 300; ++iteration) {
        for (std::size_t u = 0; u < corpus.size(); ++u) {
          next[u] = (1 - damping) / n;
          for (const std::size_t v : corpus.voters) {
            next[u] += damping * p[v] * (degree[v] > 0 ? corpus.cosines[u][v] / degree[v] : 1 / n);
          }
        }
        p = next;
      }
      const std::vector<float> found = corpus.scores("lexrank", {.damping = damping});
      expect_close(found, p, 1e-6);
      double sum = 0;
      for (const std::size_t v : corpus.voters) sum += static_cast<double>(found[v]);
      EXPECT_NEAR(sum, 1, 1e-5);
    }
  }
}

TEST(Salience, TheHeadlineRaisesWhatIsLikeIt) {
  const std::string body =
      "Farmers grow wheat near the river.\n\nSailors mend nets beside the harbour.\n\nTeachers walk along "
      "the hill.";
  const auto scores_under = [&](const std::string& headline) {
    const Corpus corpus({segment(headline + "\n\n" + body)});
    EXPECT_EQ(corpus.documents[0].blocks()[0].role, Role::headline);
    return corpus.scores("mix");
  };
  EXPECT_GT(scores_under("Sailors and their nets")[2], scores_under("Clouds and their shadows")[2]);
  EXPECT_GT(scores_under("Teachers on the hill")[3], scores_under("Clouds and their shadows")[3]);
}

TEST(Salience, InAStoryTheFirstSentenceOfEachTextStandsOut) {
  const auto gap_between_first_two = [](const SalienceOptions& options) {
    const Document document = segment(
        "Farmers grow wheat near the river. Sailors mend nets beside it. Teachers walk along the hill. "
        "Bakers sell bread.");
    const Salience found = salience({&document, 1}, sentence_vectors({&document, 1}), "mix", options);
    const std::vector<float>& position = found.parts[0].scores;
    return 1 - position[1] / position[0];
  };
  EXPECT_GT(gap_between_first_two({.of_story = true}), gap_between_first_two({}));
}

TEST(Salience, LabelsAreWorthNothingBesideSentences) {
  const std::string sentences = "Farmers grow wheat near the river. Sailors mend nets beside the harbour.";
  const std::vector<float> scores =
      Corpus({segment("Port Calder. " + sentences + " Consignes. 2005.")}).scores("mix");
  ASSERT_EQ(scores.size(), 5u);
  for (std::size_t i = 0; i < scores.size(); ++i) EXPECT_EQ(scores[i] > 0, i == 1 || i == 2) << i;
  const std::vector<float> of_chat = Corpus({segment("It rains. Boats wait.")}).scores("mix");
  EXPECT_GT(of_chat[0], 0);
}

TEST(Salience, RepeatsChangeNoScoreWhereVectorsDoNotCountThem) {
  for (const std::string& text : articles()) {
    const Document document = segment(text);
    for (const Block& block : document.blocks()) {
      if (block.role != Role::body && block.role != Role::caption) continue;
      const std::string copy = "\n\n" + std::string(document.slice(block.span));
      std::string longer = text;
      longer.insert(static_cast<std::size_t>(block.span.end), copy);
      const Corpus once({document}, {.use_idf = false}), twice({segment(longer)}, {.use_idf = false});
      for (const std::string_view method : methods()) {
        std::vector<float> before = once.scores(method), after = twice.scores(method);
        const auto added = std::ranges::find_if(twice.documents[0].sentence_spans(),
                                                [&](Span s) { return s.begin > block.span.end; });
        const auto at = after.begin() + (added - twice.documents[0].sentence_spans().begin());
        after.erase(at, at + static_cast<std::ptrdiff_t>(after.size() - before.size()));
        EXPECT_EQ(before, after) << method << ": " << copy;
      }
    }
  }
}

TEST(Salience, IsFiniteForTextsOfNothingMuch) {
  const std::string long_word(100000, 'x');
  for (const std::string_view text : {"", "The of and.", "... !!! ???", "1 2 3. 4 5 6.", "One sentence here.",
                                      "\u200D", "a\n\nb\n\nc", long_word.c_str()}) {
    const Corpus corpus({Document(), segment(text), segment(text)});
    for (const std::string_view method : methods()) {
      const std::vector<float> scores = corpus.scores(method);
      EXPECT_EQ(scores.size(), corpus.size());
      EXPECT_TRUE(std::ranges::all_of(scores, [](float s) { return std::isfinite(s); }))
          << method << ": " << text;
    }
  }
}

void expect_finite_for_random_vectors(bool with_negative) {
  Rng rng(2);
  const std::vector<Document> documents = {segment("A one. A two. A three. A four. A five.")};
  for (int round = 0; round < 300; ++round) {
    SparseMatrix vectors(5, 3);
    for (int r = 0; r < 5; ++r) {
      for (int c = 0; c < 3; ++c) {
        const float sign = with_negative && below(rng, 3) == 0 ? -1.0F : 1.0F;
        if (below(rng, 3))
          vectors.insert(r, c) = sign * std::ldexp(1.0F, static_cast<int>(below(rng, 250)) - 125);
      }
    }
    for (const std::string_view method : methods()) {
      SentenceVectors given = sentence_vectors(documents);
      given.weights = vectors;
      for (const float score : salience(documents, given, method).scores)
        ASSERT_TRUE(std::isfinite(score)) << method;
    }
  }
}

TEST(Salience, IsFiniteForRowsOfAnySize) {
  expect_finite_for_random_vectors(false);
}

TEST(Salience, IsFiniteForEntriesBelowZero) {
  expect_finite_for_random_vectors(true);
}

TEST(Salience, Methods) {
  ASSERT_GE(methods().size(), 2U);
  EXPECT_EQ(methods()[0], "default");
  const Corpus corpus({segment(articles()[0])});
  for (const std::string_view method : methods()) EXPECT_NO_THROW(corpus.scores(method));
  EXPECT_EQ(corpus.scores("default"), corpus.scores("trained_2026_11"));
  const Corpus german(
      {segment("Der Hafen ist seit Montag geschlossen. Schiffe warten vor der Stadt auf Lotsen.")});
  EXPECT_EQ(german.scores("default"), german.scores("mix"));
  expect_error(ErrorKind::invalid_argument, "default, trained_2026_11, mix", [&] { corpus.scores("Lead"); });
}

TEST(Salience, Errors) {
  const Corpus corpus({segment("One here. Two here.")});
  expect_error(ErrorKind::invalid_argument, "lexrank", [&] { corpus.scores("textrang"); });
  for (const double damping : {1.0, -0.1, 2.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    expect_error(ErrorKind::invalid_argument, "damping",
                 [&] { corpus.scores("lexrank", {.damping = damping}); });
  }
  expect_error(ErrorKind::invalid_argument, "3 rows",
               [&] { salience(corpus.documents, {.weights = SparseMatrix(3, 1)}); });
  for (const float wrong :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
    SentenceVectors vectors = corpus.vectors;
    vectors.weights = SparseMatrix(2, 1);
    vectors.weights.insert(1, 0) = wrong;
    expect_error(ErrorKind::invalid_argument, "row 1",
                 [&] { salience(corpus.documents, vectors, "centroid"); });
  }
  std::stop_source source;
  source.request_stop();
  expect_error(ErrorKind::cancelled, "",
               [&] { salience(corpus.documents, corpus.vectors, "mix", {}, {.stop = source.get_token()}); });
}

TEST(Salience, EigenViewIsTheScoresThemselves) {
  const std::vector<float> scores = {1, 2, 4};
  EXPECT_EQ(eigen_view(scores).data(), scores.data());
  EXPECT_EQ(eigen_view(scores).sum(), 7);
  EXPECT_EQ(eigen_view({}).size(), 0);
}

TEST(SentenceFeatures, LikenessIsToTheSameDocumentAndToAll) {
  const auto names = sentence_feature_names();
  for (const Corpus& corpus : corpora()) {
    const SentenceRows rows(corpus.documents);
    const auto document_of = [&](std::size_t row) {
      return rows.at(static_cast<std::int32_t>(row)).document;
    };
    const SentenceFeatureTable found = sentence_features(corpus.documents, corpus.vectors, 0.1);
    const auto feature = [&](std::size_t row, std::string_view name) {
      const auto at = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
      return found.values[row * names.size() + at];
    };
    std::vector<double> sums(corpus.size());
    double most = 0;
    for (std::size_t u = 0; u < corpus.size(); ++u) {
      double before = 0, behind = 0, lead = 0, first = 0;
      int voters_before = 0, voters_behind = 0, voters_here = 0;
      for (const std::size_t v : corpus.voters) {
        sums[u] += corpus.cosines[u][v];
        if (document_of(u) != document_of(v)) continue;
        before += v < u ? corpus.cosines[u][v] : 0;
        behind += v > u ? corpus.cosines[u][v] : 0;
        voters_before += v < u;
        voters_behind += v > u;
        if (voters_here == 0) first = corpus.cosines[u][v];
        if (voters_here++ < 3) lead += corpus.cosines[u][v];
      }
      ASSERT_NEAR(feature(u, "backward"), voters_before > 0 ? before / voters_before : 0, 1e-6);
      ASSERT_NEAR(feature(u, "forward"), voters_behind > 0 ? behind / voters_behind : 0, 1e-6);
      ASSERT_NEAR(feature(u, "to_first"), first, 1e-6);
      ASSERT_NEAR(feature(u, "to_lead"), lead / 3, 1e-6);
    }
    for (const std::size_t v : corpus.voters) most = std::max(most, sums[v]);
    for (std::size_t u = 0; u < corpus.size(); ++u)
      ASSERT_NEAR(feature(u, "centroid"), std::min(sums[u] / most, 1.0), 1e-6);
  }
}

TEST(SentenceWeights, ComeBackFromText) {
  const SentenceWeights weights{{{"lead", -0.1}, {"size", 1.0 / 3}}};
  EXPECT_EQ(SentenceWeights::from_text(weights.to_text()).weights, weights.weights);
  EXPECT_TRUE(SentenceWeights::from_text("nutgraf sentence weights 1\n# none\n").weights.empty());
  expect_error(ErrorKind::corrupt_file, "line 2",
               [] { SentenceWeights::from_text("nutgraf sentence weights 1\nwarmth\t1"); });
  expect_error(ErrorKind::newer_file, "version 7",
               [] { SentenceWeights::from_text("nutgraf sentence weights 7\n"); });
}

TEST(SentenceWeights, AreAddedToTheScores) {
  const Corpus corpus({segment(articles()[0])});
  const SentenceWeights weights{{{"place", 2}}};
  const Salience plain = salience(corpus.documents, corpus.vectors, "lexrank");
  const Salience added = salience(corpus.documents, corpus.vectors, "lexrank", {.weights = &weights});
  EXPECT_EQ(added.parts.back().name, "examples");
  for (std::size_t r = 0; r < plain.scores.size(); ++r)
    EXPECT_NEAR(added.scores[r], plain.scores[r] + added.parts.back().scores[r], 1e-6);
}

}  // namespace
}  // namespace nutgraf::test
