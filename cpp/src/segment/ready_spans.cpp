#include "segment/ready_spans.h"

#include <algorithm>
#include <string>

#include "blocks/lines.h"
#include "nutgraf/error.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

[[noreturn]] void fail(std::string_view what, std::size_t index, const std::string& why) {
  throw Error(ErrorKind::invalid_argument, std::string(what) + ' ' + std::to_string(index) + ' ' + why);
}

[[noreturn]] void fail(std::string_view word, const std::string& why) {
  throw Error(ErrorKind::invalid_argument, "the word '" + std::string(word) + "' " + why);
}

WordKind kind_of_word(std::string_view word) noexcept {
  WordKind kind = WordKind::other;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = unicode::next_code_point(word, at);
    if (unicode::is_letter(c)) return WordKind::letters;
    if (unicode::is_digit(c)) kind = WordKind::number;
  }
  return kind;
}

}  // namespace

void check_spans(std::string_view text, std::span<const Span> spans, std::string_view what) {
  const auto size = static_cast<std::int32_t>(text.size());
  const auto is_inside_character = [&](std::int32_t at) {
    return at < size && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::int32_t end = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const Span span = spans[i];
    if (span.begin < 0 || span.end > size || span.begin > span.end) fail(what, i, "does not lie in the text");
    if (span.begin < end) fail(what, i, "begins before the end of the one before; sort them");
    if (is_inside_character(span.begin) || is_inside_character(span.end))
      fail(what, i, "begins or ends inside a character");
    end = span.end;
  }
}

std::vector<Span> trimmed_spans(std::string_view text, std::span<const Span> spans) {
  const std::int32_t text_begin = byte_order_mark_size(text);
  std::vector<Span> found;
  found.reserve(spans.size());
  for (const Span span : spans) {
    const Span inside =
        unicode::trim(text, {std::max(span.begin, text_begin), std::max(span.end, text_begin)});
    if (!inside.empty()) found.push_back(inside);
  }
  return found;
}

void merge_under(std::span<const Span> sentences, std::vector<Block>& blocks) {
  std::vector<std::int32_t> place(blocks.size());  // of each block among the merged ones
  std::vector<Block> merged;
  std::size_t s = 0;
  std::int32_t largest_share = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const Span span = blocks[b].span;
    while (s < sentences.size() && sentences[s].end <= span.begin) ++s;
    const bool is_inside = s < sentences.size() && sentences[s].begin < span.begin && !merged.empty();
    const std::int32_t share =
        s < sentences.size() ? std::min(span.end, sentences[s].end) - std::max(span.begin, sentences[s].begin)
                             : 0;
    if (is_inside) {
      merged.back().span.end = span.end;
      merged.back().duplicate_of = -1;
      if (share > largest_share) {
        merged.back().role = blocks[b].role;
        merged.back().level = blocks[b].level;
      }
      largest_share = std::max(largest_share, share);
    } else {
      merged.push_back(blocks[b]);
      largest_share = share;
    }
    place[b] = static_cast<std::int32_t>(merged.size()) - 1;
    // Of the sentences that begin in this block only the last can run on into the next.
    while (s + 1 < sentences.size() && sentences[s + 1].begin < span.end) {
      ++s;
      largest_share = std::min(span.end, sentences[s].end) - std::max(span.begin, sentences[s].begin);
    }
  }
  if (merged.size() == blocks.size()) return;
  blocks = std::move(merged);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const auto moved = [&](std::int32_t to) {
      const std::int32_t now = to < 0 ? -1 : place[static_cast<std::size_t>(to)];
      return now < static_cast<std::int32_t>(b) ? now : -1;
    };
    blocks[b].duplicate_of = moved(blocks[b].duplicate_of);
    blocks[b].section = moved(blocks[b].section);
  }
}

void ReadyWords::append_to(DocumentParts& parts, Span sentence) {
  for (; next_ < words_.size() && words_[next_].begin < sentence.end; ++next_) {
    const Span word = words_[next_];
    const std::string_view shown = text_.substr(word.begin, word.size());
    if (word.begin < sentence.begin) fail(shown, "lies in no sentence");
    if (word.end > sentence.end) fail(shown, "runs over the end of a sentence; give the sentences too");
    if (const WordKind kind = kind_of_word(shown); kind != WordKind::other) {
      parts.words.push_back(word);
      parts.word_kinds.push_back(kind);
    }
  }
}

void ReadyWords::finish() const {
  if (next_ == words_.size()) return;
  fail(text_.substr(words_[next_].begin, words_[next_].size()), "lies in no sentence");
}

}  // namespace nutgraf
