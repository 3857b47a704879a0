#include "salience/sentence_features.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "support/natural_log.h"
#include "terms/marked_rows.h"
#include "unicode/unicode.h"

namespace nutgraf {

namespace {

using Feature = SentenceFeature;

class Maker {
 public:
  explicit Maker(const SalienceInput& in)
      : in_(in),
        found_(in.size()),
        sums_(in.cosines),
        behind_(in.cosines),
        centroid_(in.size()),
        headline_(in.size()) {}

  std::vector<SentenceFeatures> make() {
    const std::vector<double> titles = headlines(in_.rows);
    for (std::size_t row = 0; row < in_.size(); ++row) {
      if (in_.has_vote(row)) sums_.add(row, of_all, 1);
      if (titles[row] > 0) sums_.add(row, of_titles, titles[row]);
    }
    for (std::int32_t d = 0, begin = 0; d < in_.rows.document_count(); ++d) {
      const Document& document = in_.rows.document(d);
      rows_.resize(static_cast<std::size_t>(document.sentence_count()));
      voters_.reserve(rows_.size());
      std::iota(rows_.begin(), rows_.end(), begin);
      voters_.clear();
      std::ranges::copy_if(rows_, std::back_inserter(voters_),
                           [&](std::int32_t row) { return is_voter(row); });
      places(document, begin);
      words(document, begin);
      likeness();
      begin += document.sentence_count();
    }
    content();
    return std::move(found_);
  }

 private:
  bool is_voter(std::int32_t row) const { return in_.has_vote(static_cast<std::size_t>(row)); }
  void set(std::int32_t row, Feature feature, double value) {
    found_[static_cast<std::size_t>(row)][static_cast<std::size_t>(feature)] = static_cast<float>(value);
  }

  void places(const Document& document, std::int32_t begin) {
    const double n = std::max<double>(1, static_cast<double>(voters_.size()));
    const double share = natural_log(in_.options.share), sentences = natural_log(1 + n);
    std::size_t voters_before = 0;
    for (std::int32_t b = 0; b < static_cast<std::int32_t>(document.blocks().size()); ++b) {
      const IndexRange range = document.sentences_of_block(b);
      for (std::int32_t s = range.first; s < range.last; ++s) {
        const std::int32_t row = begin + s;
        const auto before = static_cast<double>(voters_before);
        set(row, Feature::lead, 1 / (1 + before));
        set(row, Feature::place, before / n);
        set(row, Feature::depth, natural_log_of_count(1 + voters_before) / 5);
        set(row, Feature::opens_block, s == range.first);
        set(row, Feature::share, share);
        set(row, Feature::sentences, sentences);
        voters_before += is_voter(row);
      }
    }
  }

  void words(const Document& document, std::int32_t begin) {
    double sum = 0;
    for (const std::int32_t row : voters_) sum += document.words_of_sentence(row - begin).size();
    const double mean = std::max(sum / std::max<double>(1, static_cast<double>(voters_.size())), 1.0);
    const char* const text = document.text().data();
    const auto spans = document.word_spans();
    const auto kinds = document.word_kinds();
    for (const std::int32_t row : rows_) {
      const std::int32_t sentence = row - begin;
      const IndexRange range = document.words_of_sentence(sentence);
      std::int32_t capitals = 0, numbers = 0, terms = 0;
      for (std::int32_t w = range.first; w < range.last; ++w) {
        const char first = text[spans[w].begin];
        capitals += w > range.first && first >= 'A' && first <= 'Z';
        numbers += kinds[w] == WordKind::number;
      }
      for_terms(in_.vectors.counts, row, [&](std::int32_t, std::int32_t count) { terms += count; });
      const std::int32_t words = std::max(range.size(), 1);
      const double count = words;
      set(row, Feature::size, natural_log_of_count(1 + static_cast<std::size_t>(words)) / 4);
      set(row, Feature::size_to_mean, std::min(1.0, count / (2 * mean)));
      set(row, Feature::stop_share, std::max(0.0, 1 - terms / count));
      set(row, Feature::capital_share, capitals / count);
      set(row, Feature::number_share, numbers / count);
      const std::string_view sentence_text = document.slice(document.sentence_spans()[sentence]);
      set(row, Feature::is_quoting, has_quote(sentence_text));
      set(row, Feature::is_question, is_question(sentence_text));
    }
  }

  static bool has_quote(std::string_view text) {
    if (text.find('"') != std::string_view::npos) return true;
    if (unicode::is_ascii(text)) return false;
    for (const std::string_view mark : {"\u201C", "\u201D", "\u00AB", "\u201E"}) {
      if (text.find(mark) != std::string_view::npos) return true;
    }
    return false;
  }

  static bool is_question(std::string_view text) {
    for (std::size_t at = text.size(); at > 0;) {
      const char32_t c = unicode::previous_code_point(text, at);
      if (!unicode::is_closer(c)) return c == U'?' || c == U'\uFF1F' || c == U'\u061F';
    }
    return false;
  }

  void likeness() {
    constexpr std::size_t lead_size = 3;
    for (std::size_t i = 0; i < std::min(lead_size, voters_.size()); ++i) {
      if (i == 0) sums_.add(static_cast<std::size_t>(voters_[i]), of_first, 1);
      sums_.add(static_cast<std::size_t>(voters_[i]), of_lead, 1);
    }
    double before = 0;
    for (const std::int32_t row : rows_) {
      const auto r = static_cast<std::size_t>(row);
      const std::array<double, sum_count> likeness = sums_.cosines(r);
      set(row, Feature::backward, before > 0 ? likeness[of_earlier] / before : 0);
      set(row, Feature::to_first, likeness[of_first]);
      set(row, Feature::to_lead, likeness[of_lead] / static_cast<double>(lead_size));
      centroid_[r] = likeness[of_all];
      headline_[r] = likeness[of_titles];
      if (is_voter(row)) sums_.add(r, of_earlier, 1), ++before;
      in_.pacer.advance(2);
    }
    double behind = 0;
    for (auto at = rows_.rbegin(); at != rows_.rend(); ++at) {
      const std::int32_t row = *at;
      const auto r = static_cast<std::size_t>(row);
      set(row, Feature::forward, behind > 0 ? behind_.cosine(r) / behind : 0);
      if (is_voter(row)) behind_.add(r), ++behind;
      in_.pacer.advance(2);
    }
    if (in_.rows.document_count() == 1) return;
    sums_.clear(rows_, of_document);
    behind_.clear(rows_);
  }

  void content() {
    const auto add = [&](Feature feature, std::vector<double> scores) {
      scale_to_one(scores, in_.votes);
      for (std::size_t row = 0; row < scores.size(); ++row)
        set(static_cast<std::int32_t>(row), feature, std::min(scores[row], 1.0));
    };
    add(Feature::frequency, sentence_frequencies(in_));
    add(Feature::term_frequency, term_frequency(in_));
    divide_by_centroid(centroid_, in_.votes);
    add(Feature::centroid, std::move(centroid_));
    add(Feature::headline, std::move(headline_));
    double most = 0;
    for (const double idf : in_.vectors.idf) most = std::max(most, idf);
    for (std::int32_t row = 0; row < in_.rows.size(); ++row) {
      double sum = 0, terms = 0;
      for_terms(in_.vectors.counts, row, [&](std::int32_t term, std::int32_t) {
        sum += in_.vectors.idf[term];
        ++terms;
      });
      set(row, Feature::rarity, terms > 0 && most > 0 ? sum / terms / most : 0);
    }
  }

  /// Sums of rows that likeness is to. The first of them are of one document.
  enum Sum : std::size_t {
    of_earlier,
    of_first,
    of_lead,
    of_document,
    of_all = of_document,
    of_titles,
    sum_count
  };

  const SalienceInput& in_;
  std::vector<SentenceFeatures> found_;
  Cosines::Sums<sum_count> sums_;
  Cosines::Sum behind_;
  std::vector<double> centroid_, headline_;
  std::vector<std::int32_t> rows_, voters_;  ///< of one document
};

}  // namespace

std::vector<SentenceFeatures> sentence_features(const SalienceInput& in) {
  return Maker(in).make();
}

}  // namespace nutgraf
