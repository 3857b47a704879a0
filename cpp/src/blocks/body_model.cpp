#include "blocks/body_model.h"

#include <algorithm>
#include <charconv>

#include "support/data_tables.h"

namespace nutgraf {
namespace {

constexpr std::size_t fewest_lines = 5;  // of a page that may be told apart where no line seems body

int number_in(std::span<const std::string_view> names, std::string_view name) {
  return static_cast<int>(std::ranges::find(names, name) - names.begin());
}

int feature_of(std::string_view name) {
  const int line = number_in(line_feature_names, name);
  return line < line_feature_count ? line : line_feature_count + number_in(context_feature_names, name);
}

}  // namespace

/// Reads the words of a line of the weights file.
struct BodyModel::Parser {
  std::string_view line;
  BodyModel& model;

  std::string_view word() {
    const auto end = std::min(line.find(' '), line.size());
    const std::string_view found = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return found;
  }
  static std::int32_t number(std::string_view word) {
    std::int32_t value = 0;
    std::from_chars(word.data(), word.data() + word.size(), value);
    return value;
  }

  void decision() {
    Decision& d = model.decision_;
    while (!line.empty()) {
      const std::string_view name = word();
      (name == "least_odds"       ? d.least_odds
       : name == "all_body"       ? d.all_body
       : name == "all_body_plain" ? d.all_body_plain
       : name == "few_links"      ? d.few_links
                                  : d.long_line) = number(word());
    }
  }

  void table() {
    Table& t = model.tables_.emplace_back();
    t.feature = feature_of(word());
    t.values.push_back(number(word()));
    while (!line.empty()) {
      t.bounds.push_back(number(word()));
      t.values.push_back(number(word()));
    }
  }

  /// A node and what is below it, or a value, which then fills the leaves below.
  void tree(Tree& t, int node, int level) {
    const std::string_view first = word();
    if (first.front() == '-' || (first.front() >= '0' && first.front() <= '9')) {
      const int width = 1 << (depth - level);  // of the leaves below
      const int leaf = ((node + 1) << (depth - level)) - leaves;
      std::fill_n(t.values + leaf, width, static_cast<std::int16_t>(number(first)));
      return;
    }
    const int feature = feature_of(first);
    const auto known = std::ranges::find(model.used_, feature);
    t.nodes[node].feature = static_cast<std::uint32_t>(known - model.used_.begin());
    if (known == model.used_.end()) model.used_.push_back(feature);
    t.nodes[node].bound = number(word());
    tree(t, 2 * node + 1, level + 1);
    tree(t, 2 * node + 2, level + 1);
  }
};

BodyModel::BodyModel(std::span<const std::string_view> weights) {
  for (const std::string_view line : weights) {
    Parser parser{line, *this};
    const std::string_view kind = parser.word();
    if (kind == "decide") {
      parser.decision();
    } else if (kind == "table") {
      parser.table();
    } else {
      parser.tree(trees_.emplace_back(), 0, 0);
    }
  }
}

std::vector<std::int32_t> BodyModel::first_log_odds(const FeatureTable& lines) const {
  std::vector<std::int32_t> sums(lines.lines());
  for (const Table& table : tables_) {
    const auto column = lines.column(table.feature);
    for (std::size_t b = 0; b < table.bounds.size(); ++b) {
      // Step by step rather than by a search: a table has few bounds, and this runs on several lines at once.
      const std::int32_t bound = table.bounds[b], step = table.values[b + 1] - table.values[b];
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += column[i] > bound ? step : 0;
    }
  }
  std::int32_t base = 0;
  for (const Table& table : tables_) base += table.values.front();
  for (std::int32_t& sum : sums) sum += base;
  return sums;
}

std::vector<std::int32_t> BodyModel::second_log_odds(const FeatureTable& lines,
                                                     const FeatureTable& context) const {
  std::vector<const std::int32_t*> columns;
  for (const int f : used_)
    columns.push_back(f < line_feature_count ? lines.column(f).data()
                                             : context.column(f - line_feature_count).data());
  // Some lines at once, so that a tree is walked from the fastest memory and the walks overlap.
  constexpr std::size_t block = 16;
  const std::size_t width = columns.size();
  std::vector<std::int32_t> sums(lines.lines()), rows(block * width);
  for (std::size_t begin = 0; begin < sums.size(); begin += block) {
    const std::size_t size = std::min(block, sums.size() - begin);
    for (std::size_t k = 0; k < width; ++k) {
      for (std::size_t i = 0; i < size; ++i) rows[i * width + k] = columns[k][begin + i];
    }
    for (const Tree& tree : trees_) {
      for (std::size_t i = 0; i < size; ++i) {
        const std::int32_t* row = rows.data() + i * width;
        std::size_t node = 0;
        for (int level = 0; level < depth; ++level) {
          const Node& at = tree.nodes[node];
          node = 2 * node + 1 + static_cast<std::size_t>(row[at.feature] > at.bound);
        }
        sums[begin + i] += tree.values[node - inner_nodes];
      }
    }
  }
  return sums;
}

std::vector<std::uint8_t> BodyModel::decide(const FeatureTable& lines,
                                            std::span<const std::int32_t> log_odds) const {
  const std::size_t size = lines.lines();
  std::vector<std::uint8_t> is_body(size, 1);
  if (size == 0) return is_body;
  const auto characters = lines.column(static_cast<int>(LineFeature::characters));
  std::int64_t mass = 0, body_mass = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::int64_t line_mass = std::min(characters[i], 500);
    mass += line_mass;
    body_mass += line_mass * probability_of(log_odds[i]);
  }
  const std::int64_t part = body_mass * 1000, whole = mass * probability_unit;
  const int links = lines.column(static_cast<int>(LineFeature::links_in_page))[0];
  const Decision& d = decision_;
  if (part >= d.all_body * whole || (part >= d.all_body_plain * whole && links <= d.few_links))
    return is_body;
  bool is_any = false;
  for (std::size_t i = 0; i < size; ++i) {
    is_body[i] = log_odds[i] >= d.least_odds || characters[i] >= d.long_line;
    is_any |= is_body[i] != 0;
  }
  if (is_any) return is_body;
  const std::int32_t most = probability_of(std::ranges::max(log_odds));
  for (std::size_t i = 0; i < size; ++i)
    is_body[i] = size < fewest_lines || 2 * probability_of(log_odds[i]) >= most;
  return is_body;
}

BodyLines BodyModel::operator()(std::string_view text, std::span<const Span> lines, Pacer& pacer) const {
  const FeatureTable features = line_features(text, lines, pacer);
  const FeatureTable context = context_features(features, first_log_odds(features));
  BodyLines found;
  found.log_odds = second_log_odds(features, context);
  found.is_body = decide(features, found.log_odds);
  return found;
}

const BodyModel& body_model() {
  static const BodyModel model(data_lines("roles"));
  return model;
}

}  // namespace nutgraf
