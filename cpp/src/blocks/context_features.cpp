#include "blocks/context_features.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "blocks/segment_sums.h"

namespace nutgraf {
namespace {

using Sums = BasicSegmentSums<std::int64_t>;

constexpr int most_mass = 500;
constexpr int steps = 64;  // of the histogram over p
constexpr int outside = -6 * log_odds_unit;

class Context {
 public:
  Context(const FeatureTable& lines, std::span<const std::int32_t> log_odds)
      : features_(context_feature_count, lines.lines()),
        size_(static_cast<int>(lines.lines())),
        odds_(log_odds),
        chance_(lines.lines()),
        mass_(lines.lines()) {
    const auto characters = lines.column(static_cast<int>(LineFeature::characters));
    for (int i = 0; i < size_; ++i) {
      chance_[i] = probability_of(odds_[i]);
      mass_[i] = std::min(characters[i], most_mass);
    }
    mass_sums_ = Sums(size_, [&](int i) { return mass_[i]; });
    body_sums_ = Sums(size_, [&](int i) { return body_mass(i); });
  }

  FeatureTable take() {
    look_near();
    look_at_page();
    find_runs();
    return std::move(features_);
  }

 private:
  template <typename F>
  void fill(ContextFeature feature, F value) {
    const auto column = features_.column(static_cast<int>(feature));
    for (int i = 0; i < size_; ++i) column[i] = static_cast<std::int32_t>(value(i));
  }
  std::int64_t body_mass(int i) const { return std::int64_t{chance_[i]} * mass_[i]; }
  std::int64_t share(int first, int last) const {
    return body_sums_(first, last) / std::max<std::int64_t>(1, mass_sums_(first, last));
  }

  void look_near() {
    using enum ContextFeature;
    fill(odds, [&](int i) { return odds_[i]; });
    fill(odds_before1, [&](int i) { return i > 0 ? odds_[i - 1] : outside; });
    fill(odds_after1, [&](int i) { return i + 1 < size_ ? odds_[i + 1] : outside; });
    const Sums chances(size_, [&](int i) { return chance_[i]; });
    fill(chance_near2, [&](int i) { return chances(i - 2, i + 2); });
    fill(share_near2, [&](int i) { return share(i - 2, i + 2); });
    fill(share_near5, [&](int i) { return share(i - 5, i + 5); });
    fill(mass_near2, [&](int i) { return body_sums_(i - 2, i + 2) / 1024; });
    fill(mass_near5, [&](int i) { return body_sums_(i - 5, i + 5) / 1024; });
    fill(page_chance, [&](int) { return chances.all() / size_; });
  }

  void look_at_page() {
    using enum ContextFeature;
    const auto near = features_.column(static_cast<int>(mass_near2));
    const std::int64_t most = std::max(1, std::ranges::max(near));
    fill(mass_by_top, [&](int i) { return 1000 * std::int64_t{near[i]} / most; });
    const auto shares = features_.column(static_cast<int>(share_near2));
    const int densest = std::ranges::max(shares);
    fill(share_below_top, [&](int i) { return densest - shares[i]; });
    int best = 0, best_chance = 0;
    for (int i = 0; i < size_; ++i) {
      const int chance = chance_[i] / 80 * std::min(mass_[i], 80);
      if (chance > best_chance) best_chance = chance, best = i;
    }
    fill(top, [&](int) { return best_chance; });
    fill(odds_below_top, [&](int i) { return odds_[best] - odds_[i]; });

    std::array<std::int64_t, steps> body{}, all{};
    for (int i = 0; i < size_; ++i) {
      body[step(i)] += body_mass(i);
      all[step(i)] += mass_[i];
    }
    // F1 of taking all lines from a step on is 2 body / (all + expected); half of the best is the best
    // threshold.
    const std::int64_t expected = std::max<std::int64_t>(1, body_sums_.all());
    for (int s = steps - 1; s >= 0; --s) {
      if (s + 1 < steps) body[s] += body[s + 1], all[s] += all[s + 1];
      threshold_ =
          std::max(threshold_, body[s] / std::max<std::int64_t>(1, all[s] + expected / probability_unit));
    }
    fill(rank, [&](int i) { return body[step(i)] / std::max<std::int64_t>(1, expected / 1000); });
    fill(above_best, [&](int i) { return chance_[i] - threshold_; });
    fill(page_share, [&](int) { return share(0, size_ - 1); });
  }

  int step(int i) const {
    return static_cast<int>(std::int64_t{chance_[i]} * steps / (probability_unit + 1));
  }

  void find_runs() {
    using enum ContextFeature;
    const auto run = [&](std::int64_t bound, int most, ContextFeature in) {
      const IndexRange found =
          best_segment(size_, [&](int i) { return (chance_[i] - bound) * (std::min(mass_[i], most) + 15); });
      fill(in, [&](int i) { return i >= found.first && i < found.last; });
      return found;
    };
    const auto describe = [&](IndexRange found, ContextFeature lines, ContextFeature body) {
      fill(lines, [&](int) { return found.size(); });
      const std::int64_t found_share = share(found.first, found.last - 1);
      fill(body, [&](int) { return found_share; });
    };
    run(probability_unit / 2, 60, in_run50_short);
    describe(run(probability_unit / 2, most_mass, in_run50), lines_run50, share_run50);
    describe(run(probability_unit * 35 / 100, most_mass, in_run35), lines_run35, share_run35);
    run(probability_unit / 5, most_mass, in_run20);
    run(threshold_, most_mass, in_run_best);
  }

  FeatureTable features_;
  int size_;
  std::span<const std::int32_t> odds_;
  std::vector<std::int32_t> chance_, mass_;
  Sums mass_sums_, body_sums_;
  std::int64_t threshold_ = 0;
};

}  // namespace

std::int32_t probability_of(std::int32_t log_odds) noexcept {
  const int distance = std::min(std::abs(log_odds), 9 * log_odds_unit);
  double e = 1 - static_cast<double>(distance) / (1024.0 * log_odds_unit);
  for (int k = 0; k < 10; ++k) e *= e;
  const auto less = static_cast<std::int32_t>(probability_unit * e / (1 + e) + 0.5);
  return log_odds < 0 ? less : probability_unit - less;
}

FeatureTable context_features(const FeatureTable& lines, std::span<const std::int32_t> log_odds) {
  if (lines.lines() == 0) return FeatureTable(context_feature_count, 0);
  return Context(lines, log_odds).take();
}

}  // namespace nutgraf
