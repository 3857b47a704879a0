// Times words and sentences beside ICU's iterators over the same bytes, one thread.
//
// usage: nutgraf_segment_bench FILE...     UTF-8; a line is a paragraph
//
// Prints a line a file: the name and MB/s, medians of several turns: ICU's words over UTF-8 and over UTF-16,
// nutgraf's words; ICU's sentences over UTF-8 and UTF-16, nutgraf's, and nutgraf's with their words. Offsets
// (and kinds of words) are written out each time; nutgraf checks the UTF-8 each time, ICU's UTF-16 is
// converted beforehand.

#include <nutgraf/nutgraf.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "segment/sentences.h"
#include "unicode/unicode.h"
#include "unicode/words.h"

namespace {

using namespace nutgraf;

struct Output {
  std::vector<Span> spans;
  std::vector<std::uint8_t> kinds;
  void clear() {
    spans.clear();
    kinds.clear();
  }
};

double seconds(const std::function<void()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void walk(icu::BreakIterator& iterator, bool has_kinds, Output& out) {
  out.clear();
  std::int32_t begin = 0;
  for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE;
       begin = end, end = iterator.next()) {
    out.spans.push_back({begin, end});
    if (has_kinds) out.kinds.push_back(static_cast<std::uint8_t>(iterator.getRuleStatus() / 100));
  }
}

std::function<void()> over_utf8(icu::BreakIterator& iterator, const std::string& text, bool kinds,
                                Output& out) {
  return [&iterator, &text, kinds, &out] {
    UErrorCode status = U_ZERO_ERROR;
    UText view = UTEXT_INITIALIZER;
    utext_openUTF8(&view, text.data(), static_cast<std::int64_t>(text.size()), &status);
    iterator.setText(&view, status);
    walk(iterator, kinds, out);
    utext_close(&view);
  };
}

std::function<void()> over_utf16(icu::BreakIterator& iterator, const icu::UnicodeString& text, bool kinds,
                                 Output& out) {
  return [&iterator, &text, kinds, &out] {
    iterator.setText(text);
    walk(iterator, kinds, out);
  };
}

void append_words(unicode::WordWalker& walker, const std::string& text, Span span, bool with_other,
                  Output& out) {
  walker.start(text, span, with_other);
  while (!walker.is_done()) {
    const auto [spans, kinds] = walker.next();
    out.spans.insert(out.spans.end(), spans.begin(), spans.end());
    for (const WordKind kind : kinds) out.kinds.push_back(static_cast<std::uint8_t>(kind));
  }
}

}  // namespace

int main(int count, char** arguments) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale root = icu::Locale::getRoot();
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(root, status));
  const std::unique_ptr<icu::BreakIterator> sentences(
      icu::BreakIterator::createSentenceInstance(root, status));
  if (U_FAILURE(status)) return 1;
  const Control control;
  Pacer pacer(control);
  for (int a = 1; a < count; ++a) {
    std::ifstream file(arguments[a], std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    const Document document = segment(text);
    const SentenceFinder finder(SentenceLanguage(document.lang()), 0,
                                text.find("\u0964") != std::string::npos);
    unicode::WordWalker walker;
    Output out, word_out;
    const auto find_sentences = [&](bool with_words) {
      unicode::check_utf8(text, pacer);
      out.clear();
      word_out.clear();
      for (const Block& block : document.blocks()) {
        finder.find(text, block.span, pacer, [&](const SentenceFinder::Sentence& sentence) {
          out.spans.push_back(sentence.span);
          if (with_words) append_words(walker, text, sentence.span, false, word_out);
        });
      }
    };
    const std::function<void()> runs[] = {
        over_utf8(*words, text, true, out),
        over_utf16(*words, wide, true, out),
        [&] {
          unicode::check_utf8(text, pacer);
          out.clear();
          append_words(walker, text, {0, static_cast<std::int32_t>(text.size())}, true, out);
        },
        over_utf8(*sentences, text, false, out),
        over_utf16(*sentences, wide, false, out),
        [&] { find_sentences(false); },
        [&] { find_sentences(true); },
    };
    constexpr int turns = 7;
    std::vector<std::vector<double>> times(std::size(runs));
    for (int turn = 0; turn < turns; ++turn) {
      for (std::size_t r = 0; r < std::size(runs); ++r) times[r].push_back(seconds(runs[r]));
    }
    std::cout << arguments[a];
    for (auto& of_run : times) {
      std::ranges::sort(of_run);
      std::cout << ' ' << static_cast<double>(text.size()) / 1e6 / of_run[of_run.size() / 2];
    }
    std::cout << '\n';
  }
}
