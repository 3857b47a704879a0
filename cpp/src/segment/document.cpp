#include "nutgraf/document.h"

#include <algorithm>
#include <limits>

#include "blocks/marks.h"
#include "nutgraf/error.h"
#include "segment/document_data.h"
#include "support/checkpoint.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

bool same_block(const Block& a, const Block& b) {
  return a.span == b.span && a.role == b.role && a.duplicate_of == b.duplicate_of && a.section == b.section &&
         a.level == b.level;
}

void require(bool holds, const char* what) {
  if (!holds)
    throw Error(ErrorKind::corrupt_file, std::string("the parts of the document do not fit: ") + what);
}

/// Whether `first` cuts `count` items into `groups` consecutive runs.
bool is_partition(const std::vector<std::int32_t>& first, std::size_t groups, std::size_t count) {
  return first.size() == groups + 1 && first.front() == 0 &&
         first.back() == static_cast<std::int32_t>(count) && std::is_sorted(first.begin(), first.end());
}

bool is_on_border(std::string_view text, std::int32_t at) {
  return at == static_cast<std::int32_t>(text.size()) ||
         (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void check_spans(std::string_view text, const std::vector<Span>& inner,
                 const std::vector<std::int32_t>& first, std::span<const Span> outer, const char* what) {
  for (std::size_t o = 0; o < outer.size(); ++o) {
    std::int32_t from = outer[o].begin;
    for (std::int32_t i = first[o]; i < first[o + 1]; ++i) {
      require(inner[i].begin >= from && inner[i].begin < inner[i].end && inner[i].end <= outer[o].end, what);
      require(is_on_border(text, inner[i].begin) && is_on_border(text, inner[i].end), what);
      from = inner[i].end;
    }
  }
}

void check_parts(std::string_view text, const DocumentParts& p) {
  const Control control;
  Pacer pacer(control);
  unicode::check_utf8(text, pacer);
  require(is_partition(p.block_sentences, p.blocks.size(), p.sentences.size()), "block_sentences");
  require(is_partition(p.sentence_words, p.sentences.size(), p.words.size()), "sentence_words");
  require(p.word_kinds.size() == p.words.size() &&
              std::ranges::all_of(p.word_kinds, [](WordKind kind) { return kind < WordKind::other; }),
          "word_kinds");
  require(p.datelines.size() == p.sentences.size(), "datelines");
  require(p.block_langs.empty() || p.block_langs.size() == p.blocks.size(), "block_langs");
  require(p.boundary_scores.size() == p.sentences.size(), "boundary_scores");
  std::vector<Span> block_spans;
  for (std::size_t i = 0; i < p.blocks.size(); ++i) {
    const Block& b = p.blocks[i];
    const auto before = static_cast<std::int32_t>(i);
    require(b.duplicate_of >= -1 && b.duplicate_of < before && b.section >= -1 && b.section < before,
            "blocks");
    require(static_cast<std::size_t>(b.role) < role_names.size(), "roles");
    require(b.level >= 0, "levels");
    block_spans.push_back(b.span);
  }
  const Span whole[] = {{0, static_cast<std::int32_t>(text.size())}};
  check_spans(text, block_spans, {0, static_cast<std::int32_t>(block_spans.size())}, whole, "blocks");
  check_spans(text, p.sentences, p.block_sentences, block_spans, "sentences");
  check_spans(text, p.words, p.sentence_words, p.sentences, "words");
  for (std::size_t s = 0; s < p.sentences.size(); ++s) {
    const Span d = p.datelines[s];
    const bool is_inside = d.begin == p.sentences[s].begin && d.end > d.begin && d.end <= p.sentences[s].end;
    require(d == Span{} || (is_inside && is_on_border(text, d.end)), "datelines");
  }
}

}  // namespace

bool operator==(const DocumentParts& a, const DocumentParts& b) {
  return a.lang == b.lang && a.block_langs == b.block_langs &&
         std::ranges::equal(a.blocks, b.blocks, same_block) && a.sentences == b.sentences &&
         a.words == b.words && a.word_kinds == b.word_kinds && a.block_sentences == b.block_sentences &&
         a.sentence_words == b.sentence_words && a.datelines == b.datelines &&
         a.boundary_scores == b.boundary_scores;
}

Document::Document() : data_(std::make_shared<Data>()) {}

std::string_view Document::text() const noexcept {
  return data_->text;
}
std::string_view Document::lang() const noexcept {
  return data_->parts.lang;
}
std::string_view Document::block_lang(std::int32_t block) const noexcept {
  const DocumentParts& parts = data_->parts;
  return parts.block_langs.empty() ? parts.lang : parts.block_langs[static_cast<std::size_t>(block)];
}
std::span<const Block> Document::blocks() const noexcept {
  return data_->parts.blocks;
}
std::span<const Span> Document::sentence_spans() const noexcept {
  return data_->parts.sentences;
}
std::span<const Span> Document::word_spans() const noexcept {
  return data_->parts.words;
}
std::span<const WordKind> Document::word_kinds() const noexcept {
  return data_->parts.word_kinds;
}
const DocumentParts& Document::parts() const noexcept {
  return data_->parts;
}

IndexRange Document::sentences_of_block(std::int32_t block) const noexcept {
  return {data_->parts.block_sentences[block], data_->parts.block_sentences[block + 1]};
}

IndexRange Document::words_of_sentence(std::int32_t sentence) const noexcept {
  return {data_->parts.sentence_words[sentence], data_->parts.sentence_words[sentence + 1]};
}

std::int32_t Document::block_of_sentence(std::int32_t sentence) const noexcept {
  const auto& first = data_->parts.block_sentences;
  return static_cast<std::int32_t>(std::upper_bound(first.begin(), first.end(), sentence) - first.begin()) -
         1;
}

Span Document::dateline(std::int32_t sentence) const noexcept {
  return data_->parts.datelines[sentence];
}

float Document::boundary_log_odds(std::int32_t sentence) const noexcept {
  const std::int16_t score = data_->parts.boundary_scores[sentence];
  if (score == certain_boundary) return std::numeric_limits<float>::infinity();
  return static_cast<float>(score) / boundary_score_scale;
}

std::string fold_white_space(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (unicode::is_space(unicode::next_code_point(text, at))) {
      space = !folded.empty();
      continue;
    }
    if (space) folded += ' ';
    space = false;
    folded += text.substr(begin, at - begin);
  }
  return folded;
}

std::string Document::display(std::int32_t sentence) const {
  Span span = sentence_spans()[sentence];
  if (!dateline(sentence).empty()) span.begin = dateline(sentence).end;
  const bool is_quote = blocks()[static_cast<std::size_t>(block_of_sentence(sentence))].role == Role::quote;
  return fold_white_space(is_quote ? without_quote_marks(slice(span)) : slice(span));
}

std::string Document::display_block(std::int32_t block) const {
  const Block& shown = blocks()[static_cast<std::size_t>(block)];
  return fold_white_space(without_marks(slice(shown.span), shown.role));
}

std::vector<std::int32_t> Document::outline() const {
  std::vector<std::int32_t> headings;
  for (std::size_t b = 0; b < blocks().size(); ++b) {
    if (blocks()[b].level > 0) headings.push_back(static_cast<std::int32_t>(b));
  }
  return headings;
}

Document Document::assemble(std::string text, DocumentParts parts) {
  check_parts(text, parts);
  return Document(std::make_shared<Data>(std::move(text), std::move(parts)));
}

Document Document::assemble_borrowed(std::string_view text, DocumentParts parts) {
  check_parts(text, parts);
  return Document(std::make_shared<Data>(text, std::move(parts)));
}

SentenceRows::SentenceRows(std::span<const Document> documents) : documents_(documents) {
  first_.reserve(documents.size() + 1);
  first_.push_back(0);
  for (const Document& d : documents) first_.push_back(first_.back() + d.sentence_count());
}

SentenceRef SentenceRows::at(std::int32_t row) const noexcept {
  if (documents_.size() == 1) return {0, row};
  const auto document =
      static_cast<std::int32_t>(std::upper_bound(first_.begin(), first_.end(), row) - first_.begin()) - 1;
  return {document, row - first_[document]};
}

}  // namespace nutgraf
