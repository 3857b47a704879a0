#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/terms.h"

namespace nutgraf {

/// Where the rows and entries of parts stand when one part follows the other.
struct PartPlaces {
  /// \throws Error limit for more entries than an int32 index can name.
  explicit PartPlaces(std::span<const TermCounts> parts);
  /// Room for all of them.
  TermCounts make_room() const;
  /// Puts the ends of the rows from `first` to before `last` of a part in their places in `all`.
  void put_row_ends(const TermCounts& part, std::size_t p, std::size_t first, std::size_t last,
                    TermCounts& all) const;

  std::vector<std::size_t> entries{0}, rows{0};  ///< begin of each part, and the end of the last
};

/// The rows of all parts, one part after the other, without a vocabulary. Entries get their new ids, those of
/// part p from new_ids[p], ascending within a row; those whose new id is negative go.
TermCounts renumber(std::vector<TermCounts> parts, std::span<const std::vector<std::int32_t>> new_ids,
                    const Control& control);

}  // namespace nutgraf
