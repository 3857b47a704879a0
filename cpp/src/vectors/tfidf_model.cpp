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

TfidfModel TfidfModel::fit(TermParts& counted, const TermLimits& limits, const Control& control) {
  std::vector<TermStatistics> parts = TermStatistics::of_parts(counted, control);
  TermSelection selection = TermStatistics::select(parts, limits, control);
  const std::vector<std::vector<std::int32_t>> new_ids = std::move(selection.new_ids);
  if (!selection.complete) drop_unnamed(counted, new_ids);
  const std::vector<RowPiece> pieces = row_pieces(counted, new_ids, control.threads);
  TfidfModel model;
  std::vector<SumById> sums(static_cast<std::size_t>(control.threads));
  for (SumById& sum : sums) sum.reserve(selection.places.size());
  // The vocabulary is the largest item, and comes first.
  parallel_for_threads(1 + pieces.size(), without_progress(control),
                       [&](std::size_t item, std::size_t thread, const Control& inner) {
                         if (item == 0) {
                           model.statistics_ =
                               TermStatistics::of_selected(std::move(parts), std::move(selection));
                         } else {
                           renumber(pieces[item - 1], sums[thread], inner);
                         }
                       });
  model.fitted_ = true;
  return model;
}

TfidfModel TfidfModel::fit(TermCounts& counts, const TermLimits& limits, const Control& control) {
  TermParts counted;
  counted.vocabularies.push_back(std::move(counts.vocabulary));
  counted.parts.push_back({std::move(counts)});
  TfidfModel model = fit(counted, limits, control);
  counts = std::move(counted.parts[0].rows);
  counts.vocabulary = model.vocabulary();
  return model;
}

TfidfModel TfidfModel::fit(TermStatistics statistics, const TermLimits& limits, const Control& control) {
  TfidfModel model;
  if (statistics.given()) {
    model.statistics_ = std::move(statistics);
  } else {
    std::vector<TermStatistics> parts;
    parts.push_back(std::move(statistics));
    TermSelection selection = TermStatistics::select(parts, limits, control);
    model.statistics_ = TermStatistics::of_selected(std::move(parts), std::move(selection));
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
