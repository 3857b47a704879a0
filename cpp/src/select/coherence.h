#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/select.h"

namespace nutgraf {

/// What each sentence of a document lacks when it stands alone.
std::vector<Flags> find_flags(const Document& document);

/// The same of all rows.
std::vector<Flags> find_flags(const SentenceRows& rows);

/// Whether the sentence before it makes good what it lacks.
constexpr bool needs_previous(Flags flags) noexcept {
  return flags.has(Flag::opener) || flags.has(Flag::continued) || flags.has(Flag::speaker);
}

/// Whether a row lacks something that was not chosen. Its neighbours are those of its document that neither
/// their role nor being repeated keeps out.
bool lacks(const SentenceRows& rows, std::span<const Reason> reasons, std::int32_t row, Flags flags);

/// Names the chosen rows that lack something, and notes that there are some; `flags` has one a row.
void name_dangling(const SentenceRows& rows, std::span<const Flags> flags, Selection& selection);

}  // namespace nutgraf
