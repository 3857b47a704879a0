#pragma once

#include <string_view>
#include <vector>

#include "blocks/marks.h"
#include "nutgraf/blocks.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Gives blocks their role, duplicate_of, level and section; their spans are set, and role and level of those
/// that have marks. Rules, in two passes: what a block shows by itself (credits, bylines, prompts), then its
/// place on the page (headline zone, subheads, the tail).
void assign_roles(std::string_view text, std::vector<Block>& blocks, TextFormat format, Pacer& pacer);

}  // namespace nutgraf
