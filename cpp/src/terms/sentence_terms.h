#pragma once

#include <span>

#include "nutgraf/terms.h"

namespace nutgraf {

/// count_terms() of sentences without the terms themselves: ids alone are what similarity needs. The
/// vocabulary of the result is empty, and `columns` is the number of terms.
TermCounts count_unnamed_terms(std::span<const Document> documents, const TermOptions& options,
                               const Control& control, std::int32_t& columns);

}  // namespace nutgraf
