#pragma once

#include <string_view>
#include <vector>

#include "nutgraf/blocks.h"
#include "support/checkpoint.h"

namespace nutgraf {

/// Gives blocks their role, duplicate_of and section; their spans are set. Rules, in two passes: what a block
/// shows by itself (marks, credits, bylines, prompts), then its place on the page (headline zone, subheads,
/// the tail).
void assign_roles(std::string_view text, std::vector<Block>& blocks, Pacer& pacer);

}  // namespace nutgraf
