#pragma once

// Headings without marks that are known by their numbers, and the sections under all headings.

#include <functional>
#include <string_view>
#include <vector>

#include "nutgraf/blocks.h"

namespace nutgraf {

/// Makes subheads of the blocks that are headings by their number: "1 Introduction", "2.1. Data". Numbers run
/// on from 1 without a gap, under each number its own, and a heading has text below it or a deeper heading:
/// rows of a list and of a table of contents have not. Two at least. The level of "1" is 2, below a title.
void number_headings(std::string_view text, std::vector<Block>& blocks,
                     const std::function<bool(std::size_t)>& is_title,
                     const std::function<bool(std::size_t)>& is_prose);

/// Sets the section of all blocks, and the level of headings that have none yet: 1 for a headline, 2 for a
/// subhead, deeper below headings with marks. A repeated one without marks opens no section.
void find_sections(std::vector<Block>& blocks);

}  // namespace nutgraf
