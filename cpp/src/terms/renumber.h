#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Entries get their new ids, those of part p from new_ids[p], ascending within a row; those whose new id is
/// negative go. The vocabularies stay as they are.
void renumber(std::span<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
              const Control& control);

}  // namespace nutgraf
