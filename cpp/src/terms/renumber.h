#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Sorts the ids of each row; `most` is the largest. Linear in the entries, for rows of any length.
void sort_rows(TermCounts& counts, std::int32_t most, const Control& control);

/// The rows of all parts, one part after the other, without a vocabulary. Entries get their new ids, those of
/// part p from new_ids[p], ascending within a row; those whose new id is negative go.
TermCounts renumber(std::vector<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
                    const Control& control);

}  // namespace nutgraf
