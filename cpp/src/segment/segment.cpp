#include "nutgraf/segment.h"

#include <string>

#include "blocks/text_size.h"
#include "nutgraf/error.h"
#include "segment/document_data.h"
#include "segment/language.h"
#include "segment/sentences.h"
#include "support/checkpoint.h"
#include "unicode/unicode.h"
#include "unicode/words.h"

namespace nutgraf {
namespace {

/// Appends the words of text[span] to `parts`.
void append_words(std::string_view text, Span span, unicode::WordWalker& walker, DocumentParts& parts,
                  Pacer& pacer) {
  walker.start(text, span);
  for (std::int32_t before = span.begin; !walker.is_done(); before = walker.position()) {
    const auto [spans, kinds] = walker.next();
    parts.words.insert(parts.words.end(), spans.begin(), spans.end());
    parts.word_kinds.insert(parts.word_kinds.end(), kinds.begin(), kinds.end());
    pacer.advance(static_cast<std::size_t>(walker.position() - before));
  }
}

/// Appends sentences to `parts`, each with its words: those not yet taken that end inside it.
/// A boundary inside a word is none: its two sentences become one.
void append_sentences(std::span<const Span> sentences, DocumentParts& parts) {
  auto word = static_cast<std::size_t>(parts.sentence_words.back());
  std::int32_t begin = -1;  // of a sentence that a boundary inside a word did not end
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    if (begin < 0) begin = sentences[s].begin;
    while (word < parts.words.size() && parts.words[word].end <= sentences[s].end) ++word;
    const bool cuts_word = word < parts.words.size() && parts.words[word].begin < sentences[s].end;
    if (cuts_word && s + 1 < sentences.size()) continue;
    parts.sentences.push_back({begin, sentences[s].end});
    begin = -1;
    parts.sentence_words.push_back(static_cast<std::int32_t>(word));
    parts.datelines.push_back({});
  }
  parts.block_sentences.push_back(static_cast<std::int32_t>(parts.sentences.size()));
}

DocumentParts find_parts(std::string_view text, const SegmentOptions& options, const Control& control) {
  check_language(options.lang);
  DocumentParts parts;
  parts.blocks = find_blocks(text, control);
  const std::size_t two_passes = 2 * text.size();  // words, then sentences
  Pacer pacer(control, two_passes);
  unicode::WordWalker walker;
  // English has a word in about six bytes.
  parts.words.reserve(text.size() / 6);
  parts.word_kinds.reserve(text.size() / 6);
  for (const Block& block : parts.blocks) append_words(text, block.span, walker, parts, pacer);
  parts.lang = options.lang.empty() ? identify_language(text, parts.words) : options.lang;
  unicode::SentenceBoundaries boundaries(pacer);
  SentenceFinder sentences(parts.lang, boundaries);
  for (const Block& block : parts.blocks) {
    append_sentences(sentences.find(text, block.span), parts);
    const auto first = static_cast<std::size_t>(parts.block_sentences[parts.block_sentences.size() - 2]);
    if (block.role == Role::body) parts.datelines[first] = find_dateline(text, parts.sentences[first]);
  }
  if (control.progress) control.progress(two_passes, two_passes);
  return parts;
}

}  // namespace

Document segment(std::string&& text, const SegmentOptions& options, const Control& control) {
  DocumentParts parts = find_parts(text, options, control);
  return DocumentBuilder::build(std::move(text), std::move(parts));
}

Document segment(std::string_view text, const SegmentOptions& options, const Control& control) {
  DocumentParts parts = find_parts(text, options, control);
  return DocumentBuilder::build(std::string(text), std::move(parts));
}

Document segment(const char* text, const SegmentOptions& options, const Control& control) {
  return segment(std::string_view(text), options, control);
}

Document segment_borrowed(std::string_view text, const SegmentOptions& options, const Control& control) {
  DocumentParts parts = find_parts(text, options, control);
  return DocumentBuilder::build(text, std::move(parts));
}

Document Document::from_sentences(std::span<const std::string_view> sentences, std::string_view lang) {
  check_language(lang);
  const Control control;
  Pacer pacer(control);
  std::string text;
  DocumentParts parts;
  std::vector<Span> spans;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    check_text_size(text.size() + sentences[i].size() + 1);
    unicode::check_utf8(sentences[i], pacer);
    const Span inside = unicode::trim(sentences[i], {0, static_cast<std::int32_t>(sentences[i].size())});
    if (inside.empty()) {
      throw Error(ErrorKind::invalid_argument,
                  "sentence " + std::to_string(i) + " is empty or blank; leave it out");
    }
    if (i > 0) text += '\n';
    const auto begin = static_cast<std::int32_t>(text.size());
    text += sentences[i].substr(inside.begin, inside.size());
    spans.push_back({begin, static_cast<std::int32_t>(text.size())});
  }
  unicode::WordWalker walker;
  for (const Span s : spans) append_words(text, s, walker, parts, pacer);
  if (!spans.empty()) {
    parts.blocks.push_back({.span = {0, static_cast<std::int32_t>(text.size())}});
    append_sentences(spans, parts);
  }
  parts.lang = lang.empty() ? std::string(identify_language(text, parts.words)) : std::string(lang);
  return DocumentBuilder::build(std::move(text), std::move(parts));
}

}  // namespace nutgraf
