#pragma once

#include <bit>
#include <cstdint>

namespace nutgraf {

/// exp(x) for |x| < 700, within 2 units in the last place; the same bits everywhere, as natural_log().
inline double natural_exp(double x) noexcept {
  // ln2_high ends in zeros: its product with the exponent is exact.
  constexpr double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;
  constexpr double per_ln2 = 0x1.71547652b82fep+0;
  const double scaled = x * per_ln2;
  const auto exponent = static_cast<int>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  // |rest| <= ln(2) / 2: the series to rest^17 is below rounding.
  const double rest = (x - exponent * ln2_high) - exponent * ln2_low;
  double sum = 0;
  for (int k = 17; k >= 1; --k) sum = (1 + sum) * rest / k;
  return (1 + sum) * std::bit_cast<double>(static_cast<std::uint64_t>(1023 + exponent) << 52);
}

}  // namespace nutgraf
