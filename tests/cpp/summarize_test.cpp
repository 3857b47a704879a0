#include "nutgraf/summarize.h"

#include <cmath>
#include <thread>

#include "support.h"

namespace nutgraf::test {
namespace {

const std::string_view invalid = "not \xFF UTF-8";

/// Articles, random texts, and all that is hardly a text.
std::vector<std::string> many_texts() {
  std::vector<std::string> texts = articles();
  Rng rng(1);
  for (int i = 0; i < 40; ++i) texts.push_back(i % 2 ? prose(rng) : nasty_text(rng));
  for (const std::string_view text : {"", "  \n ", "One.", "...", "1 2 3"}) texts.emplace_back(text);
  return texts;
}

/// A text of about that many bytes, in which no sentence is like another.
std::string long_text(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    const std::string n = std::to_string(i);
    text += "Ship s" + n + " left harbour h" + n + " with cargo c" + n + (i % 5 ? ". " : ".\n\n");
  }
  return text;
}

std::string text_of(std::string_view text, const SummarizeOptions& options = {}) {
  return summarize(text, options).text();
}

TEST(Summarize, OneSentenceIsItsOwnSummary) {
  for (const std::string_view method : methods()) {
    EXPECT_EQ(text_of("  The only sentence\nthere is. ", {.method = std::string(method)}),
              "The only sentence there is.");
    EXPECT_EQ(text_of("They left.", {.method = std::string(method)}), "They left.");
    EXPECT_EQ(text_of("...", {.method = std::string(method)}), "...");
  }
}

TEST(Summarize, NothingComesOfNothing) {
  for (const std::string_view text : {"", " ", "\r\n\n\u3000", "\uFEFF"}) {
    const Summary summary = summarize(text);
    EXPECT_TRUE(summary.sentences().empty());
    EXPECT_TRUE(std::ranges::equal(summary.notes(), std::vector{Note::no_text}));
    EXPECT_EQ(summary.text(), "");
  }
  EXPECT_TRUE(Summary().sentences().empty());
  EXPECT_TRUE(Summary().all_sentences().empty());
}

TEST(Summarize, SaysWhatItKnowsOfEverySentence) {
  for (const std::string& text : many_texts()) {
    const Summary summary = summarize(text, {.method = "default"});
    const Document& document = summary.documents()[0];
    EXPECT_TRUE(summary.method() == "trained_2026_11" || summary.method() == "mix") << summary.method();
    const std::vector<SummarySentence> all = summary.all_sentences();
    ASSERT_EQ(all.size(), static_cast<std::size_t>(document.sentence_count()));
    std::string joined;
    auto chosen = summary.sentences().begin();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const SummarySentence& s = all[i];
      EXPECT_EQ(s.index, static_cast<std::int32_t>(i));
      EXPECT_EQ(s.span, document.sentence_spans()[i]);
      EXPECT_EQ(s.block, document.block_of_sentence(s.index));
      EXPECT_EQ(s.role, document.blocks()[static_cast<std::size_t>(s.block)].role);
      EXPECT_EQ(s.salience, summary.salience()[i]);
      EXPECT_EQ(summary.selection().ranking[static_cast<std::size_t>(s.rank)], s.index);
      EXPECT_EQ(s.reason, summary.selection().reasons[i]);
      if (s.reason != Reason::chosen) continue;
      ASSERT_NE(chosen, summary.sentences().end());
      EXPECT_EQ(chosen->index, s.index);
      EXPECT_EQ(chosen->rank, s.rank);
      EXPECT_EQ(chosen->dangling, s.dangling);
      ++chosen;
      joined += (joined.empty() ? "" : " ") + document.display(s.index);
    }
    EXPECT_EQ(chosen, summary.sentences().end());
    EXPECT_EQ(summary.text(), joined);
    expect_equal(summarize(segment(text)), summary);
  }
}

TEST(Summary, AssemblesFromItsParts) {
  for (const std::string& text : many_texts()) {
    const Summary summary = summarize(text, {.words = 50});
    const std::vector<Document> documents(summary.documents().begin(), summary.documents().end());
    const std::vector<float> scores(summary.salience().begin(), summary.salience().end());
    expect_equal(Summary::assemble(documents, scores, summary.selection(), summary.method()), summary);
  }
}

TEST(Summary, AssembleRejectsWhatDoesNotFit) {
  const Summary good = summarize(articles()[0]);
  struct Parts {
    std::vector<Document> documents;
    std::vector<float> scores;
    Selection selection;
    std::string method;
  };
  using Change = void (*)(Parts&);
  const Change changes[] = {
      [](Parts& p) { p.documents.clear(); },
      [](Parts& p) { p.documents.emplace_back(segment("One more.")); },
      [](Parts& p) { p.scores.pop_back(); },
      [](Parts& p) { p.scores[0] = std::nanf(""); },
      [](Parts& p) { p.method = "default"; },
      [](Parts& p) { p.method = "no method"; },
      [](Parts& p) { p.selection.ranking.pop_back(); },
      [](Parts& p) { p.selection.ranking[1] = p.selection.ranking[0]; },
      [](Parts& p) { p.selection.ranking.back() = -1; },
      [](Parts& p) { p.selection.chosen[0] = 1000; },
      [](Parts& p) { std::swap(p.selection.chosen[0], p.selection.chosen[1]); },
      [](Parts& p) { p.selection.chosen.resize(p.selection.chosen.size() + 100, 1); },
      [](Parts& p) { p.selection.reasons.clear(); },
      [](Parts& p) { p.selection.reasons[0] = static_cast<Reason>(reason_names.size()); },
      // A sentence that is chosen by its reason, but not by its rank, or the other way round.
      [](Parts& p) { p.selection.reasons[static_cast<std::size_t>(p.selection.chosen[0])] = Reason::budget; },
      [](Parts& p) {
        p.selection.reasons[static_cast<std::size_t>(p.selection.ranking.back())] = Reason::chosen;
      },
      [](Parts& p) { p.selection.notes.push_back(static_cast<Note>(note_names.size())); },
      [](Parts& p) { p.selection.dangling.push_back(-1); },
      [](Parts& p) { p.selection.dangling.push_back(p.selection.ranking.back()); },
  };
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    Parts p{{good.documents().begin(), good.documents().end()},
            {good.salience().begin(), good.salience().end()},
            good.selection(),
            good.method()};
    changes[i](p);
    SCOPED_TRACE(i);
    expect_error(ErrorKind::corrupt_file, "",
                 [&] { Summary::assemble(p.documents, p.scores, p.selection, p.method); });
  }
}

TEST(Summarize, RepeatsOnThePageDoNotChangeTheRanking) {
  for (const std::string& text : articles()) {
    const Document document = segment(text);
    for (const Block& block : document.blocks()) {
      if (block.role != Role::body && block.role != Role::caption) continue;
      std::string longer = text;
      longer.insert(static_cast<std::size_t>(block.span.end),
                    "\n\n" + std::string(document.slice(block.span)));
      for (const std::string_view method : methods()) {
        // The sentences by rank, without the copy.
        const auto ranked = [&](const std::string& page, bool has_copy) {
          const Summary summary = summarize(page, {.method = std::string(method)});
          std::vector<std::string> found;
          for (const std::int32_t row : summary.selection().ranking) {
            const Span span = summary.documents()[0].sentence_spans()[static_cast<std::size_t>(row)];
            const bool is_copy = has_copy && span.begin > block.span.end &&
                                 span.begin <= block.span.end + 2 + block.span.size();
            if (!is_copy) found.push_back(summary.documents()[0].display(row));
          }
          return found;
        };
        ASSERT_TRUE(ranked(longer, true) == ranked(text, false))
            << method << ": " << document.slice(block.span);
      }
    }
  }
}

TEST(SummarizeMany, EqualsSummarizeOfEach) {
  const std::vector<std::string> texts = many_texts();
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const SummarizeOptions& options :
       {SummarizeOptions{}, SummarizeOptions{.words = 40, .method = "lexrank", .lang = "en"}}) {
    for (const int threads : {1, 2, 7}) {
      const auto results = summarize_many(views, options, {.threads = threads});
      ASSERT_EQ(results.size(), texts.size());
      for (std::size_t i = 0; i < texts.size(); ++i) {
        ASSERT_TRUE(std::holds_alternative<Summary>(results[i]));
        expect_equal(std::get<Summary>(results[i]), summarize(texts[i], options));
        EXPECT_EQ(std::get<Summary>(results[i]).documents()[0].text().data(), views[i].data());
      }
    }
  }
  EXPECT_TRUE(summarize_many({}).empty());
}

TEST(SummarizeMany, AFailureSparesTheOthers) {
  std::vector<std::string_view> texts(20, "One here. Two here.");
  texts[3] = texts[17] = invalid;
  for (const int threads : {1, 2, 7}) {
    const auto results = summarize_many(texts, {}, {.threads = threads});
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const Error* error = std::get_if<Error>(&results[i]);
      ASSERT_EQ(error != nullptr, texts[i] == invalid) << i;
      if (!error) {
        expect_equal(std::get<Summary>(results[i]), summarize(texts[i]));
        continue;
      }
      const Error named = of_text(i, *error);
      EXPECT_EQ(named.kind(), ErrorKind::invalid_text);
      EXPECT_EQ(named.offset(), 4);
      EXPECT_NE(std::string(named.what()).find("text " + std::to_string(i)), std::string::npos)
          << named.what();
    }
  }
}

TEST(SummarizeMany, OptionsThatSuitNoTextAreThrown) {
  const std::string_view texts[] = {invalid, "One."};
  for (const std::span<const std::string_view> some :
       {std::span<const std::string_view>(texts), std::span<const std::string_view>()}) {
    expect_error(ErrorKind::invalid_argument, "sentences", [&] { summarize_many(some, {.sentences = 0}); });
    expect_error(ErrorKind::invalid_argument, "words", [&] { summarize_many(some, {.words = -3}); });
    expect_error(ErrorKind::invalid_argument, "method", [&] { summarize_many(some, {.method = "best"}); });
    expect_error(ErrorKind::invalid_argument, "language", [&] { summarize_many(some, {.lang = "xx"}); });
    expect_error(ErrorKind::invalid_argument, "threads", [&] { summarize_many(some, {}, {.threads = 0}); });
  }
}

TEST(Progress, OfManyTextsIsReportedOnTheCallingThread) {
  const std::vector<std::string_view> texts(50, "One here. Two here.");
  for (const int threads : {1, 2, 7}) {
    std::size_t last = 0, most = 0;
    const auto caller = std::this_thread::get_id();
    summarize_many(texts, {},
                   {.progress =
                        [&](std::size_t done, std::size_t total) {
                          EXPECT_EQ(std::this_thread::get_id(), caller);
                          EXPECT_GE(done, last);
                          last = done;
                          most = total;
                        },
                    .threads = threads});
    EXPECT_EQ(last, 50U);
    EXPECT_EQ(most, 50U);
  }
}

TEST(Progress, OfOneTextGrowsToItsTotal) {
  for (const std::string& text : {std::string("One here."), long_text(400000)}) {
    std::vector<std::size_t> reports, totals;
    summarize(text, {}, {.progress = [&](std::size_t done, std::size_t total) {
                reports.push_back(done);
                totals.push_back(total);
              }});
    ASSERT_FALSE(reports.empty());
    EXPECT_EQ(reports.back(), totals.back());
    EXPECT_TRUE(std::ranges::is_sorted(reports)) << Json(reports);
    EXPECT_EQ(totals, std::vector(totals.size(), totals[0]));
    EXPECT_GE(reports.size(), text.size() / 100000);
  }
}

TEST(Progress, ExceptionsComeOutUnchanged) {
  struct Mine {
    int value;
  };
  const std::string text = long_text(200000);
  const std::vector<std::string_view> texts(20, "One here. Two here.");
  for (const int threads : {1, 2, 7}) {
    const Control control{.progress = [](std::size_t, std::size_t) { throw Mine{42}; }, .threads = threads};
    const auto value_of = [](auto call) {
      try {
        call();
      } catch (const Mine& mine) {
        return mine.value;
      }
      return 0;
    };
    EXPECT_EQ(value_of([&] { summarize(text, {}, control); }), 42);
    EXPECT_EQ(value_of([&] { summarize_many(texts, {}, control); }), 42);
  }
}

TEST(Stop, EndsTheCall) {
  const std::string text = long_text(200000);
  const std::vector<std::string_view> texts(20, "One here. Two here.");
  std::stop_source before;
  before.request_stop();
  for (const int threads : {1, 2, 7}) {
    const Control stopped{.stop = before.get_token(), .threads = threads};
    expect_error(ErrorKind::cancelled, "", [&] { summarize("One.", {}, stopped); });
    expect_error(ErrorKind::cancelled, "", [&] { summarize(segment("One."), {}, stopped); });
    expect_error(ErrorKind::cancelled, "", [&] { summarize_many(texts, {}, stopped); });
    std::stop_source during, during_many;
    expect_error(ErrorKind::cancelled, "", [&] {
      summarize(text, {}, {.stop = during.get_token(), .progress = [&](std::size_t, std::size_t) {
                             during.request_stop();
                           }});
    });
    // The first report comes before the last text is begun.
    expect_error(ErrorKind::cancelled, "", [&] {
      const std::vector<std::string_view> long_texts(20, text);
      summarize_many(long_texts, {},
                     {.stop = during_many.get_token(),
                      .progress = [&](std::size_t, std::size_t) { during_many.request_stop(); },
                      .threads = threads});
    });
  }
}

TEST(Stop, FromAnotherThreadIsNoResult) {
  const std::string text = long_text(200000);
  const std::string_view texts[] = {text};
  for (int round = 0; round < 10; ++round) {
    std::stop_source source;
    const std::jthread stopper([&] { source.request_stop(); });
    try {
      for (const auto& result : summarize_many(texts, {}, {.stop = source.get_token()})) {
        EXPECT_TRUE(std::holds_alternative<Summary>(result))
            << "it was done before the request came, or not at all";
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::cancelled);
    }
  }
}

TEST(Options, AreSetByName) {
  SummarizeOptions options;
  const std::pair<std::string_view, std::string_view> values[] = {{"sentences", "4"},
                                                                  {"words", "100"},
                                                                  {"chars", "2000"},
                                                                  {"bytes", "3000"},
                                                                  {"ratio", "0.5"},
                                                                  {"seconds", "7.5"},
                                                                  {"method", "lead"},
                                                                  {"strategy", "mmr"},
                                                                  {"query", "tides"},
                                                                  {"lang", "de"},
                                                                  {"roles", "body,caption"},
                                                                  {"min_length", "3"},
                                                                  {"max_length", "40"},
                                                                  {"headings", "true"},
                                                                  {"role_weights", "quote=0.5,body=2"},
                                                                  {"position_weights", "2,1"}};
  for (const auto& [key, value] : values) set_option(options, key, value);
  EXPECT_EQ(options.sentences, 4);
  EXPECT_EQ(options.words, 100);
  EXPECT_EQ(options.chars, 2000);
  EXPECT_EQ(options.bytes, 3000);
  EXPECT_EQ(options.ratio, 0.5);
  EXPECT_EQ(options.seconds, 7.5);
  EXPECT_EQ(options.method, "lead");
  EXPECT_EQ(options.strategy, "mmr");
  EXPECT_EQ(options.query, "tides");
  EXPECT_EQ(options.min_length, 3);
  EXPECT_EQ(options.max_length, 40);
  EXPECT_TRUE(options.headings);
  EXPECT_EQ(options.role_weights,
            (std::vector<std::pair<Role, double>>{{Role::quote, 0.5}, {Role::body, 2}}));
  EXPECT_EQ(options.position_weights, (std::vector<double>{2, 1}));
  set_option(options, "sentences", "auto");
  EXPECT_TRUE(options.auto_sentences && !options.sentences);
  set_option(options, "sentences", "2");
  EXPECT_TRUE(!options.auto_sentences && options.sentences == 2);
  EXPECT_EQ(options.lang, "de");
  EXPECT_EQ(options.roles, (std::vector{Role::body, Role::caption}));
  ASSERT_EQ(summarize_options().size(), std::size(values));
  for (std::size_t i = 0; i < std::size(values); ++i) {
    const OptionInfo& info = summarize_options()[i];
    EXPECT_EQ(info.name, values[i].first);
    EXPECT_FALSE(info.help.empty());
    const std::string_view types[] = {"integer", "integer or auto", "number", "text", "list",
                                      "flag",    "weights",         "numbers"};
    EXPECT_NE(std::ranges::find(types, info.type), std::end(types)) << info.name;
    // What is said of a default is what the struct has.
    if (info.default_value.empty()) continue;
    SummarizeOptions set;
    set_option(set, info.name, info.default_value);
    EXPECT_EQ(set.method, SummarizeOptions().method);
    EXPECT_EQ(set.min_length, SummarizeOptions().min_length);
    EXPECT_EQ(set.max_length, SummarizeOptions().max_length);
  }
}

TEST(Options, RejectNonsense) {
  SummarizeOptions options;
  for (const std::string_view wrong : {"", "x", "3.5", "3 ", " 3", "0x3", "99999999999999999999"}) {
    for (const std::string_view key : {"sentences", "words", "chars"}) {
      expect_error(ErrorKind::invalid_argument, key, [&] { set_option(options, key, wrong); });
    }
  }
  for (const std::string_view wrong : {"bodies", "body,", ",", "Body"}) {
    expect_error(ErrorKind::invalid_argument, "role", [&] { set_option(options, "roles", wrong); });
  }
  for (const std::string_view key : {"", "sentence", "Sentences", "threads"}) {
    expect_error(ErrorKind::invalid_argument, key, [&] { set_option(options, key, "1"); });
  }
}

TEST(Core, PrintsNothing) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  for (const std::string& text : many_texts()) {
    const Summary summary = summarize(text, {.sentences = 2});
    to_html(summary);
    to_report(summary);
  }
  const std::string_view texts[] = {invalid, "One."};
  summarize_many(texts, {}, {.threads = 2});
  try {
    summarize(invalid);
  } catch (const Error&) {
  }
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace nutgraf::test
