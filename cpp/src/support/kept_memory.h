#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nutgraf {

/// Room for so many elements, in a call that needs about so many bytes besides, so that the next one finds
/// them.
///
/// The C library of Linux gives back what is free beyond twice the largest block that was freed, of 128 KB to
/// 32 MB (mallopt(3), M_MMAP_THRESHOLD), and fresh pages take a tenth of such a call and more. A block as
/// large as all else is enough, and costs nothing before it is touched.
template <typename T>
void reserve_and_keep(std::vector<T>& block, std::size_t size, std::size_t bytes_besides) {
  constexpr std::size_t page = 4096, least = (std::size_t{128} << 10) + page,
                        most = (std::size_t{32} << 20) - page;
  const std::size_t room = bytes_besides < least / 2 ? 0 : std::clamp(bytes_besides, least, most);
  block.reserve(std::max(size, room / sizeof(T)));
}

}  // namespace nutgraf
