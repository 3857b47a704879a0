#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace nutgraf {

/// ln(x) for finite, normal x > 0, within 2 units in the last place. The C library's log picks its code by
/// the CPU and may differ in the last bit; this one gives the same bits everywhere.
constexpr double natural_log(double x) noexcept {
  constexpr double ln2_high = 0x1.62e42fefa39efp-1, ln2_low = 0x1.abc9e3b39803fp-56;
  constexpr double sqrt2 = 0x1.6a09e667f3bcdp+0;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<int>(bits >> 52) - 1023;
  auto mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (mantissa > sqrt2) {
    mantissa *= 0.5;
    ++exponent;
  }
  // ln m = 2 artanh(s), s = (m - 1) / (m + 1), |s| < 0.172: the series to s^23 is below rounding.
  const double s = (mantissa - 1) / (mantissa + 1), square = s * s;
  double sum = 0;
  for (int k = 23; k >= 3; k -= 2) sum = (sum + 1.0 / k) * square;
  return exponent * ln2_high + (2 * s + (2 * s * sum + exponent * ln2_low));
}

/// natural_log() of a count of 1 or more: small ones, as most are, stand in a table.
inline double natural_log_of_count(std::size_t count) noexcept {
  static constexpr auto small = [] {
    std::array<double, 256> logs{};
    for (std::size_t n = 1; n < logs.size(); ++n) logs[n] = natural_log(static_cast<double>(n));
    return logs;
  }();
  return count < small.size() ? small[count] : natural_log(static_cast<double>(count));
}

}  // namespace nutgraf
