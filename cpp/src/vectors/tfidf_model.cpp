#include <utility>

#include "nutgraf/error.h"
#include "nutgraf/model.h"
#include "nutgraf/vectors.h"
#include "statistics/term_selection.h"
#include "support/parallel.h"
#include "terms/renumber.h"

namespace nutgraf {
namespace {

constexpr std::string_view fitted_kind = "tfidf";       // every term stands in a row; they are sorted
constexpr std::string_view given_kind = "tfidf.given";  // terms in an order of their own, perhaps in no row

}  // namespace

TfidfModel TfidfModel::fit(std::vector<TermCounts>& counts, const TermLimits& limits,
                           const Control& control) {
  const Control inner = without_progress(control);
  std::vector<TermStatistics> parts(counts.size());
  parallel_for(parts.size(), inner,
               [&](std::size_t p, const Control&) { parts[p] = TermStatistics::of_rows(counts[p]); });
  std::vector<const TermStatistics*> views;
  std::vector<const Vocabulary*> vocabularies;
  TfidfModel model;
  for (const TermStatistics& part : parts) {
    views.push_back(&part);
    vocabularies.push_back(&part.vocabulary());
    model.statistics_.rows_ += part.rows();
  }
  TermSelection selection = select_terms(views, limits, control);
  // Neither needs the other.
  parallel_for(2, inner, [&](std::size_t item, const Control&) {
    if (item == 0) {
      model.statistics_.vocabulary_ =
          Vocabulary::gather(vocabularies, selection.places, selection.document_frequencies);
    }
    if (item == 1) renumber(counts, selection.new_ids, control);
  });
  model.statistics_.document_frequencies_ = std::move(selection.document_frequencies);
  model.statistics_.totals_ = std::move(selection.totals);
  model.statistics_.complete_ = selection.complete;
  model.fitted_ = true;
  return model;
}

TfidfModel TfidfModel::fit(TermCounts& counts, const TermLimits& limits, const Control& control) {
  std::vector<TermCounts> parts(1);
  std::swap(parts[0], counts);
  TfidfModel model = fit(parts, limits, control);
  std::swap(parts[0], counts);
  counts.vocabulary = model.vocabulary();
  return model;
}

TfidfModel TfidfModel::fit(const TermStatistics& statistics, const TermLimits& limits,
                           const Control& control) {
  TfidfModel model;
  if (statistics.given()) {
    model.statistics_ = statistics;
  } else {
    const TermStatistics* const part = &statistics;
    const Vocabulary* const vocabulary = &statistics.vocabulary();
    TermSelection selection = select_terms({&part, 1}, limits, control);
    model.statistics_.vocabulary_ =
        Vocabulary::gather({&vocabulary, 1}, selection.places, selection.document_frequencies);
    model.statistics_.document_frequencies_ = std::move(selection.document_frequencies);
    model.statistics_.totals_ = std::move(selection.totals);
    model.statistics_.complete_ = statistics.complete_ && selection.complete;
    model.statistics_.rows_ = statistics.rows_;
    model.statistics_.undercount_ = statistics.undercount_;
    model.statistics_.most_terms_ = statistics.most_terms_;
  }
  model.fitted_ = true;
  return model;
}

std::string TfidfModel::to_bytes() const {
  if (!fitted_) throw Error(ErrorKind::not_fitted, "there is nothing to save: the model is not fitted yet");
  return wrap_model(statistics_.given() ? given_kind : fitted_kind, statistics_.payload());
}

TfidfModel TfidfModel::from_bytes(std::string_view bytes) {
  const bool given = kind_of_model(bytes) == given_kind;
  TfidfModel model;
  model.statistics_ =
      TermStatistics::read_payload(unwrap_model(bytes, given ? given_kind : fitted_kind), given);
  if (model.vocabulary().size() == 0)
    throw Error(ErrorKind::corrupt_file, "the model does not add up: it has no term");
  model.fitted_ = true;
  return model;
}

}  // namespace nutgraf
