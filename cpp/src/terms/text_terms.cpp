#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <limits>

#include "nutgraf/segment.h"
#include "nutgraf/terms.h"
#include "support/checkpoint.h"
#include "support/kept_memory.h"
#include "support/parallel.h"
#include "terms/hashed_rows.h"
#include "terms/row_counter.h"
#include "terms/text_analyzer.h"
#include "terms/word_terms.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

/// About how many terms a text of so many bytes has.
constexpr std::size_t expected_terms(std::size_t bytes) noexcept {
  constexpr std::size_t usual_token = 6;  // bytes, with the space behind it
  return bytes / usual_token;
}
std::size_t size_of(std::span<const std::vector<std::string_view>> rows) noexcept {
  std::size_t terms = 0;
  for (const auto& row : rows) terms += row.size();
  return terms;
}

/// How many terms the rows of a part have, about, and what a call needs for them that this part is to keep.
struct Room {
  std::size_t entries, bytes_of_call;
};

/// What a call needs for so many terms, about, with its matrix; a small batch is one of a stream without.
constexpr std::size_t bytes_of_call(std::size_t entries) noexcept {
  constexpr std::size_t small_batch = std::size_t{1} << 18, of_small = 8, of_large = 24;
  return (entries < small_batch ? of_small : of_large) * entries;
}

TermCounts counts_with(Room room) {
  TermCounts counts;
  counts.ids.reserve(room.entries);
  reserve_and_keep(counts.counts, room.entries, room.bytes_of_call);
  return counts;
}

/// Rows of terms of a vocabulary, sorted; other terms are left out.
class KnownTermRows {
 public:
  KnownTermRows(const KnownTermRows&) = delete;  // rows_ looks at counts_
  KnownTermRows(const Vocabulary& vocabulary, Room room, SumById& sum)
      : vocabulary_(vocabulary), counts_(counts_with(room)), rows_(counts_, vocabulary, sum) {}

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
  TermRows(Vocabulary& vocabulary, Room room)
      : vocabulary_(vocabulary), counts_(counts_with(room)), rows_(counts_) {}

  void add(const char* buffer, std::span<const Span> terms) {
    vocabulary_.add(buffer, terms, rows_.add(terms.size()));
  }
  void add(const TermKey& term) { rows_.add(vocabulary_.add(term)); }
  void end_row() { rows_.end_row(); }
  TermCounts take() { return std::move(counts_); }

 private:
  Vocabulary& vocabulary_;
  TermCounts counts_;
  UnorderedRows rows_;
};

/// An empty vocabulary with room for those of rows with so many terms.
Vocabulary vocabulary_with_room(std::size_t terms) {
  // Heaps' law (1978), with the numbers of English news.
  return Vocabulary(static_cast<std::size_t>(10 * std::pow(static_cast<double>(terms), 0.6)));
}

/// The terms of one text after the other.
class RowTerms {
 public:
  explicit RowTerms(const AnalyzerOptions& options)
      : options_(options), analyze_(options), words_(options.words) {}

  /// Calls sink.add(buffer, spans) with the terms of a text, in order.
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
        document, [&](const char* buffer, std::span<const Span> terms) { sink.add(buffer, terms); },
        [](std::int32_t) {});
  }

 private:
  const AnalyzerOptions& options_;
  TextAnalyzer analyze_;
  WordTerms words_;
};

template <typename Rows>
TermCounts take(Rows& rows, bool binary) {
  TermCounts counts = rows.take();
  if (binary) std::ranges::fill(counts.counts, 1);
  return counts;
}

/// Some of the texts, in order.
struct Piece {
  std::span<const std::string_view> texts;
  std::size_t first_row, bytes;
};

/// Pieces in order, one for one thread. For several threads each is a share of what is left, so that they are
/// few, and the last ones small: whichever thread comes late has little to do alone.
std::vector<Piece> pieces_of(std::span<const std::string_view> texts, int threads) {
  constexpr std::size_t least_piece = std::size_t{1} << 16;  // bytes
  std::size_t left = 0;
  for (const auto text : texts) left += text.size();
  const std::size_t shares = threads <= 1 ? 1 : 2 * static_cast<std::size_t>(threads);
  std::vector<Piece> pieces;
  for (std::size_t first = 0, row = 0; row < texts.size(); first = row) {
    const std::size_t wanted = std::max(left / shares, least_piece);
    std::size_t bytes = 0;
    while (row < texts.size() && (shares == 1 || bytes < wanted)) bytes += texts[row++].size();
    pieces.push_back({texts.subspan(first, row - first), first, bytes});
    left -= bytes;
  }
  return pieces;
}

std::size_t size_of(std::span<const Piece> pieces) noexcept {
  std::size_t bytes = 0;
  for (const Piece& piece : pieces) bytes += piece.bytes;
  return bytes;
}

/// Of a piece, whose part keeps what all need if it is the first: of several large blocks, more would be
/// given back.
Room room_for(const Piece& piece, std::span<const Piece> pieces) noexcept {
  const std::size_t all = expected_terms(size_of(pieces));
  return {expected_terms(piece.bytes), piece.first_row == 0 ? bytes_of_call(all) : 0};
}

/// How many threads such pieces are for.
std::size_t threads_for(std::span<const Piece> pieces, const Control& control) {
  return std::min(static_cast<std::size_t>(std::max(control.threads, 1)), pieces.size());
}

/// Counts the texts of a piece in rows.
template <typename Rows>
TermCounts count_piece(const Piece& piece, const AnalyzerOptions& options, Rows rows,
                       const Control& control) {
  RowTerms terms_of(options);
  Pacer pacer(control, piece.bytes);
  for (std::size_t i = 0; i < piece.texts.size(); ++i) {
    try {
      terms_of(piece.texts[i], rows, pacer, control);
      rows.end_row();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      throw of_text(piece.first_row + i, error);
    }
  }
  return take(rows, options.binary);
}

/// Adds the rows of pieces in parts, each counted by count(piece, thread, control).
template <typename Count>
void add_parts(TermParts& counted, std::span<const Piece> pieces, const Control& control, Count count) {
  const std::size_t before = counted.parts.size();
  counted.parts.resize(before + pieces.size());
  const auto add_piece = [&](std::size_t piece, std::size_t thread, const Control& inner) {
    counted.parts[before + piece] = {count(pieces[piece], thread, inner), thread};
  };
  if (pieces.size() == 1) return add_piece(0, 0, control);
  std::vector<std::exception_ptr> failures(pieces.size());
  parallel_for_threads(pieces.size(), control,
                       [&](std::size_t piece, std::size_t thread, const Control& inner) {
                         try {
                           add_piece(piece, thread, inner);
                         } catch (...) {
                           failures[piece] = std::current_exception();
                         }
                       });
  // That of the first text that has one, whichever thread met its own first.
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

/// Gives the rows of several vocabularies the ids of one, which has the terms in the order in which they
/// first stand there.
Vocabulary join_in_order(TermParts& counted) {
  Vocabulary joined;
  std::vector<std::vector<std::int32_t>> new_ids;
  for (const Vocabulary& vocabulary : counted.vocabularies)
    new_ids.emplace_back(static_cast<std::size_t>(vocabulary.size()), -1);
  for (TermParts::Part& part : counted.parts) {
    for (std::int32_t& id : part.rows.ids) {
      std::int32_t& new_id = new_ids[part.vocabulary][id];
      if (new_id < 0) new_id = joined.add(counted.vocabularies[part.vocabulary].term(id));
      id = new_id;
    }
  }
  return joined;
}

}  // namespace

TermCounts join_rows(TermParts counted) {
  if (counted.parts.empty()) return {};
  const auto [entries, rows] = sizes_of(counted);
  Vocabulary vocabulary = counted.vocabularies.empty()       ? Vocabulary()
                          : counted.vocabularies.size() == 1 ? std::move(counted.vocabularies[0])
                                                             : join_in_order(counted);
  TermCounts all = std::move(counted.parts[0].rows);
  all.vocabulary = std::move(vocabulary);
  all.ids.reserve(entries);
  all.counts.reserve(entries);
  all.row_begin.reserve(rows + 1);
  for (auto& [part, _] : std::span(counted.parts).subspan(1)) {
    append_row_ends(part, all.ids.size(), all.row_begin);
    all.ids.insert(all.ids.end(), part.ids.begin(), part.ids.end());
    all.counts.insert(all.counts.end(), part.counts.begin(), part.counts.end());
    part = TermCounts();
  }
  return all;
}

namespace {

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

TermParts count_term_parts(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                           const Vocabulary* vocabulary, const Control& control, TermParts before) {
  TermParts counted = std::move(before);
  const std::vector<Piece> pieces = pieces_of(texts, control.threads);
  const std::size_t threads = threads_for(pieces, control);
  if (vocabulary) {
    std::vector<SumById> sums(threads);
    add_parts(counted, pieces, control, [&](const Piece& piece, std::size_t thread, const Control& inner) {
      return count_piece(piece, options, KnownTermRows(*vocabulary, room_for(piece, pieces), sums[thread]),
                         inner);
    });
    return counted;
  }
  while (counted.vocabularies.size() < threads) {
    counted.vocabularies.push_back(vocabulary_with_room(expected_terms(size_of(pieces) / threads)));
  }
  add_parts(counted, pieces, control, [&](const Piece& piece, std::size_t thread, const Control& inner) {
    return count_piece(piece, options, TermRows(counted.vocabularies[thread], room_for(piece, pieces)),
                       inner);
  });
  return counted;
}

TermParts count_term_parts(std::span<const std::vector<std::string_view>> rows, bool binary,
                           const Vocabulary* vocabulary, const Control& control, TermParts before) {
  TermParts counted = std::move(before);
  const std::size_t total = size_of(rows);
  if (vocabulary) {
    SumById sum;
    counted.parts.push_back(
        {count_rows(rows, binary, KnownTermRows(*vocabulary, {total, bytes_of_call(total)}, sum), control)});
    return counted;
  }
  if (counted.vocabularies.empty()) counted.vocabularies.push_back(vocabulary_with_room(total));
  counted.parts.push_back(
      {count_rows(rows, binary, TermRows(counted.vocabularies[0], {total, bytes_of_call(total)}), control)});
  return counted;
}

TermParts hash_term_parts(std::span<const std::string_view> texts, const AnalyzerOptions& options,
                          const HashingOptions& hashing, const Control& control, TermParts before) {
  check(hashing);
  TermParts counted = std::move(before);
  const std::vector<Piece> pieces = pieces_of(texts, control.threads);
  add_parts(counted, pieces, control, [&](const Piece& piece, std::size_t, const Control& inner) {
    return count_piece(piece, options, HashedRows(hashing, counts_with(room_for(piece, pieces))), inner);
  });
  return counted;
}

TermParts hash_term_parts(std::span<const std::vector<std::string_view>> rows, bool binary,
                          const HashingOptions& hashing, const Control& control, TermParts before) {
  check(hashing);
  TermParts counted = std::move(before);
  counted.parts.push_back(
      {count_rows(rows, binary,
                  HashedRows(hashing, counts_with({size_of(rows), bytes_of_call(size_of(rows))})), control)});
  return counted;
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
  return join_rows(count_term_parts(rows, binary, vocabulary, control));
}

}  // namespace nutgraf
