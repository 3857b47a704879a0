#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <limits>

#include "nutgraf/segment.h"
#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "support/murmur_hash.h"
#include "support/parallel.h"
#include "terms/row_counter.h"
#include "terms/text_analyzer.h"
#include "terms/word_terms.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::size_t usual_token = 6;  // bytes, with the space behind it

/// Room for that many terms in all rows.
TermCounts counts_with_room(std::size_t entries) {
  TermCounts counts;
  counts.ids.reserve(entries);
  counts.counts.reserve(entries);
  return counts;
}

/// Rows of terms of a vocabulary, sorted; other terms are left out.
class KnownTermRows {
 public:
  KnownTermRows(const KnownTermRows&) = delete;  // rows_ looks at counts_
  /// `expected`: the number of terms in all rows, about.
  KnownTermRows(const Vocabulary& vocabulary, std::size_t expected)
      : vocabulary_(vocabulary), counts_(counts_with_room(expected)), rows_(counts_) {}

  void add(const char* buffer, std::span<const Span> terms) {
    vocabulary_.find(buffer, terms, rows_.add(terms.size()));
    rows_.drop_unknown(terms.size());
  }
  void add(const TermKey& term) {
    if (const std::int32_t id = vocabulary_.find(term); id >= 0) rows_.add(id);
  }
  void end_row() { rows_.end_row(); }
  TermCounts take() { return std::move(counts_); }

 private:
  const Vocabulary& vocabulary_;
  TermCounts counts_;
  OrderedRows rows_;
};

/// Rows of terms with a vocabulary that grows.
class TermRows {
 public:
  TermRows(const TermRows&) = delete;  // rows_ looks at counts_
  /// `expected`: the number of terms in all rows, about.
  explicit TermRows(std::size_t expected) : counts_(counts_with_room(expected)), rows_(counts_) {
    // Heaps' law (1978), with the numbers of English news.
    counts_.vocabulary =
        Vocabulary(static_cast<std::size_t>(10 * std::pow(static_cast<double>(expected), 0.6)));
  }

  void add(const char* buffer, std::span<const Span> terms) {
    counts_.vocabulary.add(buffer, terms, rows_.add(terms.size()));
  }
  void add(const TermKey& term) { rows_.add(counts_.vocabulary.add(term)); }
  void end_row() { rows_.end_row(); }
  TermCounts take() { return std::move(counts_); }

 private:
  TermCounts counts_;
  UnorderedRows rows_;
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
      analyze_(text, pacer, [&](const char* buffer, std::span<const Span> terms) {
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
    const std::size_t size = sum_.add_up(columns_, signs_);
    append_row(counts_, std::span(columns_).first(size), std::span(signs_).first(size));
    columns_.clear();
    signs_.clear();
  }
  TermCounts take() { return std::move(counts_); }

 private:
  void add_term(std::string_view term) {
    const auto hash = static_cast<std::int32_t>(murmur_hash(term));
    // The absolute value of the least number is none of its kind: scikit-learn takes this column.
    constexpr std::int32_t least = std::numeric_limits<std::int32_t>::min();
    columns_.push_back(hash == least ? (std::numeric_limits<std::int32_t>::max() - (options_.columns - 1)) %
                                           options_.columns
                                     : std::abs(hash) % options_.columns);
    signs_.push_back(options_.alternate_sign && hash < 0 ? -1 : 1);
  }

  HashingOptions options_;
  TermCounts counts_;
  SumById sum_;
  std::vector<std::int32_t> columns_, signs_;  ///< of the row
};

template <typename Rows>
TermCounts take(Rows& rows, bool binary) {
  TermCounts counts = rows.take();
  if (binary) std::ranges::fill(counts.counts, 1);
  return counts;
}

/// Counts the texts from `first` to before `last` in rows.
template <typename Rows>
TermCounts count_range(std::span<const std::string_view> texts, std::size_t first, std::size_t last,
                       const AnalyzerOptions& options, Rows& rows, const Control& control) {
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
  return take(rows, options.binary);
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

TermCounts join_rows(std::vector<TermCounts> parts) {
  if (parts.empty()) return {};
  const auto [entries, rows] = sizes_of(parts);
  TermCounts all = std::move(parts[0]);
  all.ids.reserve(entries);
  all.counts.reserve(entries);
  all.row_begin.reserve(rows + 1);
  for (TermCounts& part : std::span(parts).subspan(1)) {
    append_row_ends(part, all.ids.size(), all.row_begin);
    const std::vector<std::int32_t> new_ids = all.vocabulary.add(part.vocabulary);  // none: they stay
    if (!new_ids.empty()) {
      for (std::int32_t& id : part.ids) id = new_ids[id];
    }
    all.ids.insert(all.ids.end(), part.ids.begin(), part.ids.end());
    all.counts.insert(all.counts.end(), part.counts.begin(), part.counts.end());
    part = TermCounts();
  }
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
    auto rows = make_rows(bytes);
    parts[piece] = count_range(texts, first, last, options, rows, inner);
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
TermCounts count_rows(std::span<const std::vector<std::string_view>> given, bool binary, Rows& rows,
                      const Control& control) {
  Pacer pacer(control);
  for (const auto& terms : given) {
    for (const std::string_view term : terms) {
      pacer.advance(term.size());
      rows.add(key_of(term));
    }
    rows.end_row();
  }
  return take(rows, binary);
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
  if (vocabulary) {
    return in_parts(texts, options, control,
                    [&](std::size_t bytes) { return KnownTermRows(*vocabulary, bytes / usual_token); });
  }
  return in_parts(texts, options, control, [](std::size_t bytes) { return TermRows(bytes / usual_token); });
}

std::vector<TermCounts> hash_term_parts(std::span<const std::string_view> texts,
                                        const AnalyzerOptions& options, const HashingOptions& hashing,
                                        const Control& control) {
  check(hashing);
  return in_parts(texts, options, control, [&](std::size_t) { return HashedRows(hashing); });
}

TermCounts hash_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                      const HashingOptions& hashing, const Control& control) {
  return join_rows(hash_term_parts(texts, options, hashing, control));
}

TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                       const Vocabulary* vocabulary, const Control& control) {
  return join_rows(count_term_parts(texts, options, vocabulary, control));
}

TermCounts count_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                       const Vocabulary* vocabulary, const Control& control) {
  std::size_t total = 0;
  for (const auto& terms : rows) total += terms.size();
  if (vocabulary) {
    KnownTermRows known(*vocabulary, total);
    return count_rows(rows, binary, known, control);
  }
  TermRows all(total);
  return count_rows(rows, binary, all, control);
}

TermCounts hash_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                      const HashingOptions& hashing, const Control& control) {
  check(hashing);
  HashedRows hashed(hashing);
  return count_rows(rows, binary, hashed, control);
}

}  // namespace nutgraf
