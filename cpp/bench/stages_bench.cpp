// Where the time of a summary goes, stage by stage, and how it grows with the text.

#include <benchmark/benchmark.h>
#include <nutgraf/nutgraf.h>
#include <unicode/brkiter.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

namespace {

const std::string& article() {
  static const std::string text = [] {
    std::ifstream file(NUTGRAF_EXAMPLES_DIR "/article.txt");
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return text;
}

/// Sentences over a vocabulary that grows with the text, as in a book: word w with probability about 1 / (w +
/// 10).
std::string long_text(std::size_t sentences) {
  std::string text;
  std::uint64_t state = 1;
  const auto random = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state >> 11) * 0x1p-53;
  };
  const double words = 10.0 * static_cast<double>(sentences) + 1000;
  for (std::size_t s = 0; s < sentences; ++s) {
    for (int w = 0; w < 20; ++w) {
      const auto rank = static_cast<std::size_t>(10 * std::pow(words / 10, random()));
      text += (w == 0 ? "Word" : " word") + std::to_string(rank);
    }
    text += s % 4 == 3 ? ".\n\n" : ". ";
  }
  return text;
}

void bytes_processed(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes));
}

void article_blocks(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::find_blocks(article()));
  bytes_processed(state, article().size());
}
BENCHMARK(article_blocks);

void article_segment(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::segment_borrowed(article()));
  bytes_processed(state, article().size());
}
BENCHMARK(article_segment);

void article_icu_words_and_sentences(benchmark::State& state) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  for (auto _ : state) {
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(article());
    int breaks = 0;
    for (auto* iterator : {words.get(), sentences.get()}) {
      iterator->setText(wide);
      while (iterator->next() != icu::BreakIterator::DONE) ++breaks;
    }
    benchmark::DoNotOptimize(breaks);
  }
  bytes_processed(state, article().size());
}
BENCHMARK(article_icu_words_and_sentences);

void article_vectors(benchmark::State& state) {
  const nutgraf::Document document = nutgraf::segment(article());
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::sentence_vectors({&document, 1}));
}
BENCHMARK(article_vectors);

void article_salience(benchmark::State& state, const char* method) {
  const nutgraf::Document document = nutgraf::segment(article());
  const auto vectors = nutgraf::sentence_vectors({&document, 1});
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::salience({&document, 1}, vectors, method));
}
BENCHMARK_CAPTURE(article_salience, default, "default");
BENCHMARK_CAPTURE(article_salience, lexrank, "lexrank");

void article_select(benchmark::State& state) {
  const nutgraf::Document document = nutgraf::segment(article());
  const auto vectors = nutgraf::sentence_vectors({&document, 1});
  const auto scores = nutgraf::salience({&document, 1}, vectors).scores;
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::select({&document, 1}, scores, vectors));
}
BENCHMARK(article_select);

void article_keyphrases(benchmark::State& state) {
  const nutgraf::Document document = nutgraf::segment(article());
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::keyphrases(document));
  bytes_processed(state, article().size());
}
BENCHMARK(article_keyphrases);

void article_summarize(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(nutgraf::summarize(nutgraf::segment_borrowed(article())));
  bytes_processed(state, article().size());
}
BENCHMARK(article_summarize);

void sentences_summarize(benchmark::State& state, const char* method) {
  const std::string text = long_text(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(nutgraf::summarize(nutgraf::segment_borrowed(text), {.method = method}));
  }
  bytes_processed(state, text.size());
}
BENCHMARK_CAPTURE(sentences_summarize, default, "default")
    ->Arg(1000)
    ->Arg(10000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(sentences_summarize, lexrank, "lexrank")
    ->Arg(1000)
    ->Arg(10000)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
