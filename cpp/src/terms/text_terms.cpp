#include <algorithm>
#include <cstdlib>
#include <exception>
#include <limits>

#include "nutgraf/segment.h"
#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "support/murmur_hash.h"
#include "support/parallel.h"
#include "terms/renumber.h"
#include "terms/row_counter.h"
#include "terms/text_analyzer.h"
#include "terms/word_terms.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t usual_token = 6;  // bytes, with the space behind it

/// Counts rows of terms, with a vocabulary that grows or with one that is given.
class TextRows {
 public:
  TextRows(const TextRows&) = delete;  // rows_ looks at counts_
  /// `expected`: the number of terms in all rows, about.
  TextRows(const Vocabulary* vocabulary, std::size_t expected)
      : vocabulary_(vocabulary), rows_(counts_, false) {
    counts_.ids.reserve(expected);
    counts_.counts.reserve(expected);
  }

  void add(const char* buffer, std::span<const Span> terms) {
    const std::span<std::int32_t> ids = rows_.add(terms.size());
    if (vocabulary_) {
      vocabulary_->find(buffer, terms, ids);
      rows_.drop_unknown(ids.size());
    } else {
      counts_.vocabulary.add(buffer, terms, ids);
    }
  }
  void add(const TermKey& term) {
    const std::int32_t id = vocabulary_ ? vocabulary_->find(term) : counts_.vocabulary.add(term);
    if (id >= 0) rows_.add(id);
  }
  void end_row() { rows_.end_row(); }
  TermCounts finish(bool binary, const Control& control) && {
    if (vocabulary_) sort_rows(counts_, vocabulary_->size() - 1, control);
    if (binary) std::ranges::fill(counts_.counts, 1);
    return std::move(counts_);
  }

 private:
  const Vocabulary* vocabulary_;
  TermCounts counts_;
  RowCounter rows_;
};

/// The terms of one text after the other.
class RowTerms {
 public:
  explicit RowTerms(const AnalyzerOptions& options)
      : options_(options), analyze_(options), words_(options.words) {}

  /// Calls sink.add(buffer, spans) or sink.add(key) with the terms of a text, in order.
  template <typename Sink>
  void operator()(std::string_view text, Sink& sink, Pacer& pacer, const Control& control) {
    if (options_.analyzer != Analyzer::segment) {
      unicode::check_utf8(text, pacer);
      analyze_(text, [&](const char* buffer, std::span<const Span> terms) {
        pacer.advance(static_cast<std::size_t>(terms.back().end - terms.front().begin));
        sink.add(buffer, terms);
      });
      return;
    }
    pacer.advance(text.size());
    const Document document = segment_borrowed(text, {.lang = options_.lang}, {.stop = control.stop});
    words_(
        document, [&](const TermKey& term) { sink.add(term); }, [](std::int32_t) {});
  }

 private:
  const AnalyzerOptions& options_;
  TextAnalyzer analyze_;
  WordTerms words_;
};

/// Rows of hashed terms: columns that come from the hash, and counts with a sign.
class HashedRows {
 public:
  explicit HashedRows(const HashingOptions& options) : options_(options) {}

  void add(const char* buffer, std::span<const Span> terms) {
    for (const Span term : terms) add_term({buffer + term.begin, static_cast<std::size_t>(term.size())});
  }
  void add(const TermKey& term) { add_term(term.text); }
  void end_row() {
    check_entries(counts_.ids.size(), static_cast<std::size_t>(counts_.rows()));
    counts_.row_begin.push_back(static_cast<std::int32_t>(counts_.ids.size()));
  }
  TermCounts finish(bool binary, const Control& control) && {
    sort_rows(counts_, options_.columns - 1, control);
    add_up();
    if (binary) std::ranges::fill(counts_.counts, 1);
    return std::move(counts_);
  }

 private:
  void add_term(std::string_view term) {
    const auto hash = static_cast<std::int32_t>(murmur_hash(term));
    // The absolute value of the least number is none of its kind: scikit-learn takes this column.
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
    const std::int32_t column =
        hash == least ? (std::numeric_limits<std::int32_t>::max() - (options_.columns - 1)) % options_.columns
                      : std::abs(hash) % options_.columns;
    counts_.ids.push_back(column);
    counts_.counts.push_back(options_.alternate_sign && hash < 0 ? -1 : 1);
  }
  /// One entry for each column of a row, in place.
  void add_up() {
    std::size_t kept = 0;
    std::int32_t begin = 0;
    for (std::int32_t r = 0; r < counts_.rows(); ++r) {
      const std::size_t row = kept;
      const std::int32_t end = counts_.row_begin[r + 1];
      for (std::int32_t i = begin; i < end; ++i) {
        if (kept > row && counts_.ids[kept - 1] == counts_.ids[i]) {
          counts_.counts[kept - 1] += counts_.counts[i];
        } else {
          counts_.ids[kept] = counts_.ids[i];
          counts_.counts[kept++] = counts_.counts[i];
        }
      }
      begin = end;
      counts_.row_begin[r + 1] = static_cast<std::int32_t>(kept);
    }
    counts_.ids.resize(kept);
    counts_.counts.resize(kept);
  }

  HashingOptions options_;
  TermCounts counts_;
};

/// Counts the texts from `first` to before `last` in rows.
template <typename Rows>
TermCounts count_range(std::span<const std::string_view> texts, std::size_t first, std::size_t last,
                       const AnalyzerOptions& options, Rows rows, const Control& control) {
  std::size_t total = 0;
  for (const auto text : texts.subspan(first, last - first)) total += text.size();
  RowTerms terms_of(options);
  Pacer pacer(control, total);
  for (std::size_t row = first; row < last; ++row) {
    try {
      terms_of(texts[row], rows, pacer, control);
      rows.end_row();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      throw of_text(row, error);
    }
  }
  return std::move(rows).finish(options.binary, control);
}

/// The begins of pieces of texts, about as long each, and the end of the last.
std::vector<std::size_t> pieces_of(std::span<const std::string_view> texts, int threads) {
  constexpr std::size_t least_piece = std::size_t{1} << 16;  // bytes
  std::size_t total = 0;
  for (const auto text : texts) total += text.size();
  const std::size_t pieces =
      std::clamp<std::size_t>(total / least_piece, 1, static_cast<std::size_t>(threads));
  std::vector<std::size_t> borders = {0};
  std::size_t before = 0;
  for (std::size_t row = 0; row < texts.size() && borders.size() < pieces; ++row) {
    before += texts[row].size();
    if (before * pieces >= total * borders.size()) borders.push_back(row + 1);
  }
  if (borders.back() < texts.size() || borders.size() == 1) borders.push_back(texts.size());
  return borders;
}

}  // namespace

TermCounts join_rows(std::vector<TermCounts> parts, const Control& control) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return std::move(parts.front());
  const PartPlaces places(parts);
  TermCounts all = places.make_room();
  std::vector<std::vector<std::int32_t>> new_ids(parts.size());  // none: they stay
  all.vocabulary = std::move(parts[0].vocabulary);
  for (std::size_t p = 1; p < parts.size(); ++p) new_ids[p] = all.vocabulary.add(parts[p].vocabulary);
  parallel_for(parts.size(), without_progress(control), [&](std::size_t p, const Control&) {
    const TermCounts& part = parts[p];
    const auto begin = static_cast<std::ptrdiff_t>(places.entries[p]);
    std::ranges::copy(part.counts, all.counts.begin() + begin);
    std::ranges::transform(part.ids, all.ids.begin() + begin,
                           [&](std::int32_t id) { return new_ids[p].empty() ? id : new_ids[p][id]; });
    places.put_row_ends(part, p, 0, static_cast<std::size_t>(part.rows()), all);
  });
  return all;
}

namespace {

/// The rows of texts in one part a thread, made by make_rows(bytes of text).
template <typename MakeRows>
std::vector<TermCounts> in_parts(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                                 const Control& control, MakeRows make_rows) {
  const std::vector<std::size_t> borders = pieces_of(texts, control.threads);
  const std::size_t pieces = borders.size() - 1;
  std::vector<TermCounts> parts(pieces);
  const auto count = [&](std::size_t piece, const Control& inner) {
    const std::size_t first = borders[piece], last = borders[piece + 1];
    std::size_t bytes = 0;
    for (const auto text : texts.subspan(first, last - first)) bytes += text.size();
    parts[piece] = count_range(texts, first, last, options, make_rows(bytes), inner);
  };
  if (pieces == 1) {
    count(0, control);
    return parts;
  }
  std::vector<std::exception_ptr> failures(pieces);
  parallel_for(pieces, control, [&](std::size_t piece, const Control& inner) {
    try {
      count(piece, inner);
    } catch (...) {
      failures[piece] = std::current_exception();
    }
  });
  // That of the first text that has one, whichever thread met its own first.
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return parts;
}

template <typename Rows>
TermCounts count_rows(std::span<const std::vector<std::string_view>> given, bool binary, Rows rows,
                      const Control& control) {
  Pacer pacer(control);
  for (const auto& terms : given) {
    for (const std::string_view term : terms) {
      pacer.advance(term.size());
      rows.add(key_of(term));
    }
    rows.end_row();
  }
  return std::move(rows).finish(binary, control);
}

void check(const HashingOptions& hashing) {
  if (hashing.columns < 1) {
    throw Error(ErrorKind::invalid_argument,
                "n_features is " + std::to_string(hashing.columns) + "; it must be from 1 to 2^31 - 1");
  }
}

}  // namespace

std::vector<std::string> terms_of_text(std::string_view text, const AnalyzerOptions& options,
                                       const Control& control) {
  struct List {
    std::vector<std::string> terms{};
    void add(const char* buffer, std::span<const Span> spans) {
      for (const Span span : spans) terms.emplace_back(buffer + span.begin, buffer + span.end);
    }
    void add(const TermKey& key) { terms.emplace_back(key.text); }
  };
  List list;
  Pacer pacer(control);
  RowTerms{options}(text, list, pacer, control);
  return std::move(list.terms);
}

std::vector<TermCounts> count_term_parts(std::span<const std::string_view> texts,
                                         const AnalyzerOptions& options, const Vocabulary* vocabulary,
                                         const Control& control) {
  return in_parts(texts, options, control,
                  [&](std::size_t bytes) { return TextRows(vocabulary, bytes / usual_token); });
}

TermCounts hash_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                      const HashingOptions& hashing, const Control& control) {
  check(hashing);
  return join_rows(in_parts(texts, options, control, [&](std::size_t) { return HashedRows(hashing); }),
                   control);
}

TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                       const Vocabulary* vocabulary, const Control& control) {
  return join_rows(count_term_parts(texts, options, vocabulary, control), control);
}

TermCounts count_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                       const Vocabulary* vocabulary, const Control& control) {
  std::size_t total = 0;
  for (const auto& terms : rows) total += terms.size();
  return count_rows(rows, binary, TextRows(vocabulary, total), control);
}

TermCounts hash_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                      const HashingOptions& hashing, const Control& control) {
  check(hashing);
  return count_rows(rows, binary, HashedRows(hashing), control);
}

}  // namespace nutgraf
