#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "blocks/line_features.h"

namespace nutgraf {

/// Log-odds are whole numbers of 1/1024, probabilities of 1/65536: sums of them are exact.
inline constexpr int log_odds_unit = 1024, probability_unit = 65536;

// What the second stage sees of a line besides its own features: what the first stage takes it and the lines
// around for. p is the first stage's probability of body; a line's mass is its characters (at most 500), its
// body mass p of them.
// clang-format off
#define NUTGRAF_CONTEXT_FEATURES(X)                                                                         \
  X(odds)                                                                                                   \
  X(odds_before1) X(odds_after1)    /* log-odds of the line and of its neighbours */                        \
      X(chance_near2)               /* sum of p within two lines */                                         \
      X(share_near2) X(share_near5) /* body mass by mass, within two and five lines */                      \
      X(mass_near2) X(mass_near5)   /* body mass within two and five lines */                               \
      X(mass_by_top)                /* mass_near2 by its largest value in the page */                       \
      X(share_below_top)            /* share_near2 below its largest value */                               \
      X(top)                        /* the largest p of the page, lines under 80 characters less */         \
      X(odds_below_top)             /* log-odds below those of that line */                                 \
      X(rank)                       /* share of body mass in the lines at least as likely */                \
      X(above_best)                 /* p above the threshold that promises the best F1 */                   \
      X(page_share)                                                                                         \
          X(page_chance) /* body mass by mass of the page; its mean p */ /* runs of lines of largest gain,  \
                                                                            where mass of p above (below) a \
                                                                            bound counts as gain (loss) */  \
      X(in_run50_short) X(in_run50) X(in_run35) X(in_run20) X(in_run_best) X(lines_run50) X(lines_run35)    \
          X(share_run50) X(share_run35)
// clang-format on

enum class ContextFeature : int {
#define X(name) name,
  NUTGRAF_CONTEXT_FEATURES(X)
#undef X
};
inline constexpr std::string_view context_feature_names[] = {
#define X(name) #name,
    NUTGRAF_CONTEXT_FEATURES(X)
#undef X
};
inline constexpr int context_feature_count = static_cast<int>(std::size(context_feature_names));

/// 1 / (1 + exp(-x)) without the C library, so that it is the same everywhere: exp(x) is taken as (1 +
/// x/1024)^1024.
std::int32_t probability_of(std::int32_t log_odds) noexcept;

/// \param log_odds the first stage's, one a line.
FeatureTable context_features(const FeatureTable& lines, std::span<const std::int32_t> log_odds);

}  // namespace nutgraf
