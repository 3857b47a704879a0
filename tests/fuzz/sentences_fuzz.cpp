// Words lie in sentences, sentences in blocks; around the sentences of a block there is white space alone,
// but for the marks of headings and quotes.

#include "fuzz.h"
#include "unicode/unicode.h"

using namespace nutgraf;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  const Document document = segment_borrowed(text);
  std::int32_t sentence = 0, word = 0;
  for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
    const Span block = document.blocks()[static_cast<std::size_t>(b)].span;
    const Role role = document.blocks()[static_cast<std::size_t>(b)].role;
    const bool may_have_marks = role == Role::quote || role == Role::headline || role == Role::subhead;
    const IndexRange sentences = document.sentences_of_block(b);
    fuzz::require(sentences.first == sentence && !sentences.empty());
    const auto inside = document.sentence_spans().subspan(static_cast<std::size_t>(sentence),
                                                          static_cast<std::size_t>(sentences.size()));
    fuzz::require_spans(text, inside, block.begin, block.end);
    fuzz::require(may_have_marks || (inside.front().begin == block.begin && inside.back().end == block.end));
    for (; sentence < sentences.last; ++sentence) {
      const Span s = document.sentence_spans()[static_cast<std::size_t>(sentence)];
      if (sentence + 1 < sentences.last) {
        const Span gap{s.end, document.sentence_spans()[static_cast<std::size_t>(sentence) + 1].begin};
        fuzz::require(may_have_marks || unicode::trim(text, gap).empty());
      }
      const IndexRange words = document.words_of_sentence(sentence);
      fuzz::require(words.first == word);
      word = words.last;
      fuzz::require_spans(text,
                          document.word_spans().subspan(static_cast<std::size_t>(words.first),
                                                        static_cast<std::size_t>(words.size())),
                          s.begin, s.end);
    }
  }
  fuzz::require(sentence == document.sentence_count());
  return 0;
}
