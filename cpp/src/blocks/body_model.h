#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "blocks/context_features.h"
#include "blocks/line_features.h"

namespace nutgraf {

/// What a model takes the lines of a page for.
struct BodyLines {
  std::vector<std::int32_t>
      log_odds;  ///< of being part of the article, in 1/1024; probability_of() turns them
  std::vector<std::uint8_t> is_body;  ///< the decision, 0 or 1
};

/// Tells the lines of an article from the rest of a pasted page: two stages of added log-odds, of tables and
/// of trees, over whole numbers only. tools/train_roles.py makes the weights and says what they learned from.
class BodyModel {
 public:
  /// \param weights the lines of a weights file without its comments, as train_roles.py writes them.
  explicit BodyModel(std::span<const std::string_view> weights);

  /// \param text valid UTF-8.
  /// \param lines the lines that are not blank, without white space at their ends, in order.
  /// Linear in the text.
  BodyLines operator()(std::string_view text, std::span<const Span> lines, Pacer& pacer) const;

 private:
  /// values[k] where the feature is at most bounds[k] and no bound before, values.back() beyond the last.
  struct Table {
    int feature;
    std::vector<std::int32_t> bounds, values;
  };
  /// A tree of full depth: node k has the children 2k + 1 and 2k + 2; a feature beyond the bound goes to the
  /// second.
  static constexpr int depth = 5, inner_nodes = (1 << depth) - 1, leaves = 1 << depth;
  struct Node {
    std::uint32_t feature = 0;  ///< its place in used_
    std::int32_t bound = 0;
  };
  struct Tree {
    Node nodes[inner_nodes];
    std::int16_t values[leaves] = {};
  };
  struct Parser;

  /// How log-odds are turned into the decision; train_roles.py says why so. Shares are per mille.
  struct Decision {
    std::int32_t least_odds = 0, all_body = 0, all_body_plain = 0, few_links = 0, long_line = 0;
  };
  std::vector<std::uint8_t> decide(const FeatureTable& lines, std::span<const std::int32_t> log_odds) const;
  std::vector<std::int32_t> first_log_odds(const FeatureTable& lines) const;
  std::vector<std::int32_t> second_log_odds(const FeatureTable& lines, const FeatureTable& context) const;

  Decision decision_;
  std::vector<Table> tables_;
  std::vector<Tree> trees_;
  std::vector<int> used_;  // the features of the trees: those of lines, then those of context
};

/// The model that the library carries.
const BodyModel& body_model();

}  // namespace nutgraf
