#include "nutgraf/vectors.h"

#include <cmath>
#include <limits>

#include "support.h"

namespace nutgraf::test {
namespace {

using Dense = std::vector<std::vector<double>>;

TermCounts counts_of(const std::vector<std::string>& texts) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return count_terms(views);
}

std::vector<std::string> random_texts(Rng& rng) {
  std::vector<std::string> texts = {"at least one term"};
  for (std::size_t left = below(rng, 12); left > 0; --left) texts.push_back(below(rng, 6) ? prose(rng) : "");
  return texts;
}

Dense dense_counts(const TermCounts& counts) {
  Dense rows(static_cast<std::size_t>(counts.rows()),
             std::vector<double>(static_cast<std::size_t>(counts.vocabulary.size())));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i) {
      rows[r][static_cast<std::size_t>(counts.ids[static_cast<std::size_t>(i)])] =
          counts.counts[static_cast<std::size_t>(i)];
    }
  }
  return rows;
}

/// TF-IDF as its formulas say it, without sparse rows.
Dense plain_tfidf(Dense rows, const TfidfOptions& options) {
  const std::size_t columns = rows[0].size();
  const double n = static_cast<double>(rows.size());
  std::vector<double> idf(columns, 1);
  for (std::size_t t = 0; options.use_idf && t < columns; ++t) {
    double df = 0;
    for (const auto& row : rows) df += row[t] > 0;
    idf[t] = options.smooth_idf ? std::log((1 + n) / (1 + df)) + 1 : std::log(n / df) + 1;
  }
  for (auto& row : rows) {
    double absolute = 0, squares = 0;
    for (std::size_t t = 0; t < columns; ++t) {
      if (row[t] > 0) row[t] = (options.sublinear_tf ? 1 + std::log(row[t]) : row[t]) * idf[t];
      absolute += std::abs(row[t]);
      squares += row[t] * row[t];
    }
    const double length = options.norm == Norm::l1   ? absolute
                          : options.norm == Norm::l2 ? std::sqrt(squares)
                                                     : 1;
    for (double& value : row) value = length > 0 ? value / length : value;
  }
  return rows;
}

template <typename Scalar>
void expect_near(const Eigen::SparseMatrix<Scalar, Eigen::RowMajor, int>& found, const Dense& expected,
                 double relative) {
  ASSERT_EQ(found.rows(), static_cast<Eigen::Index>(expected.size()));
  ASSERT_TRUE(found.isCompressed());
  for (std::size_t r = 0; r < expected.size(); ++r) {
    std::size_t entries = 0;
    ASSERT_EQ(found.cols(), static_cast<Eigen::Index>(expected[r].size()));
    for (std::size_t t = 0; t < expected[r].size(); ++t) {
      const double value =
          static_cast<double>(found.coeff(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(t)));
      ASSERT_NEAR(value, expected[r][t], relative * std::abs(expected[r][t])) << r << ' ' << t;
      entries += expected[r][t] != 0;
    }
    ASSERT_EQ(static_cast<std::size_t>(found.outerIndexPtr()[r + 1] - found.outerIndexPtr()[r]), entries);
  }
}

TEST(Tfidf, AgreesWithItsFormulas) {
  Rng rng(1);
  for (int round = 0; round < 30; ++round) {
    TermCounts counts = counts_of(random_texts(rng));
    const TfidfModel model = TfidfModel::fit(counts);
    const Dense rows = dense_counts(counts);
    for (const Norm norm : {Norm::none, Norm::l1, Norm::l2}) {
      for (int bits = 0; bits < 8; ++bits) {
        const TfidfOptions options{norm, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
        const Dense expected = plain_tfidf(rows, options);
        expect_near(tfidf<double>(counts, model, options), expected, 1e-12);
        expect_near(tfidf<float>(counts, model, options), expected, 1e-6);
      }
    }
    if (HasFatalFailure()) return;
  }
}

TEST(Tfidf, OtherRowsThanThoseFittedOn) {
  TermCounts fitted = counts_of({"red green", "red blue"});
  const TfidfModel model = TfidfModel::fit(fitted);
  const std::string_view other[] = {"red red violet", ""};
  const TermCounts counts = count_terms(other, {}, &model.vocabulary());
  const auto matrix = tfidf<double>(counts, model, {.norm = Norm::none});
  EXPECT_EQ(matrix.rows(), 2);
  EXPECT_EQ(matrix.cols(), 3);
  EXPECT_EQ(matrix.nonZeros(), 1);
  EXPECT_NEAR(matrix.coeff(0, 2), 2, 1e-15);
}

TEST(TfidfModel, FitSortsTheVocabulary) {
  Rng rng(2);
  for (int round = 0; round < 30; ++round) {
    const TermCounts before = counts_of(random_texts(rng));
    TermCounts counts = before;
    const TfidfModel model = TfidfModel::fit(counts);
    ASSERT_EQ(model.vocabulary().size(), before.vocabulary.size());
    EXPECT_EQ(model.rows(), before.rows());
    const Dense old_rows = dense_counts(before), new_rows = dense_counts(counts);
    for (std::int32_t id = 0; id < model.vocabulary().size(); ++id) {
      const std::string_view term = model.vocabulary().term(id);
      EXPECT_TRUE(id == 0 || model.vocabulary().term(id - 1) < term);
      EXPECT_EQ(counts.vocabulary.find(term), id);
      const auto old_id = static_cast<std::size_t>(before.vocabulary.find(term));
      std::int64_t df = 0;
      for (std::size_t r = 0; r < old_rows.size(); ++r) {
        EXPECT_EQ(new_rows[r][static_cast<std::size_t>(id)], old_rows[r][old_id]);
        df += old_rows[r][old_id] > 0;
      }
      EXPECT_EQ(model.document_frequencies()[static_cast<std::size_t>(id)], df);
    }
  }
}

TEST(TfidfModel, Errors) {
  TermCounts none = counts_of({"", "a b c"});
  expect_error(ErrorKind::invalid_argument, "no term", [&] { TfidfModel::fit(none); });
  const TfidfModel model;
  EXPECT_FALSE(model.fitted());
  expect_error(ErrorKind::not_fitted, "", [&] { model.idf(true); });
  expect_error(ErrorKind::not_fitted, "", [&] { model.to_bytes(); });
  expect_error(ErrorKind::not_fitted, "", [&] { tfidf<float>(none, model); });
}

TEST(TfidfModel, RowsThatDoNotFitAreAnError) {
  const std::vector<double> idf{1, 2};
  const auto weigh = [&](std::vector<std::int32_t> row_begin, std::vector<std::int32_t> terms,
                         const TfidfOptions& options = {}) {
    std::vector<double> counts{3, 0};
    weigh_rows<double>(row_begin, terms, counts, idf, options);
    return counts;
  };
  EXPECT_EQ(weigh({0, 1, 2}, {1, 0}), (std::vector<double>{1, 0}));
  EXPECT_EQ(weigh({0, 1, 2}, {1, 0}, {.norm = Norm::none}), (std::vector<double>{6, 0}));
  for (const std::vector<std::int32_t>& row_begin :
       {std::vector<std::int32_t>{}, {1, 2}, {0, 1}, {0, 3}, {0, 2, 1, 2}, {0, -1, 2}}) {
    expect_error(ErrorKind::invalid_argument, "do not fit", [&] { weigh(row_begin, {1, 0}); });
  }
  expect_error(ErrorKind::invalid_argument, "do not fit", [&] { weigh({0, 2}, {1}); });
  expect_error(ErrorKind::invalid_argument, "column 2", [&] { weigh({0, 2}, {1, 2}); });
  expect_error(ErrorKind::invalid_argument, "column -1", [&] { weigh({0, 2}, {-1, 1}); });
  expect_error(ErrorKind::invalid_argument, "row 1, column 0", [&] {
    weigh({0, 1, 2}, {1, 0}, {.sublinear_tf = true});
  });
}

TfidfModel small_model() {
  TermCounts counts = counts_of({"red green", "red \u00E9t\u00E9"});
  return TfidfModel::fit(counts);
}

TEST(TfidfModel, RoundTripThroughBytes) {
  const TfidfModel model = small_model(), read = TfidfModel::from_bytes(model.to_bytes());
  EXPECT_TRUE(read.fitted());
  EXPECT_EQ(read.rows(), 2);
  EXPECT_EQ(read.to_bytes(), model.to_bytes());
  EXPECT_EQ(read.idf(true), model.idf(true));
  EXPECT_EQ(read.idf(false), model.idf(false));
  EXPECT_TRUE(std::ranges::equal(read.document_frequencies(), model.document_frequencies()));
  for (std::int32_t id = 0; id < 3; ++id) EXPECT_EQ(read.vocabulary().term(id), model.vocabulary().term(id));
}

TEST(TfidfModel, TermsThatAreGivenKeepTheirOrder) {
  Vocabulary terms;
  for (const std::string_view term : {"red", "blue", "green"}) terms.add(term);
  const std::string_view texts[] = {"green red", "red"};
  TermStatistics statistics = TermStatistics::of_terms(terms);
  statistics.add(count_terms(texts, {}, &terms));
  const TfidfModel model = TfidfModel::fit(statistics);
  for (const TfidfModel& same : {model, TfidfModel::from_bytes(model.to_bytes())}) {
    EXPECT_TRUE(std::ranges::equal(same.document_frequencies(), std::vector<std::int64_t>{2, 0, 1}));
    EXPECT_EQ(same.rows(), 2);
    for (std::int32_t id = 0; id < 3; ++id) EXPECT_EQ(same.vocabulary().term(id), terms.term(id));
    EXPECT_EQ(same.to_bytes(), model.to_bytes());
  }
}

TEST(TfidfModel, DamagedBytesAreAnError) {
  const std::string bytes = small_model().to_bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    expect_error(ErrorKind::corrupt_file, "",
                 [&] { TfidfModel::from_bytes(std::string_view(bytes).substr(0, size)); });
  }
  int accepted = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int change = 1; change < 256; ++change) {
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ change);
      try {
        TfidfModel::from_bytes(altered);
        ++accepted;
      } catch (const Error& error) {
        ASSERT_TRUE(error.kind() == ErrorKind::corrupt_file || error.kind() == ErrorKind::newer_file)
            << error.what();
      }
    }
  }
  EXPECT_EQ(accepted, 0);
}

/// CRC-32 of IEEE 802.3, bit by bit.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t c = ~std::uint32_t{0};
  for (const char b : bytes) {
    c ^= static_cast<unsigned char>(b);
    for (int k = 0; k < 8; ++k) c = c >> 1 ^ (c & 1 ? 0xEDB88320U : 0);
  }
  return ~c;
}

TEST(TfidfModel, LaterVersionIsNamedAsSuch) {
  std::string bytes = small_model().to_bytes();
  bytes[8] = 2;
  bytes.resize(bytes.size() - 4);
  const std::uint32_t sum = crc32(bytes);
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(sum >> (8 * i));
  expect_error(ErrorKind::newer_file, "2", [&] { TfidfModel::from_bytes(bytes); });
  bytes[8] = 0;
  expect_error(ErrorKind::corrupt_file, "", [&] { TfidfModel::from_bytes(bytes); });
}

TEST(TfidfModel, PayloadThatDoesNotAddUpIsCorrupt) {
  const std::string bytes = small_model().to_bytes();
  const std::string payload(unwrap_model(bytes, "tfidf"));
  Rng rng(3);
  for (int round = 0; round < 20000; ++round) {
    std::string altered = payload;
    if (below(rng, 4) == 0) altered.resize(below(rng, altered.size() + 20));
    for (std::size_t left = 1 + below(rng, 3); left > 0 && !altered.empty(); --left) {
      altered[below(rng, altered.size())] = static_cast<char>(below(rng, 2) ? below(rng, 4) : rng());
    }
    try {
      const TfidfModel model = TfidfModel::from_bytes(wrap_model("tfidf", altered));
      ASSERT_GE(model.rows(), 0);
      ASSERT_EQ(model.document_frequencies().size(), static_cast<std::size_t>(model.vocabulary().size()));
      for (std::int32_t id = 1; id < model.vocabulary().size(); ++id) {
        ASSERT_LT(model.vocabulary().term(id - 1), model.vocabulary().term(id));
      }
      for (const double idf : model.idf(true)) ASSERT_GE(idf, 1);
      ASSERT_EQ(model.to_bytes(), wrap_model("tfidf", altered));
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::corrupt_file) << error.what();
    }
  }
  const auto number = [](std::uint64_t value, int size = 8) {
    std::string digits;
    for (int i = 0; i < size; ++i) digits += static_cast<char>(value >> (8 * i));
    return digits;
  };
  // Nothing dropped, no bound, all terms there.
  const std::string whole = number(0) + number(0) + number(1);
  // Two rows, two terms of one byte each, with these frequencies, each twice as often in all.
  const auto two_terms = [&](const std::string& terms, std::uint64_t df_a, std::uint64_t df_b) {
    return number(2) + whole + number(2) + number(1, 4) + number(df_a) + number(2 * df_a) + number(1, 4) +
           number(df_b) + number(2 * df_b) + terms;
  };
  const auto no_terms = [&](std::uint64_t rows, std::uint64_t terms) {
    return number(rows) + whole + number(terms);
  };
  const auto one_term = [&](std::uint64_t undercount, std::uint64_t bound, std::uint64_t complete,
                            std::uint64_t total) {
    return number(2) + number(undercount) + number(bound) + number(complete) + number(1) + number(1, 4) +
           number(2) + number(total) + "a";
  };
  EXPECT_EQ(TfidfModel::from_bytes(wrap_model("tfidf", one_term(1, 7, 0, 2))).statistics().undercount(), 1);
  EXPECT_EQ(TfidfModel::from_bytes(wrap_model("tfidf", two_terms("ab", 1, 2))).vocabulary().term(1), "b");
  for (const std::string& forged :
       {no_terms(1ULL << 63, 0), no_terms(1, ~0ULL), no_terms(1, 1ULL << 61), no_terms(1, 0),
        one_term(1ULL << 63, 0, 1, 2), one_term(0, 1ULL << 31, 1, 2), one_term(0, 0, 2, 2),
        one_term(0, 0, 1, 1), two_terms("ba", 1, 1), two_terms("aa", 1, 1), two_terms("ab", 0, 1),
        two_terms("ab", 1, 3), two_terms("ab", 1, 1ULL << 63), two_terms("a", 1, 1),
        two_terms("abc", 1, 1)}) {
    expect_error(ErrorKind::corrupt_file, "", [&] { TfidfModel::from_bytes(wrap_model("tfidf", forged)); });
  }
  // Terms that were given stand in any order, and perhaps in no row.
  const auto given = [&](const std::string& content) {
    return TfidfModel::from_bytes(wrap_model("tfidf.given", content));
  };
  const TfidfModel absent = given(two_terms("ba", 0, 1));
  EXPECT_EQ(absent.vocabulary().term(0), "b");
  EXPECT_EQ(absent.idf(false)[0], std::numeric_limits<double>::infinity());
  for (const std::string& forged : {no_terms(1ULL << 63, 0), two_terms("aa", 1, 1), two_terms("ab", 0, 3),
                                    two_terms("ab", 1, 1ULL << 63), two_terms("abc", 1, 1)}) {
    expect_error(ErrorKind::corrupt_file, "", [&] { given(forged); });
  }
}

/// Whether each sentence votes: those of bodies, quotes and list items that repeat no other block; all if
/// none is such.
std::vector<bool> votes_of(const std::vector<Document>& documents) {
  std::vector<bool> votes;
  for (const Document& document : documents) {
    for (std::int32_t s = 0; s < document.sentence_count(); ++s) {
      const Block& block = document.blocks()[static_cast<std::size_t>(document.block_of_sentence(s))];
      votes.push_back(is_body_like(block.role) && block.duplicate_of < 0);
    }
  }
  if (std::ranges::find(votes, true) == votes.end()) votes.assign(votes.size(), true);
  return votes;
}

TEST(SentenceVectors, AreTfidfWithTheFrequenciesOfVotingSentences) {
  Rng rng(4);
  for (int round = 0; round < 50; ++round) {
    const std::vector<Document> documents = {segment(prose(rng), {.lang = "en"}),
                                             segment(prose(rng), {.lang = round % 2 ? "en" : "de"})};
    const SparseMatrix vectors = sentence_vectors(documents).weights;
    const Dense rows = dense_counts(count_terms(documents));
    const std::vector<bool> votes = votes_of(documents);
    const auto n = static_cast<double>(std::ranges::count(votes, true));
    Eigen::MatrixXd expected(rows.size(), rows[0].size());
    for (Eigen::Index t = 0; t < expected.cols(); ++t) {
      double df = 0;
      for (std::size_t r = 0; r < rows.size(); ++r)
        df += votes[r] && rows[r][static_cast<std::size_t>(t)] > 0;
      const double idf = std::log((1 + n) / (1 + std::max(df, 1.0))) + 1;
      for (std::size_t r = 0; r < rows.size(); ++r) {
        expected(static_cast<Eigen::Index>(r), t) = rows[r][static_cast<std::size_t>(t)] * idf;
      }
    }
    for (Eigen::Index r = 0; r < expected.rows(); ++r) {
      if (const double length = expected.row(r).norm(); length > 0) expected.row(r) /= length;
    }
    // Columns may stand in another order: what counts are the products of rows.
    ASSERT_EQ(vectors.rows(), expected.rows());
    ASSERT_EQ(vectors.cols(), expected.cols());
    const Eigen::MatrixXd found = Eigen::MatrixXf(vectors).cast<double>();
    EXPECT_LT((found * found.transpose() - expected * expected.transpose()).cwiseAbs().maxCoeff(), 1e-6);
    const SparseMatrix again = sentence_vectors(documents).weights;
    EXPECT_TRUE(std::equal(again.valuePtr(), again.valuePtr() + again.nonZeros(), vectors.valuePtr()));
    EXPECT_TRUE(
        std::equal(again.innerIndexPtr(), again.innerIndexPtr() + again.nonZeros(), vectors.innerIndexPtr()));
  }
}

TEST(SentenceVectors, OfTextsWithoutTerms) {
  EXPECT_EQ(sentence_vectors({}).weights.rows(), 0);
  const std::vector<Document> documents = {Document(), segment("Of the. And so...", {.lang = "en"})};
  const SparseMatrix vectors = sentence_vectors(documents).weights;
  EXPECT_EQ(vectors.rows(), documents[1].sentence_count());
  EXPECT_EQ(vectors.nonZeros(), 0);
}

}  // namespace
}  // namespace nutgraf::test
