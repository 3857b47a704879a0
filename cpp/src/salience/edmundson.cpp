#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "salience/term_weights.h"
#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// Words that announce what matters, and words that announce that it does not.
struct CueWords {
  Vocabulary bonus, stigma;
};

const CueWords* cue_words_of(std::string_view lang) {
  static const auto table = [] {
    std::unordered_map<std::string_view, CueWords> found;
    for (std::string_view line : data_lines("cue_words")) {
      CueWords& words = found[take_field(line)];
      (take_field(line) == "bonus" ? words.bonus : words.stigma).add(unicode::fold(line));
    }
    return found;
  }();
  const auto at = table.find(lang);
  return at == table.end() ? nullptr : &at->second;
}

/// Bonus words less stigma words.
std::vector<double> cues(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  unicode::Folder fold;
  for (std::int32_t row = 0; row < in.rows.size(); ++row) {
    const SentenceRef ref = in.rows.at(row);
    const Document& document = in.rows.document(ref.document);
    const char* const readable_end = document.text().data() + document.text().size();
    const CueWords* words = cue_words_of(document.block_lang(document.block_of_sentence(ref.sentence)));
    if (!words) continue;
    const IndexRange range = document.words_of_sentence(ref.sentence);
    for (std::int32_t w = range.first; w < range.last; ++w) {
      const TermKey word = fold(document.slice(document.word_spans()[w]), readable_end);
      scores[row] += (words->bonus.find(word) >= 0) - (words->stigma.find(word) >= 0);
    }
    in.pacer.advance(static_cast<std::size_t>(document.sentence_spans()[ref.sentence].size()));
  }
  double largest = 0;
  for (std::size_t r = 0; r < scores.size(); ++r)
    largest = std::max(largest, in.has_vote(r) ? std::abs(scores[r]) : 0);
  for (double& score : scores) score = largest > 0 ? std::clamp(score / largest, -1.0, 1.0) : 0;
  return scores;
}

/// The weights of the terms that weight(term) gives, over each sentence.
template <typename Weight>
std::vector<double> sum_of_terms(const SalienceInput& in, Weight weight) {
  const TermCounts& counts = in.vectors.counts;
  std::vector<double> scores(in.size());
  for (std::int32_t r = 0; r < counts.rows(); ++r) {
    for (std::int32_t i = counts.row_begin[r]; i < counts.row_begin[r + 1]; ++i)
      scores[r] += counts.counts[i] * weight(counts.ids[i]);
  }
  scale_to_one(scores, in.votes);
  return scores;
}

/// Terms of the title count twice, those of subheads once.
std::vector<double> title_weights(const SalienceInput& in) {
  const TermCounts& counts = in.vectors.counts;
  std::vector<double> weights(static_cast<std::size_t>(counts.vocabulary.size()));
  for (std::int32_t row = 0; row < in.rows.size(); ++row) {
    const SentenceRef ref = in.rows.at(row);
    const Document& document = in.rows.document(ref.document);
    const Role role = document.blocks()[document.block_of_sentence(ref.sentence)].role;
    const double weight = role == Role::headline || role == Role::standfirst ? 2
                          : role == Role::subhead                            ? 1
                                                                             : 0;
    for (std::int32_t i = counts.row_begin[row]; weight > 0 && i < counts.row_begin[row + 1]; ++i)
      weights[counts.ids[i]] = std::max(weights[counts.ids[i]], weight);
  }
  return weights;
}

/// 1 for the first or last of the voting sentences of a block, and 1 for a place in the first or last of the
/// voting blocks of a document.
std::vector<double> locations(const SalienceInput& in) {
  std::vector<double> scores(in.size());
  for (std::int32_t d = 0; d < in.rows.document_count(); ++d) {
    const Document& document = in.rows.document(d);
    const auto votes = [&](std::int32_t block) {
      const IndexRange range = document.sentences_of_block(block);
      return range.size() > 0 && in.votes.has_vote[in.rows.row({d, range.first})];
    };
    std::int32_t first = -1, last = -1;
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
      if (!votes(b)) continue;
      if (first < 0) first = b;
      last = b;
    }
    for (std::int32_t b = std::max(first, 0); b <= last; ++b) {
      if (!votes(b)) continue;
      const IndexRange range = document.sentences_of_block(b);
      for (std::int32_t s = range.first; s < range.last; ++s) {
        scores[in.rows.row({d, s})] =
            (s == range.first || s + 1 == range.last ? 1 : 0) + (b == first || b == last ? 1 : 0);
      }
    }
  }
  scale_to_one(scores, in.votes);
  return scores;
}

}  // namespace

std::vector<double> edmundson(const SalienceInput& in) {
  const TermWeights terms = weigh_terms(in);
  const std::vector<std::uint8_t> is_significant = significant_terms(in, terms);
  const std::vector<double> titles = title_weights(in);
  const std::vector<double> keys =
      sum_of_terms(in, [&](std::int32_t term) { return is_significant[term] ? terms.weight[term] : 0; });
  const std::vector<double> title = sum_of_terms(in, [&](std::int32_t term) { return titles[term]; });
  const std::vector<double> location = locations(in);
  std::vector<double> scores = cues(in);
  for (std::size_t r = 0; r < scores.size(); ++r) scores[r] += keys[r] + title[r] + location[r];
  return scores;
}

}  // namespace nutgraf
