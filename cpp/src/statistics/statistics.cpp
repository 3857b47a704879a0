#include "nutgraf/statistics.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "model/bytes.h"
#include "nutgraf/error.h"
#include "nutgraf/model.h"
#include "statistics/term_selection.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

constexpr std::string_view open_kind = "statistics", given_kind = "statistics.given";

}  // namespace

TermStatistics TermStatistics::of_terms(Vocabulary terms) {
  TermStatistics statistics;
  statistics.document_frequencies_.resize(static_cast<std::size_t>(terms.size()));
  statistics.totals_.resize(static_cast<std::size_t>(terms.size()));
  statistics.vocabulary_ = std::move(terms);
  statistics.given_ = true;
  return statistics;
}

std::vector<TermStatistics> TermStatistics::of_parts(TermParts& counted, const Control& control,
                                                     std::vector<TermStatistics> before) {
  std::vector<TermStatistics> found = std::move(before);
  found.resize(counted.vocabularies.size());
  parallel_for(found.size(), without_progress(control), [&](std::size_t v, const Control&) {
    found[v].vocabulary_ = std::move(counted.vocabularies[v]);
    for (const TermParts::Part& part : counted.parts) {
      if (part.vocabulary == v) found[v].count(part.rows);
    }
  });
  counted.vocabularies.clear();
  return found;
}

void TermStatistics::count(const TermCounts& counts) {
  document_frequencies_.resize(static_cast<std::size_t>(vocabulary_.size()));
  totals_.resize(document_frequencies_.size());
  for (std::size_t i = 0; i < counts.ids.size(); ++i) {
    ++document_frequencies_[counts.ids[i]];
    totals_[counts.ids[i]] += counts.counts[i];
  }
  rows_ += counts.rows();
}

void TermStatistics::add(TermCounts counts) {
  if (!given_) {
    TermStatistics of_these;
    std::swap(of_these.vocabulary_, counts.vocabulary);
    of_these.count(counts);
    counts = TermCounts();
    return append(std::move(of_these));
  }
  if (counts.vocabulary.size() > 0) {
    throw Error(ErrorKind::invalid_argument,
                "the terms are given: count the rows with this vocabulary, so that they have its ids");
  }
  const auto is_none = [&](std::int32_t id) { return id < 0 || id >= vocabulary_.size(); };
  if (const auto wrong = std::ranges::find_if(counts.ids, is_none); wrong != counts.ids.end()) {
    throw Error(ErrorKind::invalid_argument, "the rows have a term " + std::to_string(*wrong) +
                                                 "; there are " + std::to_string(vocabulary_.size()));
  }
  count(counts);
}

void TermStatistics::check_grows(const TermStatistics& other) const {
  if (!complete_ || !other.complete_) {
    throw Error(ErrorKind::invalid_argument,
                "terms were left out by limits and are forgotten, so that no rows can be added; add all rows "
                "before the model is made, or use no limits");
  }
  if (given_ != other.given_ || (given_ && !vocabulary_.has_same_terms(other.vocabulary_)))
    throw Error(ErrorKind::invalid_argument, "the vocabularies that were given differ");
}

void TermStatistics::merge(const TermStatistics& other) {
  if (undercount_ > 0 || other.undercount_ > 0) {
    throw Error(
        ErrorKind::invalid_argument,
        "a bounded vocabulary has dropped terms, so that a merge would not be exact; merge statistics "
        "without a bound");
  }
  if (!given_ && most_terms_ > 0) {
    std::int64_t terms = vocabulary_.size();
    for (std::int32_t id = 0; id < other.vocabulary_.size(); ++id)
      terms += vocabulary_.find(other.vocabulary_.term(id)) < 0;
    if (terms > most_terms_) {
      throw Error(ErrorKind::invalid_argument,
                  "together there are more terms than the bound, " + std::to_string(most_terms_) +
                      ", so that a merge would not be exact; merge statistics without a bound");
    }
  }
  append(other);
}

void TermStatistics::append(TermStatistics&& later) {
  if (vocabulary_.size() > 0) return append(std::as_const(later));
  check_grows(later);
  later.rows_ += rows_;
  later.undercount_ += undercount_;
  later.most_terms_ = most_terms_;
  later.keep_bound();
  *this = std::move(later);
}

void TermStatistics::append(const TermStatistics& later) {
  if (vocabulary_.size() == 0) return append(TermStatistics(later));
  check_grows(later);
  if (most_terms_ == 0) return add_up(later);
  // Keeping the bound can fail once the numbers have changed: on a copy, which the bound keeps small.
  TermStatistics grown = *this;
  grown.add_up(later);
  grown.keep_bound();
  *this = std::move(grown);
}

/// All that can fail comes before the first number changes.
void TermStatistics::add_up(const TermStatistics& later) {
  if (given_) {
    std::ranges::transform(document_frequencies_, later.document_frequencies_, document_frequencies_.begin(),
                           std::plus());
    std::ranges::transform(totals_, later.totals_, totals_.begin(), std::plus());
  } else {
    const std::size_t most = document_frequencies_.size() + later.document_frequencies_.size();
    if (most > document_frequencies_.capacity()) {
      document_frequencies_.reserve(std::max(most, 2 * document_frequencies_.size()));
      totals_.reserve(document_frequencies_.capacity());
    }
    const std::vector<std::int32_t> ids = vocabulary_.add(later.vocabulary_);
    document_frequencies_.resize(static_cast<std::size_t>(vocabulary_.size()));
    totals_.resize(static_cast<std::size_t>(vocabulary_.size()));
    for (std::size_t i = 0; i < ids.size(); ++i) {
      document_frequencies_[ids[i]] += later.document_frequencies_[i];
      totals_[ids[i]] += later.totals_[i];
    }
  }
  rows_ += later.rows_;
  undercount_ += later.undercount_;
}

// Lossy counting (Manku and Motwani 2002, Approximate Frequency Counts over Data Streams) with a bound on the
// terms in place of one on the error: what goes has at most the frequency of the most frequent term that
// goes, and that is what each term may lack from now on.
void TermStatistics::keep_bound() {
  if (given_ || most_terms_ == 0 || vocabulary_.size() <= most_terms_) return;
  std::vector<std::int32_t> ids(document_frequencies_.size());
  std::iota(ids.begin(), ids.end(), 0);
  const auto half = ids.begin() + (most_terms_ + 1) / 2;
  std::ranges::nth_element(ids, half, [&](std::int32_t a, std::int32_t b) {
    return document_frequencies_[a] != document_frequencies_[b]
               ? document_frequencies_[a] > document_frequencies_[b]
               : vocabulary_.term(a) < vocabulary_.term(b);
  });
  const std::int64_t dropped = document_frequencies_[*half];
  std::sort(ids.begin(), half);
  std::vector<Vocabulary::Place> kept;
  for (auto id = ids.begin(); id < half; ++id) kept.push_back({0, *id, false});
  for (std::size_t i = 0; i < kept.size(); ++i) {
    document_frequencies_[i] = document_frequencies_[kept[i].id];
    totals_[i] = totals_[kept[i].id];
  }
  document_frequencies_.resize(kept.size());
  totals_.resize(kept.size());
  std::vector<Vocabulary> before;
  before.push_back(std::move(vocabulary_));
  vocabulary_ = Vocabulary::gather(std::move(before), kept, document_frequencies_);
  undercount_ += dropped;
}

/// Selects from the terms of all parts of a corpus, which are good for of_selected alone from then on.
TermSelection TermStatistics::select(std::span<TermStatistics> parts, const TermLimits& limits,
                                     const Control& control) {
  for (TermStatistics& part : parts) part.vocabulary_.drop_lookup();
  return select_terms(parts, limits, control);
}

/// All parts of a corpus as one, with the terms of the selection alone, by their new ids.
TermStatistics TermStatistics::of_selected(std::vector<TermStatistics> parts, TermSelection selection) {
  TermStatistics all;
  std::vector<Vocabulary> vocabularies;
  all.complete_ = selection.complete;
  all.most_terms_ = parts.empty() ? 0 : parts.front().most_terms_;
  for (TermStatistics& part : parts) {
    vocabularies.push_back(std::move(part.vocabulary_));
    all.rows_ += part.rows_;
    all.undercount_ += part.undercount_;
    all.complete_ &= part.complete_;
  }
  parts.clear();
  all.document_frequencies_ = std::move(selection.document_frequencies);
  all.totals_ = std::move(selection.totals);
  all.vocabulary_ = Vocabulary::gather(std::move(vocabularies), selection.places, all.document_frequencies_);
  return all;
}

// Payload: u64 rows, undercount, most terms, whether complete; u64 terms, then for each term u32 length, u64
// document frequency, u64 total; then the bytes of all terms.
std::string TermStatistics::payload() const {
  std::vector<std::int32_t> order(static_cast<std::size_t>(vocabulary_.size()));
  if (given_) {
    std::iota(order.begin(), order.end(), 0);
  } else {
    order = vocabulary_.byte_order();
  }
  ByteWriter out;
  for (const std::int64_t number : {rows_, undercount_, std::int64_t{most_terms_}, std::int64_t{complete_},
                                    std::int64_t{vocabulary_.size()}})
    out.u64(static_cast<std::uint64_t>(number));
  std::string terms;
  for (const std::int32_t id : order) {
    out.u32(static_cast<std::uint32_t>(vocabulary_.term(id).size()));
    out.u64(static_cast<std::uint64_t>(document_frequencies_[id]));
    out.u64(static_cast<std::uint64_t>(totals_[id]));
    terms += vocabulary_.term(id);
  }
  out.text(terms);
  return std::move(out).take();
}

TermStatistics TermStatistics::read_payload(std::string_view payload, bool given) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw Error(ErrorKind::corrupt_file, std::string("the model does not add up: ") + what);
  };
  ByteReader in(payload);
  const auto number = [&] {
    const std::uint64_t value = in.u64();
    require(value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()),
            "a number is too large");
    return static_cast<std::int64_t>(value);
  };
  TermStatistics read;
  read.given_ = given;
  read.rows_ = number();
  read.undercount_ = number();
  const std::int64_t most_terms = number(), complete = number(), terms = number();
  require(most_terms <= std::numeric_limits<std::int32_t>::max(), "too many terms are allowed");
  read.most_terms_ = static_cast<std::int32_t>(most_terms);
  require(complete <= 1, "a truth value is neither 0 nor 1");
  read.complete_ = complete == 1;
  constexpr std::size_t entry_size = 20;
  require(static_cast<std::uint64_t>(terms) <= in.left() / entry_size, "more terms than bytes");
  const std::int64_t least = given ? 0 : 1;
  std::vector<std::uint32_t> lengths;
  for (std::int64_t i = 0; i < terms; ++i) {
    lengths.push_back(in.u32());
    const std::int64_t frequency = number(), total = number();
    require(frequency >= least && frequency <= read.rows_, "a document frequency is out of range");
    require(total >= frequency, "a term stands in more rows than times");
    read.document_frequencies_.push_back(frequency);
    read.totals_.push_back(total);
  }
  std::string_view before;
  for (std::int64_t i = 0; i < terms; ++i) {
    const std::string_view term = in.text(lengths[static_cast<std::size_t>(i)]);
    require(i == 0 || given || before < term, "its terms are not in order");
    require(read.vocabulary_.add(term) == static_cast<std::int32_t>(i), "it has a term twice");
    before = term;
  }
  require(in.at_end(), "bytes are left over");
  read.vocabulary_.prefer(read.document_frequencies_);
  return read;
}

std::string TermStatistics::to_bytes() const {
  return wrap_model(given_ ? given_kind : open_kind, payload());
}

TermStatistics TermStatistics::from_bytes(std::string_view bytes) {
  const bool given = kind_of_model(bytes) == given_kind;
  return read_payload(unwrap_model(bytes, given ? given_kind : open_kind), given);
}

template <typename CountParts>
void TermStatisticsBuilder::add_parts(const Control& control, CountParts count_parts) {
  if (sum_.given()) {
    const TermParts counted = count_parts(options_, &sum_.vocabulary(), TermParts());
    for (const TermParts::Part& part : counted.parts) sum_.count(part.rows);
    return;
  }
  TermParts counted;
  for (TermStatistics& part : parts_)
    counted.vocabularies.push_back(std::exchange(part.vocabulary_, Vocabulary()));
  counted = count_parts(options_, nullptr, std::move(counted));
  parts_ = TermStatistics::of_parts(counted, control, std::move(parts_));
  if (sum_.most_terms_ > 0) sum_ = std::move(*this).take();
}

void TermStatisticsBuilder::add(std::span<const std::string_view> texts, const Control& control) {
  add_parts(control, [&](const AnalyzerOptions& options, const Vocabulary* terms, TermParts before) {
    return count_term_parts(texts, options, terms, control, std::move(before));
  });
}

void TermStatisticsBuilder::add(std::span<const std::vector<std::string_view>> rows, const Control& control) {
  add_parts(control, [&](const AnalyzerOptions& options, const Vocabulary* terms, TermParts before) {
    return count_term_parts(rows, options.binary, terms, control, std::move(before));
  });
}

TermStatistics TermStatisticsBuilder::take() && {
  if (sum_.given()) return std::move(sum_);
  // What a bound keeps is decided once all threads' terms are one.
  TermStatistics joined;
  for (TermStatistics& part : parts_) joined.append(std::move(part));
  parts_.clear();
  sum_.append(std::move(joined));
  return std::move(sum_);
}

}  // namespace nutgraf
