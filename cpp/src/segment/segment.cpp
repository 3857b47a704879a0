#include "nutgraf/segment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

#include "blocks/marks.h"
#include "blocks/text_size.h"
#include "nutgraf/error.h"
#include "segment/document_data.h"
#include "segment/language.h"
#include "segment/ready_spans.h"
#include "segment/sentences.h"
#include "support/checkpoint.h"
#include "support/kept_memory.h"
#include "support/parallel.h"
#include "unicode/unicode.h"
#include "unicode/words.h"

namespace nutgraf {
namespace {

/// Appends the words of text[span] to `parts`.
void find_words(std::string_view text, Span span, unicode::WordWalker& walker, DocumentParts& parts,
                Pacer& pacer) {
  walker.start(text, span);
  for (std::int32_t before = span.begin; !walker.is_done(); before = walker.position()) {
    const auto [spans, kinds] = walker.next();
    parts.words.insert(parts.words.end(), spans.begin(), spans.end());
    parts.word_kinds.insert(parts.word_kinds.end(), kinds.begin(), kinds.end());
    pacer.advance(static_cast<std::size_t>(walker.position() - before));
  }
}

/// Appends a sentence with its words: those that are ready, else those found.
void append_sentence(std::string_view text, const SentenceFinder::Sentence& sentence,
                     std::optional<ReadyWords>& ready, unicode::WordWalker& walker, DocumentParts& parts,
                     Pacer& pacer) {
  parts.sentences.push_back(sentence.span);
  parts.boundary_scores.push_back(sentence.end_score);
  parts.datelines.push_back({});
  if (ready) {
    ready->append_to(parts, sentence.span);
  } else {
    find_words(text, sentence.span, walker, parts, pacer);
  }
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

/// The language of the first words of the article, and where these are few of what is around it: menus are
/// names, or in another language.
std::string_view identify_language(std::string_view text, std::span<const Block> blocks,
                                   unicode::WordWalker& walker, Pacer& pacer) {
  std::vector<Span> words;
  const auto add = [&](Span block) {
    walker.start(text, block);
    for (std::int32_t before = block.begin; !walker.is_done() && words.size() < language_sample;
         before = walker.position()) {
      const auto spans = walker.next().spans;
      words.insert(words.end(), spans.begin(), spans.end());
      pacer.advance(static_cast<std::size_t>(walker.position() - before));
    }
  };
  for (const bool of_article : {true, false}) {
    for (std::size_t b = 0; b < blocks.size() && words.size() < language_sample; ++b) {
      if (is_body_like(blocks[b].role) == of_article) add(blocks[b].span);
    }
  }
  std::ranges::sort(words, {}, &Span::begin);
  return identify_language(text, words);
}

/// The sentences of a block in which marks stand before, after or between lines of text. A block of nothing
/// but marks is one sentence.
void find_between_marks(std::string_view text, const Block& block, const SentenceFinder& finder, Pacer& pacer,
                        const SentenceFinder::Sink& sink) {
  const std::string plain = without_marks(text.substr(block.span.begin, block.span.size()), block.role);
  const Span inside = unicode::trim(plain, {0, static_cast<std::int32_t>(plain.size())});
  if (inside.empty()) return sink({.span = block.span});
  finder.find(plain, inside, pacer, [&](SentenceFinder::Sentence sentence) {
    sentence.span.begin += block.span.begin;
    sentence.span.end += block.span.begin;
    sink(sentence);
  });
}

DocumentParts find_parts(std::string_view text, const SegmentOptions& options, const Control& control,
                         const ReadySpans& ready = {}) {
  check_options(options);
  DocumentParts parts;
  parts.blocks = find_blocks(text, control);
  const std::size_t two_passes = 2 * text.size();  // words, then sentences
  Pacer pacer(control, two_passes);
  unicode::WordWalker walker;
  // A summary needs some 8 bytes for one of the text. English has a word in about six bytes and a sentence
  // in about a hundred.
  reserve_and_keep(parts.words, text.size() / 6, 8 * text.size());
  parts.word_kinds.reserve(text.size() / 6);
  const std::size_t sentences = parts.blocks.size() + text.size() / 100;
  parts.sentences.reserve(sentences);
  parts.boundary_scores.reserve(sentences);
  parts.datelines.reserve(sentences);
  parts.sentence_words.reserve(sentences);
  parts.block_sentences.reserve(parts.blocks.size());
  parts.lang = options.lang.empty() ? identify_language(text, parts.blocks, walker, pacer) : options.lang;

  std::vector<Span> ready_sentences;
  if (ready.sentences) {
    check_spans(text, *ready.sentences, "sentence span");
    ready_sentences = trimmed_spans(text, *ready.sentences);
    merge_under(ready_sentences, parts.blocks);
  }
  std::optional<ReadyWords> ready_words;
  if (ready.words) {
    check_spans(text, *ready.words, "word span");
    ready_words.emplace(text, *ready.words);
  }
  const BlockLanguages block_language(text, parts.lang);
  const SentenceFinder document_finder = finder_of(text, parts.lang, options);
  std::map<std::string_view, SentenceFinder> other_finders;
  const SentenceFinder::Sink append = [&](const SentenceFinder::Sentence& sentence) {
    append_sentence(text, sentence, ready_words, walker, parts, pacer);
  };
  auto next = ready_sentences.begin();
  for (std::size_t b = 0; b < parts.blocks.size(); ++b) {
    const Block& block = parts.blocks[b];
    const std::size_t first = parts.sentences.size();
    const SentenceFinder* finder = &document_finder;
    if (options.lang.empty() && block.role != Role::code) {
      const std::string_view lang = block_language(block.span);
      if (lang != parts.lang) {
        const auto known = other_finders.find(lang);
        finder = known != other_finders.end()
                     ? &known->second
                     : &other_finders.emplace(lang, finder_of(text, lang, options)).first->second;
        if (parts.block_langs.empty()) parts.block_langs.assign(parts.blocks.size(), parts.lang);
        parts.block_langs[b] = lang;
      }
    }
    if (ready.sentences) {
      for (; next != ready_sentences.end() && next->begin < block.span.end; ++next) append({.span = *next});
    } else if (has_marks(text.substr(block.span.begin, block.span.size()), block.role)) {
      find_between_marks(text, block, *finder, pacer, append);
    } else {
      finder->find(text, block.span, pacer, append);
    }
    end_block(parts);
    if (block.role == Role::body && first < parts.sentences.size() &&
        parts.sentences[first].begin == block.span.begin)
      parts.datelines[first] = find_dateline(text, parts.sentences[first]);
  }
  if (ready_words) ready_words->finish();
  if (control.progress) control.progress(two_passes, two_passes);
  return parts;
}

/// A document of one block, made of sentences that come one by one.
class ReadyDocument {
 public:
  void add_sentence() {
    if (!sentences_.empty()) text_ += '\n';
    const auto begin = static_cast<std::int32_t>(text_.size());
    sentences_.push_back({begin, begin});
  }
  /// Appends valid UTF-8 to the last sentence.
  Span add(std::string_view piece) {
    check_text_size(text_.size() + piece.size() + 1);
    const auto begin = static_cast<std::int32_t>(text_.size());
    text_ += piece;
    sentences_.back().end = static_cast<std::int32_t>(text_.size());
    return {begin, sentences_.back().end};
  }
  Document build(std::string_view lang, std::optional<std::span<const Span>> words = {}) && {
    DocumentParts parts;
    unicode::WordWalker walker;
    std::optional<ReadyWords> ready;
    if (words) ready.emplace(text_, *words);
    for (const Span sentence : sentences_) {
      append_sentence(text_, {.span = sentence}, ready, walker, parts, pacer_);
    }
    if (!sentences_.empty()) {
      parts.blocks.push_back({.span = {0, static_cast<std::int32_t>(text_.size())}});
      end_block(parts);
    }
    parts.lang =
        lang.empty() ? std::string(nutgraf::identify_language(text_, parts.words)) : std::string(lang);
    return DocumentBuilder::build(std::move(text_), std::move(parts));
  }

 private:
  Control control_;
  Pacer pacer_{control_};
  std::string text_;
  std::vector<Span> sentences_;
};

/// Without white space at its ends. \throws Error invalid_argument for a blank one.
std::string_view trimmed(std::string_view part, const std::string& what, std::size_t index) {
  const Control control;
  Pacer pacer(control);
  unicode::check_utf8(part, pacer);
  const Span inside = unicode::trim(part, {0, static_cast<std::int32_t>(part.size())});
  if (inside.empty()) {
    throw Error(ErrorKind::invalid_argument,
                what + ' ' + std::to_string(index) + " is empty or blank; leave it out");
  }
  return part.substr(inside.begin, inside.size());
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

Document segment_ready(std::string_view text, const ReadySpans& ready, const SegmentOptions& options,
                       const Control& control) {
  DocumentParts parts = find_parts(text, options, control, ready);
  return DocumentBuilder::build(std::string(text), std::move(parts));
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
  ReadyDocument document;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    check_text_size(sentences[i].size());
    const std::string_view sentence = trimmed(sentences[i], "sentence", i);
    document.add_sentence();
    document.add(sentence);
  }
  return std::move(document).build(lang);
}

Document Document::from_words(std::span<const std::vector<std::string_view>> sentences,
                              std::string_view lang) {
  check_language(lang);
  ReadyDocument document;
  std::vector<Span> words;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    if (sentences[i].empty()) {
      throw Error(ErrorKind::invalid_argument,
                  "sentence " + std::to_string(i) + " has no words; leave it out");
    }
    document.add_sentence();
    for (std::size_t w = 0; w < sentences[i].size(); ++w) {
      check_text_size(sentences[i][w].size());
      const std::string_view word = trimmed(sentences[i][w], "sentence " + std::to_string(i) + ": word", w);
      if (w > 0) document.add(" ");
      words.push_back(document.add(word));
    }
  }
  return std::move(document).build(lang, words);
}

}  // namespace nutgraf
