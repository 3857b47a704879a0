// What train_roles.py calls by ctypes: the features, so that they stand once.

#include <algorithm>
#include <cstring>
#include <string_view>

#include "blocks/context_features.h"
#include "blocks/line_features.h"

using namespace nutgraf;

extern "C" {

int nutgraf_feature_count(int stage) {
  return stage == 0 ? line_feature_count : context_feature_count;
}

const char* nutgraf_feature_name(int stage, int feature) {  // the names are literals, so a 0 follows each
  return (stage == 0 ? line_feature_names : context_feature_names)[feature].data();
}

/// One column a feature into `out`.
void nutgraf_line_features(const char* text, int size, const Span* lines, int count, std::int32_t* out) {
  const Control control;
  Pacer pacer(control);
  const FeatureTable table =
      line_features({text, static_cast<std::size_t>(size)}, {lines, lines + count}, pacer);
  for (int f = 0; f < line_feature_count; ++f) std::ranges::copy(table.column(f), out + f * count);
}

void nutgraf_context_features(const std::int32_t* features, const std::int32_t* log_odds, int count,
                              std::int32_t* out) {
  FeatureTable lines(line_feature_count, static_cast<std::size_t>(count));
  std::copy(features, features + line_feature_count * count, lines.column(0).data());
  const FeatureTable table = context_features(lines, {log_odds, static_cast<std::size_t>(count)});
  for (int f = 0; f < context_feature_count; ++f) std::ranges::copy(table.column(f), out + f * count);
}

void nutgraf_probabilities(const std::int32_t* log_odds, int count, std::int32_t* out) {
  std::transform(log_odds, log_odds + count, out, probability_of);
}
}
