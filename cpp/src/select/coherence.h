#pragma once

#include <cstdint>
#include <vector>

#include "nutgraf/document.h"
#include "nutgraf/select.h"

namespace nutgraf {

/// What each sentence of a document lacks when it stands alone.
std::vector<Flags> find_flags(const Document& document);

/// Whether the sentence before it makes good what it lacks.
constexpr bool needs_previous(Flags flags) noexcept {
  return flags.has(Flag::opener) || flags.has(Flag::continued) || flags.has(Flag::speaker);
}

}  // namespace nutgraf
