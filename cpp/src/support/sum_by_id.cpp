#include "support/sum_by_id.h"

#include <cstring>

#include "support/wide.h"

namespace nutgraf {

NUTGRAF_WIDE void SumById::find_places(const Few& ids, std::size_t size, Few& places) noexcept {
  constexpr std::size_t lanes = 8;
  using Lanes [[gnu::vector_size(lanes * sizeof(std::int32_t))]] = std::int32_t;
  for (std::size_t first = 0; first < size; first += lanes) {
    Lanes own, smaller = {};
    std::memcpy(&own, &ids[first], sizeof own);
    for (std::size_t other = 0; other < size; ++other) smaller -= ids[other] < own;  // -1 where it holds
    std::memcpy(&places[first], &smaller, sizeof smaller);
  }
}

}  // namespace nutgraf
