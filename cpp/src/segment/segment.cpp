#include "nutgraf/segment.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "blocks/text_size.h"
#include "nutgraf/error.h"
#include "segment/document_data.h"
#include "segment/language.h"
#include "segment/sentences.h"
#include "support/checkpoint.h"
#include "support/parallel.h"
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

/// Appends a sentence with its words.
void append_sentence(std::string_view text, const SentenceFinder::Sentence& sentence,
                     unicode::WordWalker& walker, DocumentParts& parts, Pacer& pacer) {
  parts.sentences.push_back(sentence.span);
  parts.boundary_scores.push_back(sentence.end_score);
  parts.datelines.push_back({});
  append_words(text, sentence.span, walker, parts, pacer);
  parts.sentence_words.push_back(static_cast<std::int32_t>(parts.words.size()));
}

void end_block(DocumentParts& parts) {
  parts.block_sentences.push_back(static_cast<std::int32_t>(parts.sentences.size()));
}

SentenceFinder finder_of(std::string_view text, std::string_view lang, const SegmentOptions& options) {
  constexpr std::string_view danda = "\u0964";
  const double threshold = std::clamp(options.boundary_threshold * boundary_score_scale,
                                      double{-certain_boundary}, double{certain_boundary - 1});
  return {SentenceLanguage(lang, options.abbreviations), static_cast<int>(threshold),
          text.find(danda) != std::string_view::npos};
}

void check_options(const SegmentOptions& options) {
  check_language(options.lang);
  for (std::size_t i = 0; i < options.abbreviations.size(); ++i) {
    const std::string& own = options.abbreviations[i];
    const bool has_letter = std::ranges::any_of(own, [](char c) { return c != '.' && c != ' '; });
    if (!has_letter) {
      throw Error(ErrorKind::invalid_argument,
                  "abbreviation " + std::to_string(i) + " is '" + own + "'; it must have a letter");
    }
  }
  if (std::isnan(options.boundary_threshold))
    throw Error(ErrorKind::invalid_argument, "boundary_threshold is not a number");
}

/// The language of the first words.
std::string_view identify_language(std::string_view text, std::span<const Block> blocks,
                                   unicode::WordWalker& walker, Pacer& pacer) {
  std::vector<Span> words;
  for (std::size_t b = 0; b < blocks.size() && words.size() < language_sample; ++b) {
    walker.start(text, blocks[b].span);
    for (std::int32_t before = blocks[b].span.begin; !walker.is_done() && words.size() < language_sample;
         before = walker.position()) {
      const auto spans = walker.next().spans;
      words.insert(words.end(), spans.begin(), spans.end());
      pacer.advance(static_cast<std::size_t>(walker.position() - before));
    }
  }
  return identify_language(text, words);
}

DocumentParts find_parts(std::string_view text, const SegmentOptions& options, const Control& control) {
  check_options(options);
  DocumentParts parts;
  parts.blocks = find_blocks(text, control);
  const std::size_t two_passes = 2 * text.size();  // words, then sentences
  Pacer pacer(control, two_passes);
  unicode::WordWalker walker;
  // English has a word in about six bytes and a sentence in about a hundred.
  parts.words.reserve(text.size() / 6);
  parts.word_kinds.reserve(text.size() / 6);
  const std::size_t sentences = parts.blocks.size() + text.size() / 100;
  parts.sentences.reserve(sentences);
  parts.boundary_scores.reserve(sentences);
  parts.datelines.reserve(sentences);
  parts.sentence_words.reserve(sentences);
  parts.block_sentences.reserve(parts.blocks.size());
  parts.lang = options.lang.empty() ? identify_language(text, parts.blocks, walker, pacer) : options.lang;
  const SentenceFinder finder = finder_of(text, parts.lang, options);
  const SentenceFinder::Sink append = [&](const SentenceFinder::Sentence& sentence) {
    append_sentence(text, sentence, walker, parts, pacer);
  };
  for (const Block& block : parts.blocks) {
    const std::size_t first = parts.sentences.size();
    finder.find(text, block.span, pacer, append);
    end_block(parts);
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

std::vector<std::variant<Document, Error>> segment_many(std::span<const std::string_view> texts,
                                                        const SegmentOptions& options,
                                                        const Control& control) {
  check_options(options);
  return map_texts<Document>(texts, control, [&](std::string_view text, const Control& inner) {
    return segment_borrowed(text, options, inner);
  });
}

namespace detail {

void walk_words(std::string_view text, void* context, void (*visit)(void*, Span, WordKind)) {
  const Control control;
  Pacer pacer(control);
  check_text_size(text.size());
  unicode::check_utf8(text, pacer);
  unicode::WordWalker walker;
  walker.start(text, {0, static_cast<std::int32_t>(text.size())}, true);
  while (!walker.is_done()) {
    const auto [spans, kinds] = walker.next();
    for (std::size_t i = 0; i < spans.size(); ++i) visit(context, spans[i], kinds[i]);
  }
}

void walk_sentences(std::string_view paragraph, const SegmentOptions& options, void* context,
                    void (*visit)(void*, Span)) {
  const Control control;
  Pacer pacer(control);
  check_text_size(paragraph.size());
  unicode::check_utf8(paragraph, pacer);
  check_options(options);
  const Span inside = unicode::trim(paragraph, {0, static_cast<std::int32_t>(paragraph.size())});
  const Block block{.span = inside};
  unicode::WordWalker walker;
  const std::string_view lang =
      options.lang.empty() ? identify_language(paragraph, std::span(&block, 1), walker, pacer) : options.lang;
  finder_of(paragraph, lang, options)
      .find(paragraph, inside, pacer,
            [&](const SentenceFinder::Sentence& sentence) { visit(context, sentence.span); });
}

}  // namespace detail

Document Document::from_sentences(std::span<const std::string_view> sentences, std::string_view lang) {
  check_language(lang);
  const Control control;
  Pacer pacer(control);
  std::string text;
  DocumentParts parts;
  std::vector<SentenceFinder::Sentence> found;
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
    found.push_back({.span = {begin, static_cast<std::int32_t>(text.size())}});
  }
  unicode::WordWalker walker;
  for (const auto& sentence : found) append_sentence(text, sentence, walker, parts, pacer);
  if (!found.empty()) {
    parts.blocks.push_back({.span = {0, static_cast<std::int32_t>(text.size())}});
    end_block(parts);
  }
  parts.lang = lang.empty() ? std::string(identify_language(text, parts.words)) : std::string(lang);
  return DocumentBuilder::build(std::move(text), std::move(parts));
}

}  // namespace nutgraf
