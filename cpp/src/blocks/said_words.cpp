#include "blocks/said_words.h"

#include "unicode/unicode.h"

namespace nutgraf {

/// use(word) with words of four letters or more, of fewer beyond ASCII, where some scripts have words of two.
template <typename Use>
void SaidWords::for_long_words(std::string_view text, Use use) {
  constexpr std::int32_t least_bytes = 4, least_bytes_beyond_ascii = 6;
  unicode::Folder fold;
  walker_.start(text, {0, static_cast<std::int32_t>(text.size())});
  while (!walker_.is_done()) {
    const unicode::WordWalker::Batch batch = walker_.next();
    for (std::size_t i = 0; i < batch.spans.size(); ++i) {
      if (batch.kinds[i] != WordKind::letters) continue;
      const std::string_view word = text.substr(batch.spans[i].begin, batch.spans[i].size());
      const bool is_ascii = static_cast<unsigned char>(word.front()) < 0x80;
      if (batch.spans[i].size() >= (is_ascii ? least_bytes : least_bytes_beyond_ascii))
        use(fold(word, text.data() + text.size()));
    }
  }
}

void SaidWords::add(std::string_view text) {
  for_long_words(text, [&](const TermKey& word) { words_.add(word); });
}

SaidWords::Count SaidWords::count(std::string_view line) {
  Count found;
  for_long_words(line, [&](const TermKey& word) {
    ++found.words;
    found.said += words_.find(word) >= 0;
  });
  return found;
}

}  // namespace nutgraf
