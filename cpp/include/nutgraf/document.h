#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/blocks.h"
#include "nutgraf/span.h"

namespace nutgraf {

enum class WordKind : std::uint8_t {
  letters,  ///< holds a letter: "Kim's", "KN-23" is two words, "3rd"
  number,   ///< holds digits and no letter: "15,000", "2.5"
  other,    ///< neither: a space, a mark, an emoji; no word of a Document is of this kind
};

inline constexpr int boundary_score_scale = 32;
/// The score of a boundary that nobody decided: the end of a block, a sentence that came ready split.
inline constexpr std::int16_t certain_boundary = 32767;

/// The parts of a Document, as plain arrays. Each level points into the next: block b holds the sentences
/// [block_sentences[b], block_sentences[b + 1]), sentence s the words [sentence_words[s], sentence_words[s +
/// 1]).
struct DocumentParts {
  std::string lang = "und";
  std::vector<Block> blocks{};
  /// One a block, codes of languages(); empty where all blocks have the language of the document.
  std::vector<std::string> block_langs{};
  std::vector<Span> sentences{};
  std::vector<Span> words{};
  std::vector<WordKind> word_kinds{};
  std::vector<std::int32_t> block_sentences{0};
  std::vector<std::int32_t> sentence_words{0};
  /// One a sentence: a dateline or credit at its beginning ("SEOUL -- "), mostly empty.
  std::vector<Span> datelines{};
  /// One a sentence: the log-odds that it ends where it does, in units of 1/boundary_score_scale.
  std::vector<std::int16_t> boundary_scores{};

  friend bool operator==(const DocumentParts&, const DocumentParts&);
};

/// A text with its blocks, sentences and words. A cheap handle on shared, immutable data: copies are views of
/// the same document, and const access from many threads is safe.
///
///     nutgraf::Document doc = nutgraf::segment(text);
///     for (nutgraf::Span s : doc.sentence_spans()) use(doc.slice(s));
class Document {
 public:
  /// An empty text.
  Document();

  std::string_view text() const noexcept;
  /// ISO 639-1 code of the language, "und" where it is not known.
  std::string_view lang() const noexcept;
  /// The language of a block: that of the document, unless the block is clearly in another.
  std::string_view block_lang(std::int32_t block) const noexcept;

  std::span<const Block> blocks() const noexcept;
  std::span<const Span> sentence_spans() const noexcept;
  std::span<const Span> word_spans() const noexcept;
  std::span<const WordKind> word_kinds() const noexcept;

  std::int32_t sentence_count() const noexcept { return static_cast<std::int32_t>(sentence_spans().size()); }
  IndexRange sentences_of_block(std::int32_t block) const noexcept;
  IndexRange words_of_sentence(std::int32_t sentence) const noexcept;
  std::int32_t block_of_sentence(std::int32_t sentence) const noexcept;
  /// The dateline or credit that opens a sentence ("SEOUL -- ", "(Reuters) - "), empty where there is none.
  /// It is part of the sentence's span, and is neither displayed nor weighed.
  Span dateline(std::int32_t sentence) const noexcept;

  /// How sure it is that a sentence ends where it does: the log-odds that the classifier gives, 8 where a
  /// rule decided, infinity at the end of a block.
  float boundary_log_odds(std::int32_t sentence) const noexcept;

  /// The bytes of a span, verbatim.
  std::string_view slice(Span span) const noexcept {
    return text().substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
  }
  /// A sentence as a person reads it: without its dateline and the marks of a quote's lines, wrapped lines
  /// joined, white space folded to one space.
  std::string display(std::int32_t sentence) const;
  /// A block as a person reads it: without its marks, white space folded to one space.
  std::string display_block(std::int32_t block) const;

  /// The blocks of the headings in text order: the table of contents. See Block::level and Block::section.
  std::vector<std::int32_t> outline() const;

  const DocumentParts& parts() const noexcept;

  /// A document of sentences that come ready split: one block of role body, sentences joined by line ends.
  /// Words are found as by segment(). An empty sentence is an Error (invalid_argument) that names its
  /// position.
  static Document from_sentences(std::span<const std::string_view> sentences, std::string_view lang = {});

  /// The same of sentences that come as words: in the text, words stand with a space between them. A word
  /// without a letter or digit is part of the text and no word. An empty word is an Error (invalid_argument).
  static Document from_words(std::span<const std::vector<std::string_view>> sentences,
                             std::string_view lang = {});

  /// A document from parts that were taken from another one (a pickle, a file).
  /// \throws Error invalid_text, or corrupt_file where an array does not fit the text or its neighbours.
  static Document assemble(std::string text, DocumentParts parts);
  /// The same over bytes that the caller keeps alive and unchanged as long as any handle lives.
  static Document assemble_borrowed(std::string_view text, DocumentParts parts);

 private:
  struct Data;
  explicit Document(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;

  friend class DocumentBuilder;
};

/// A text as it is displayed: runs of white space, line ends too, are one space, and none stands at the ends.
/// The text is valid UTF-8.
std::string fold_white_space(std::string_view text);

/// Where a row of a sentence matrix lies.
struct SentenceRef {
  std::int32_t document = 0;
  std::int32_t sentence = 0;
  friend constexpr bool operator==(const SentenceRef&, const SentenceRef&) = default;
};

/// The flat list of the sentences of several documents: what `terms` and the stages after it count in rows.
class SentenceRows {
 public:
  explicit SentenceRows(std::span<const Document> documents);

  std::int32_t size() const noexcept { return first_.back(); }
  std::int32_t row(SentenceRef ref) const noexcept { return first_[ref.document] + ref.sentence; }
  SentenceRef at(std::int32_t row) const noexcept;
  const Document& document(std::int32_t index) const noexcept { return documents_[index]; }
  std::int32_t document_count() const noexcept { return static_cast<std::int32_t>(documents_.size()); }

 private:
  std::span<const Document> documents_;
  std::vector<std::int32_t> first_;
};

}  // namespace nutgraf
