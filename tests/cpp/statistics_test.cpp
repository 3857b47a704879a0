#include "nutgraf/statistics.h"

#include <atomic>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "nutgraf/model.h"
#include "nutgraf/vectors.h"
#include "support.h"
#include "support/parallel.h"
#include "support/radix_sort.h"

namespace nutgraf::test {
namespace {

using Texts = std::vector<std::string>;

TermCounts counts_of(const Texts& texts, const Vocabulary* vocabulary = nullptr) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return count_terms(views, {}, vocabulary);
}

TermStatistics statistics_of(const Texts& texts, std::int32_t most_terms = 0) {
  TermStatistics statistics(most_terms);
  statistics.add(counts_of(texts));
  return statistics;
}

/// Terms with their document frequencies and totals.
using Plain = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

Plain plain_of(const TermStatistics& statistics) {
  Plain plain;
  for (std::int32_t id = 0; id < statistics.vocabulary().size(); ++id) {
    const auto i = static_cast<std::size_t>(id);
    plain[std::string(statistics.vocabulary().term(id))] = {statistics.document_frequencies()[i],
                                                            statistics.totals()[i]};
  }
  return plain;
}

/// The same of texts whose terms are what spaces part.
Plain counted(const Texts& texts) {
  Plain plain;
  for (const std::string& text : texts) {
    std::set<std::string> seen;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      auto& [frequency, total] = plain[text.substr(at, end - at)];
      frequency += seen.insert(text.substr(at, end - at)).second;
      ++total;
      at = end + 1;
    }
  }
  return plain;
}

Texts random_texts(Rng& rng, std::size_t most, std::size_t terms) {
  Texts texts;
  for (std::size_t left = below(rng, most + 1); left > 0; --left) {
    std::string& text = texts.emplace_back();
    for (std::size_t words = below(rng, 8); words > 0; --words) {
      text += text.empty() ? "" : " ";
      text += "term" + std::to_string(below(rng, 1 + below(rng, terms)));
    }
  }
  return texts;
}

TEST(TermStatistics, CountTermsAndTheirRows) {
  const TermStatistics none;
  EXPECT_EQ(none.rows(), 0);
  EXPECT_EQ(none.vocabulary().size(), 0);
  EXPECT_FALSE(none.given());
  EXPECT_TRUE(none.complete());
  EXPECT_EQ(none.undercount(), 0);
  const TermStatistics some = statistics_of({"red red blue", "", "red"});
  EXPECT_EQ(some.rows(), 3);
  EXPECT_EQ(plain_of(some), (Plain{{"red", {2, 3}}, {"blue", {1, 1}}}));
}

TEST(TermStatistics, OrderOfRowsAndPartsDoesNotMatter) {
  Rng rng(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<Texts> parts;
    Texts all;
    for (std::size_t left = 1 + below(rng, 4); left > 0; --left) {
      parts.push_back(random_texts(rng, 6, 20));
      all.insert(all.end(), parts.back().begin(), parts.back().end());
    }
    const TermStatistics at_once = statistics_of(all);
    EXPECT_EQ(plain_of(at_once), counted(all));
    TermStatistics added, merged, appended;
    for (const Texts& part : parts) {
      added.add(counts_of(part));
      appended.append(statistics_of(part));
    }
    std::shuffle(parts.begin(), parts.end(), rng);
    for (const Texts& part : parts) merged.merge(statistics_of(part));
    for (const TermStatistics& same : {added, merged, appended}) {
      EXPECT_EQ(same.rows(), static_cast<std::int64_t>(all.size()));
      EXPECT_EQ(same.to_bytes(), at_once.to_bytes());
    }
    merged.merge(merged);
    Texts twice = all;
    twice.insert(twice.end(), all.begin(), all.end());
    EXPECT_EQ(merged.to_bytes(), statistics_of(twice).to_bytes());
  }
}

TEST(TermStatistics, TermsThatAreGiven) {
  Vocabulary terms;
  for (const std::string_view term : {"red", "blue", "green"}) terms.add(term);
  TermStatistics statistics = TermStatistics::of_terms(terms);
  EXPECT_TRUE(statistics.given());
  statistics.add(counts_of({"green red green", "violet"}, &terms));
  const Plain expected{{"red", {1, 1}}, {"blue", {0, 0}}, {"green", {1, 2}}};
  EXPECT_EQ(plain_of(statistics), expected);
  EXPECT_EQ(statistics.vocabulary().term(0), "red");
  expect_error(ErrorKind::invalid_argument, "the terms are given",
               [&] { statistics.add(counts_of({"red"})); });
  Vocabulary others;
  for (const std::string_view term : {"blue", "red", "green"}) others.add(term);
  for (const TermStatistics& other : {TermStatistics::of_terms(others), statistics_of({"red"})}) {
    expect_error(ErrorKind::invalid_argument, "vocabularies that were given differ",
                 [&] { statistics.merge(other); });
    TermStatistics changed = other;
    expect_error(ErrorKind::invalid_argument, "vocabularies that were given differ",
                 [&] { changed.append(statistics); });
    EXPECT_EQ(changed.to_bytes(), other.to_bytes());
  }
  EXPECT_EQ(statistics.rows(), 2);
  EXPECT_EQ(plain_of(statistics), expected);
  TermStatistics sum = statistics;
  sum.merge(statistics);
  EXPECT_EQ(plain_of(sum), (Plain{{"red", {2, 2}}, {"blue", {0, 0}}, {"green", {2, 4}}}));
  const TermStatistics read = TermStatistics::from_bytes(sum.to_bytes());
  EXPECT_TRUE(read.given());
  EXPECT_EQ(read.vocabulary().term(0), "red");
  EXPECT_EQ(read.to_bytes(), sum.to_bytes());
}

TEST(TermStatistics, IdsThatAreNoneOfTheTermsGivenAreAnError) {
  Vocabulary terms;
  terms.add("red");
  TermStatistics statistics = TermStatistics::of_terms(terms);
  for (const std::int32_t id : {-1, 1}) {
    expect_error(ErrorKind::invalid_argument, "a term " + std::to_string(id) + "; there are 1", [&] {
      statistics.add({.row_begin = {0, 1}, .ids = {id}, .counts = {1}});
    });
  }
  EXPECT_EQ(statistics.rows(), 0);
}

TEST(TermStatistics, WhatLimitsLeftOutIsForgotten) {
  TermStatistics whole = statistics_of({"red blue", "red"});
  const TermStatistics before = whole;
  TermStatistics pruned = TfidfModel::fit(whole, {.min_df = 2}).statistics();
  EXPECT_FALSE(pruned.complete());
  EXPECT_EQ(plain_of(pruned), (Plain{{"red", {2, 2}}}));
  EXPECT_EQ(pruned.to_bytes().find("blue"), std::string::npos);
  const std::string bytes = pruned.to_bytes();
  for (const auto& call : std::vector<std::function<void()>>{
           [&] { pruned.add(counts_of({"red"})); }, [&] { pruned.merge(whole); },
           [&] { whole.merge(pruned); }, [&] { whole.append(pruned); }}) {
    expect_error(ErrorKind::invalid_argument, "left out by limits", call);
  }
  EXPECT_EQ(pruned.to_bytes(), bytes);
  EXPECT_EQ(whole.to_bytes(), before.to_bytes());
  EXPECT_TRUE(TfidfModel::fit(whole, {.max_features = 2}).statistics().complete());
}

TEST(TermStatistics, ABoundHoldsAndSoDoesItsError) {
  Rng rng(2);
  for (int round = 0; round < 200; ++round) {
    const auto bound = static_cast<std::int32_t>(1 + below(rng, 12));
    TermStatistics bounded(bound);
    Texts all;
    for (int batch = 0; batch < 12; ++batch) {
      const Texts texts = random_texts(rng, 5, 60);
      all.insert(all.end(), texts.begin(), texts.end());
      if (batch % 2 == 0) {
        bounded.add(counts_of(texts));
      } else {
        bounded.append(statistics_of(texts, bound));
      }
      const Plain found = plain_of(bounded);
      EXPECT_LE(found.size(), static_cast<std::size_t>(bound));
      EXPECT_EQ(bounded.rows(), static_cast<std::int64_t>(all.size()));
      for (const auto& [term, numbers] : counted(all)) {
        const auto at = found.find(term);
        const std::int64_t held = at == found.end() ? 0 : at->second.first;
        EXPECT_LE(held, numbers.first);
        EXPECT_GE(held, numbers.first - bounded.undercount());
      }
    }
    const TermStatistics read = TermStatistics::from_bytes(bounded.to_bytes());
    EXPECT_EQ(read.undercount(), bounded.undercount());
    TermStatistics more = read, same = bounded;
    more.add(counts_of({"a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 k1 l1 m1"}));
    same.add(counts_of({"a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 k1 l1 m1"}));
    EXPECT_EQ(more.to_bytes(), same.to_bytes());
  }
}

TEST(TermStatistics, ABoundKeepsTheMostFrequentAndOfTiesTheFirst) {
  EXPECT_EQ(plain_of(statistics_of({"dd cc bb aa", "dd"}, 3)), (Plain{{"dd", {2, 2}}, {"aa", {1, 1}}}));
  EXPECT_EQ(plain_of(statistics_of({"cc bb aa"}, 1)), (Plain{{"aa", {1, 1}}}));
  EXPECT_EQ(statistics_of({"cc bb aa"}, 3).undercount(), 0);
  EXPECT_EQ(statistics_of({"cc bb aa"}, 2).undercount(), 1);
}

TEST(TermStatistics, AMergeIsExactOrRefused) {
  const TermStatistics dropped = statistics_of({"cc bb aa"}, 2), whole = statistics_of({"aa"});
  const TermStatistics full = statistics_of({"bb aa"}, 2), other = statistics_of({"dd"});
  for (const auto& [one, two] : {std::pair{dropped, whole}, std::pair{whole, dropped}}) {
    TermStatistics changed = one;
    expect_error(ErrorKind::invalid_argument, "has dropped terms", [&] { changed.merge(two); });
    EXPECT_EQ(changed.to_bytes(), one.to_bytes());
  }
  TermStatistics changed = full;
  expect_error(ErrorKind::invalid_argument, "more terms than", [&] { changed.merge(other); });
  EXPECT_EQ(changed.to_bytes(), full.to_bytes());
  changed.merge(whole);
  EXPECT_EQ(plain_of(changed), (Plain{{"aa", {2, 2}}, {"bb", {1, 1}}}));
  changed = other;
  changed.merge(full);
  EXPECT_EQ(plain_of(changed), (Plain{{"aa", {1, 1}}, {"bb", {1, 1}}, {"dd", {1, 1}}}));
}

TEST(TermStatistics, RoundTripThroughBytes) {
  Rng rng(3);
  for (int round = 0; round < 100; ++round) {
    const TermStatistics statistics = statistics_of(random_texts(rng, 8, 30), round % 2 ? 5 : 0);
    const TermStatistics read = TermStatistics::from_bytes(statistics.to_bytes());
    EXPECT_EQ(plain_of(read), plain_of(statistics));
    EXPECT_EQ(read.rows(), statistics.rows());
    EXPECT_EQ(read.undercount(), statistics.undercount());
    EXPECT_TRUE(read.complete());
    EXPECT_EQ(read.to_bytes(), statistics.to_bytes());
  }
  expect_error(ErrorKind::corrupt_file, "",
               [] { TermStatistics::from_bytes(TfidfModel::fit(statistics_of({"red"})).to_bytes()); });
}

TEST(TermStatistics, DamagedBytesAreAnError) {
  const std::string bytes = statistics_of({"red green", "red"}).to_bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    expect_error(ErrorKind::corrupt_file, "",
                 [&] { TermStatistics::from_bytes(std::string_view(bytes).substr(0, size)); });
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int change = 1; change < 256; ++change) {
      std::string altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ change);
      try {
        TermStatistics::from_bytes(altered);
        ADD_FAILURE() << at << ' ' << change;
      } catch (const Error& error) {
        ASSERT_TRUE(error.kind() == ErrorKind::corrupt_file || error.kind() == ErrorKind::newer_file)
            << error.what();
      }
    }
  }
}

TEST(TermStatistics, PayloadThatDoesNotAddUpIsCorrupt) {
  const std::string bytes = statistics_of({"red green", "red"}).to_bytes();
  const std::string payload(unwrap_model(bytes, "statistics"));
  Rng rng(4);
  int read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string altered = payload;
    if (below(rng, 4) == 0) altered.resize(below(rng, altered.size() + 20));
    for (std::size_t left = 1 + below(rng, 3); left > 0 && !altered.empty(); --left)
      altered[below(rng, altered.size())] = static_cast<char>(below(rng, 2) ? below(rng, 4) : rng());
    try {
      const TermStatistics statistics = TermStatistics::from_bytes(wrap_model("statistics", altered));
      ++read;
      ASSERT_EQ(statistics.to_bytes(), wrap_model("statistics", altered));
      for (const auto& [term, numbers] : plain_of(statistics)) {
        ASSERT_GE(numbers.first, 1);
        ASSERT_LE(numbers.first, statistics.rows());
        ASSERT_GE(numbers.second, numbers.first);
      }
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::corrupt_file) << error.what();
    }
  }
  EXPECT_GT(read, 0);
}

TEST(RadixSort, EqualsAStableSort) {
  Rng rng(5);
  using Item = std::pair<std::uint64_t, std::size_t>;
  for (int round = 0; round < 300; ++round) {
    const int bits = static_cast<int>(below(rng, 65));
    const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    std::vector<Item> items(below(rng, round % 10 ? 50 : 5000));
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::uint64_t number = std::uint64_t{rng()} << 32 | rng();
      items[i] = {number & mask & (below(rng, 2) ? ~std::uint64_t{0} : 0x8000000000000103), i};
    }
    std::vector<Item> expected = items, scratch(items.size());
    std::ranges::stable_sort(expected, {}, &Item::first);
    radix_sort(std::span(items), std::span(scratch), bits, [](const Item& item) { return item.first; });
    ASSERT_EQ(items, expected) << bits;
  }
}

TEST(RowPieces, CoverAllRowsOnce) {
  Rng rng(6);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int32_t> begins = {0};
    for (std::size_t left = below(rng, 40); left > 0; --left) {
      const std::size_t size = below(rng, 3) == 0 ? 0 : below(rng, round % 3 == 0 ? 100 : 200'000);
      begins.push_back(begins.back() + static_cast<std::int32_t>(size));
    }
    const std::size_t rows = begins.size() - 1;
    for (const int threads : {1, 2, 7, 1000}) {
      const std::vector<std::size_t> borders = row_pieces(begins, threads);
      ASSERT_GE(borders.size(), 2U);
      EXPECT_EQ(borders.front(), 0U);
      EXPECT_EQ(borders.back(), rows);
      EXPECT_TRUE(rows == 0 || std::ranges::adjacent_find(borders, std::greater_equal()) == borders.end());
      EXPECT_TRUE(threads > 1 || borders.size() == 2);
      std::vector<std::atomic<int>> visits(rows);
      parallel_rows(begins, {.threads = threads}, [&](std::size_t first, std::size_t last, const Control&) {
        for (std::size_t row = first; row < last; ++row) ++visits[row];
      });
      EXPECT_TRUE(std::ranges::all_of(visits, [](const auto& n) { return n == 1; }));
    }
  }
  std::vector<std::int32_t> even(101);
  for (std::size_t i = 0; i < even.size(); ++i) even[i] = static_cast<std::int32_t>(i) * 10'000;
  EXPECT_GT(row_pieces(even, 4).size(), 5U);
}

TEST(Vocabulary, OrdersAndGathersSeveralParts) {
  Rng rng(7);
  for (int round = 0; round < 100; ++round) {
    std::vector<Vocabulary> parts(below(rng, 5));
    std::vector<std::pair<std::string, std::pair<std::int32_t, std::int32_t>>> expected;
    for (std::size_t p = 0; p < parts.size(); ++p) {
      for (std::size_t left = below(rng, round % 10 ? 40 : 20'000); left > 0; --left) {
        std::string term;
        for (std::size_t size = below(rng, 20); size > 0; --size)
          term += static_cast<char>(below(rng, round % 2 ? 3 : 256));
        const std::int32_t before = parts[p].size(), id = parts[p].add(term);
        if (id == before) expected.push_back({term, {static_cast<std::int32_t>(p), id}});
      }
    }
    std::ranges::sort(expected, [](const auto& a, const auto& b) {
      return std::pair(std::string_view(a.first), a.second) < std::pair(std::string_view(b.first), b.second);
    });
    std::vector<const Vocabulary*> views;
    for (const Vocabulary& part : parts) views.push_back(&part);
    const std::vector<Vocabulary::Place> order = Vocabulary::byte_order(views, {.threads = 1 + round % 3});
    ASSERT_EQ(order.size(), expected.size());
    std::vector<Vocabulary::Place> firsts;
    for (std::size_t i = 0; i < order.size(); ++i) {
      EXPECT_EQ(std::pair(order[i].part, order[i].id), expected[i].second);
      EXPECT_EQ(order[i].is_repeat, i > 0 && expected[i].first == expected[i - 1].first);
      if (!order[i].is_repeat) firsts.push_back(order[i]);
    }
    std::vector<std::int64_t> frequencies(firsts.size());
    for (std::int64_t& frequency : frequencies)
      frequency = static_cast<std::int64_t>(rng() >> below(rng, 32));
    const Vocabulary all = Vocabulary::gather(parts, firsts, frequencies);
    ASSERT_EQ(all.size(), static_cast<std::int32_t>(firsts.size()));
    std::string buffer;
    std::vector<Span> spans;
    for (std::int32_t id = 0; id < all.size(); ++id) {
      const auto begin = static_cast<std::int32_t>(buffer.size());
      buffer += all.term(id);
      spans.push_back({begin, static_cast<std::int32_t>(buffer.size())});
    }
    buffer.append(16, 'x');  // that may be read
    std::vector<std::int32_t> found(spans.size()), expected_ids(spans.size());
    std::iota(expected_ids.begin(), expected_ids.end(), 0);
    all.find(buffer.data(), spans, found);
    EXPECT_EQ(found, expected_ids);
    for (std::int32_t id = 0; id < all.size(); ++id) {
      const Vocabulary::Place place = firsts[static_cast<std::size_t>(id)];
      EXPECT_EQ(all.term(id), parts[static_cast<std::size_t>(place.part)].term(place.id));
      EXPECT_EQ(all.find(all.term(id)), id);
    }
    EXPECT_EQ(all.find("a term that no part has"), -1);
  }
}

/// Texts long enough for several threads, empty ones between them.
std::vector<std::string> long_texts(Rng& rng) {
  std::vector<std::string> texts;
  for (std::size_t left = 3 + below(rng, 12); left > 0; --left) {
    std::string& text = texts.emplace_back();
    while (text.size() < 80'000) text += prose(rng) + "word" + std::to_string(below(rng, 5000)) + ' ';
    texts.emplace_back();
    texts.push_back(prose(rng));
  }
  return texts;
}

void expect_same_rows(const TermCounts& a, const TermCounts& b) {
  EXPECT_EQ(a.row_begin, b.row_begin);
  EXPECT_EQ(a.ids, b.ids);
  EXPECT_EQ(a.counts, b.counts);
  EXPECT_TRUE(a.vocabulary.has_same_terms(b.vocabulary));
}

TEST(CountTermParts, FitAsOnePart) {
  Rng rng(8);
  const std::vector<std::string> texts = long_texts(rng);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const AnalyzerOptions& options :
       {AnalyzerOptions{}, AnalyzerOptions{.least_n = 1, .most_n = 2},
        AnalyzerOptions{.analyzer = Analyzer::character_in_words, .least_n = 2, .most_n = 3}}) {
    for (const TermLimits& limits :
         {TermLimits{}, TermLimits{.min_df = 2, .max_features = 300}, TermLimits{.max_df = 3}}) {
      TermCounts expected = count_terms(views, options);
      const TfidfModel model = TfidfModel::fit(expected, limits);
      expected.vocabulary = Vocabulary();
      std::size_t most_parts = 0;
      for (const int threads : {1, 2, 3, 7, 20}) {
        const Control control{.threads = threads};
        // In two batches, of which the second goes on with the vocabularies of the first.
        const std::span<const std::string_view> all(views);
        TermParts counted = count_term_parts(all.first(all.size() / 3), options, nullptr, control);
        counted =
            count_term_parts(all.subspan(all.size() / 3), options, nullptr, control, std::move(counted));
        most_parts = std::max(most_parts, counted.parts.size());
        EXPECT_LE(counted.vocabularies.size(), static_cast<std::size_t>(threads));
        const TfidfModel found = TfidfModel::fit(counted, limits, control);
        expect_same_rows(join_rows(counted), expected);
        const auto rows = compressed_rows<double>(counted, control);
        EXPECT_EQ(rows.columns, expected.ids);
        EXPECT_EQ(rows.row_begin, expected.row_begin);
        EXPECT_TRUE(std::ranges::equal(rows.values, expected.counts));
        const auto weighed = weighed_rows<double>(std::move(counted), found.idf(true), {}, control);
        const SparseMatrixDouble matrix = tfidf<double>(expected, model);
        EXPECT_EQ(weighed.columns, expected.ids);
        EXPECT_TRUE(std::ranges::equal(weighed.values, std::span(matrix.valuePtr(), expected.ids.size())));
        EXPECT_EQ(found.to_bytes(), model.to_bytes());
      }
      EXPECT_GT(most_parts, 2U);
    }
  }
}

TEST(JoinRows, EqualsCountingAtOnce) {
  Rng rng(9);
  const std::vector<std::string> texts = long_texts(rng);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const TermCounts expected = count_terms(views);
  Vocabulary known;
  for (std::int32_t id = 0; id < expected.vocabulary.size(); id += 2) known.add(expected.vocabulary.term(id));
  const TermCounts expected_known = count_terms(views, {}, &known);
  for (const int threads : {1, 2, 3, 7, 20}) {
    const Control control{.threads = threads};
    expect_same_rows(join_rows(count_term_parts(views, {}, nullptr, control)), expected);
    expect_same_rows(count_terms(views, {}, nullptr, control), expected);
    expect_same_rows(join_rows(count_term_parts(views, {}, &known, control)), expected_known);
  }
  EXPECT_EQ(join_rows({}).rows(), 0);
  EXPECT_EQ(compressed_rows<float>({}).row_begin.size(), 1U);
}

TEST(HashTerms, DoNotDependOnThreadsOrParts) {
  Rng rng(12);
  const std::vector<std::string> texts = long_texts(rng);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const std::span<const std::string_view> all(views);
  const HashingOptions hashing{.columns = 1000};
  const TermCounts expected = hash_terms(all, {}, hashing);
  EXPECT_EQ(expected.rows(), static_cast<std::int32_t>(texts.size()));
  EXPECT_LT(std::ranges::max(expected.ids), hashing.columns);
  for (const int threads : {2, 7}) {
    const Control control{.threads = threads};
    TermParts counted = hash_term_parts(all.first(all.size() / 2), {}, hashing, control);
    counted = hash_term_parts(all.subspan(all.size() / 2), {}, hashing, control, std::move(counted));
    expect_same_rows(join_rows(counted), expected);
  }
  std::vector<std::vector<std::string>> terms;
  std::vector<std::vector<std::string_view>> rows;
  for (const std::string_view text : all) {
    terms.push_back(terms_of_text(text));
    rows.emplace_back(terms.back().begin(), terms.back().end());
  }
  expect_same_rows(join_rows(hash_term_parts(rows, false, hashing)), expected);
}

TEST(TermStatisticsBuilder, EqualsCountingAtOnce) {
  Rng rng(11);
  const std::vector<std::string> texts = long_texts(rng);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const std::span<const std::string_view> all(views);
  TermStatistics expected;
  expected.add(count_terms(all));
  Vocabulary known;
  for (std::int32_t id = 0; id < expected.vocabulary().size(); id += 2)
    known.add(expected.vocabulary().term(id));
  TermStatistics expected_known = TermStatistics::of_terms(known);
  expected_known.add(count_terms(all, {}, &known));
  std::string bounded_bytes;
  for (const int threads : {1, 2, 7}) {
    TermStatisticsBuilder open, given({}, known), bounded({}, 500);
    for (std::size_t first = 0; first < all.size(); first += 5) {
      const auto batch = all.subspan(first, std::min<std::size_t>(5, all.size() - first));
      open.add(batch, {.threads = threads});
      given.add(batch, {.threads = threads});
      bounded.add(batch, {.threads = threads});
    }
    EXPECT_EQ(std::move(open).take().to_bytes(), expected.to_bytes());
    EXPECT_EQ(std::move(given).take().to_bytes(), expected_known.to_bytes());
    const TermStatistics kept = std::move(bounded).take();
    EXPECT_LE(kept.vocabulary().size(), 500);
    EXPECT_GT(kept.undercount(), 0);
    if (threads == 1) bounded_bytes = kept.to_bytes();
    EXPECT_EQ(kept.to_bytes(), bounded_bytes);
  }
  TermStatisticsBuilder of_terms;
  of_terms.add(std::vector<std::vector<std::string_view>>{{"red", "red"}, {"blue"}});
  of_terms.add(std::vector<std::vector<std::string_view>>{{"red"}});
  TermStatistics terms;
  terms.add(count_terms(std::vector<std::string_view>{"red red", "blue", "red"}));
  EXPECT_EQ(std::move(of_terms).take().to_bytes(), terms.to_bytes());
}

TEST(CountTermParts, NameTheFirstWrongRow) {
  Rng rng(10);
  std::vector<std::string> texts = long_texts(rng);
  texts[4] = "wrong \xFF";
  texts[7] = std::string(100'000, ' ') + "\xC3";
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const int threads : {1, 2, 7}) {
    const std::int64_t offset = expect_error(ErrorKind::invalid_text, "text 4", [&] {
      count_term_parts(views, {}, nullptr, {.threads = threads});
    });
    EXPECT_EQ(offset, 6);
  }
}

TEST(Stemmer, StemsWordsOfItsLanguage) {
  Stemmer english("en");
  EXPECT_TRUE(english.is_known());
  EXPECT_EQ(english("harbours"), "harbour");
  EXPECT_EQ(english(""), "");
  Stemmer german("de");
  EXPECT_EQ(german("h\u00E4user"), "haus");
  const std::string longest = std::string((1 << 10) - 2, 'a') + "bs", longer = "a" + longest;
  EXPECT_LT(english(longest).size(), longest.size());
  EXPECT_EQ(english(longer), longer);
  EXPECT_EQ(english(longer).data(), longer.data());
}

TEST(Stemmer, LeavesWordsOfOtherLanguages) {
  for (const std::string_view lang : {"xx", "", "porter", "english", "ka"}) {
    Stemmer unknown(lang);
    EXPECT_FALSE(unknown.is_known()) << lang;
    EXPECT_EQ(unknown("harbours"), "harbours");
  }
  const std::vector<std::string> languages = stemmer_languages();
  EXPECT_TRUE(std::ranges::is_sorted(languages));
  EXPECT_TRUE(std::ranges::binary_search(languages, "en"));
  for (const std::string& lang : languages) EXPECT_TRUE(Stemmer(lang).is_known()) << lang;
}

}  // namespace
}  // namespace nutgraf::test
