#pragma once

#include "nutgraf/document.h"

namespace nutgraf {

/// Whether a sentence opens with a pronoun or connective that points to what was said before ("They", "But").
/// The words are those of cpp/data/openers.txt in the document's language; without a list, none does.
bool opens_dangling(const Document& document, std::int32_t sentence);

}  // namespace nutgraf
