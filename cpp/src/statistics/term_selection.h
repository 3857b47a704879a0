#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/statistics.h"

namespace nutgraf {

/// The terms of a corpus within limits, in byte order; their places in the order are their new ids.
struct TermSelection {
  std::vector<Vocabulary::Place> places;  ///< where each term stands first
  std::vector<std::int64_t> document_frequencies, totals;
  std::vector<std::vector<std::int32_t>> new_ids;  ///< of each part, by its own ids; -1 for what is left out
  bool complete = true;                            ///< nothing is left out
};

/// Selects from the terms of all parts of a corpus.
/// \throws Error invalid_argument when there is no term at all, or none within the limits.
TermSelection select_terms(std::span<const TermStatistics> parts, const TermLimits& limits,
                           const Control& control);

}  // namespace nutgraf
