#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

#include "evaluate/comparison.h"
#include "nutgraf/error.h"
#include "nutgraf/evaluation.h"
#include "select/purse.h"
#include "summarize/summarize_by.h"
#include "support/decimal.h"
#include "support/natural_exp.h"
#include "support/parallel.h"

namespace nutgraf {
namespace {

constexpr std::size_t fewest_examples = 5, folds = 5;
constexpr double no_weights = std::numeric_limits<double>::infinity();
// How strongly weights are drawn to none, in examples of a sentence; the first one to none at all.
constexpr std::array<double, 5> penalties = {no_weights, 300, 100, 30, 10};
// What weights must gain in ROUGE over none to be kept.
constexpr double least_gain = 0.1;

/// Columns of the features that differ between the sentences of a text; the others say nothing of their
/// order.
std::vector<Eigen::Index> columns_to_weigh() {
  std::vector<Eigen::Index> found;
  const auto names = sentence_feature_names();
  for (std::size_t f = 0; f < names.size(); ++f) {
    if (names[f] != "share" && names[f] != "sentences") found.push_back(static_cast<Eigen::Index>(f));
  }
  return found;
}

/// What is known of an example before anything is learned.
struct Known {
  Summary summary{};           ///< by the default
  Eigen::MatrixXd features{};  ///< a row a sentence
  Eigen::VectorXd base{}, taken{};
  std::vector<Eigen::Index> voters{};
};

/// Weights of the features; none: the default is kept.
using Weights = std::optional<Eigen::VectorXd>;
using Indices = std::vector<std::size_t>;

class Fitter {
 public:
  Fitter(std::span<const Example> examples, const SummarizeOptions& options, const Control& control)
      : examples_(examples),
        lines_(reference_lines(examples)),
        options_(options),
        control_(control),
        rouge_(rouge_options_of(examples[0].document)) {
    learn_length();
    known_.resize(examples.size());
    parallel_for(examples.size(), without_progress(control),
                 [&](std::size_t i, const Control& inner) { known_[i] = look_at(i, inner); });
  }

  Fitted run() {
    Indices all(examples_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<Summary> held_out(examples_.size());
    for (std::size_t fold = 0; fold < folds; ++fold) {
      const auto [others, held] = split(all, fold);
      const Weights weights = learn(others);
      for (const std::size_t i : held) held_out[i] = chosen(i, weights, control_);
    }
    const Weights weights = learn(all);
    Fitted found{.options = options_};
    const auto names = sentence_feature_names();
    for (std::size_t w = 0; weights && w < columns_.size(); ++w)
      found.weights.weights.emplace_back(names[static_cast<std::size_t>(columns_[w])],
                                         (*weights)[static_cast<Eigen::Index>(w)]);
    found.advice = advice(held_out, weights.has_value());
    std::vector<Summary> by_default;
    for (const Known& known : known_) by_default.push_back(known.summary);
    const std::vector<System> systems = {by_method(examples_, lead_system, options_, control_),
                                         by_chance(examples_, options_, control_),
                                         {.name = "default", .summaries = std::move(by_default)},
                                         {.name = "fitted", .summaries = std::move(held_out)}};
    found.report = compare(examples_, lines_, systems, options_.sentences, control_);
    return found;
  }

 private:
  static constexpr std::size_t steps = (folds + 1) * penalties.size();

  /// Without a budget, the median number of sentences of the first references.
  void learn_length() {
    if (options_.sentences || has_length(budget_of(options_))) return;
    std::vector<std::int64_t> sizes;
    for (const std::vector<std::string>& lines : lines_) sizes.push_back(line_count(lines.front()));
    std::ranges::sort(sizes);
    const std::size_t half = sizes.size() / 2;
    const double median = sizes.size() % 2 != 0 ? static_cast<double>(sizes[half])
                                                : static_cast<double>(sizes[half - 1] + sizes[half]) / 2;
    options_.sentences = std::max(std::int64_t{1}, static_cast<std::int64_t>(std::nearbyint(median)));
  }

  static std::int64_t line_count(std::string_view text) {
    return text.empty() ? 0 : std::ranges::count(text, '\n') + 1;
  }

  Known look_at(std::size_t i, const Control& control) const {
    const Document& document = examples_[i].document;
    Known known{.summary = summarize(document, options_, control)};
    constexpr double any_share = 0.1;
    const std::span<const Document> one(&document, 1);
    const SentenceFeatureTable table =
        sentence_features(one, sentence_vectors(one, {}, {}, nullptr, control), any_share, control);
    const auto n = static_cast<Eigen::Index>(table.has_vote.size());
    const auto all = static_cast<Eigen::Index>(sentence_feature_names().size());
    known.features.resize(n, static_cast<Eigen::Index>(columns_.size()));
    known.base.resize(n);
    for (Eigen::Index row = 0; row < n; ++row) {
      for (std::size_t c = 0; c < columns_.size(); ++c)
        known.features(row, static_cast<Eigen::Index>(c)) =
            static_cast<double>(table.values[static_cast<std::size_t>(row * all + columns_[c])]);
      known.base[row] = static_cast<double>(known.summary.salience()[static_cast<std::size_t>(row)]);
      if (table.has_vote[static_cast<std::size_t>(row)]) known.voters.push_back(row);
    }
    std::int64_t most =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(known.summary.sentences().size()));
    for (const std::string& lines : lines_[i]) most = std::max(most, line_count(lines));
    known.taken.setZero(n);
    for (const std::int32_t row :
         oracle(document, views(lines_[i]), {.sentences = static_cast<std::int32_t>(most), .rouge = rouge_},
                control)) {
      known.taken[row] = 1;
    }
    return known;
  }

  static std::pair<Indices, Indices> split(const Indices& of, std::size_t fold) {
    std::pair<Indices, Indices> parts;
    for (std::size_t i = 0; i < of.size(); ++i)
      (i % folds == fold ? parts.second : parts.first).push_back(of[i]);
    return parts;
  }

  Summary chosen(std::size_t i, const Weights& weights, const Control& control) const {
    const Known& known = known_[i];
    if (!weights) return known.summary;
    const Eigen::VectorXf scores = (known.base + known.features * *weights).cast<float>();
    const std::span<const float> salience(scores.data(), static_cast<std::size_t>(scores.size()));
    return summarize(examples_[i].document, salience, options_, control);
  }

  /// The mean of ROUGE-1 and 2, in percent.
  double score(std::size_t i, const Summary& summary) const {
    constexpr std::array<std::string_view, 2> types = {"rouge1", "rouge2"};
    const std::vector<RougeScore> found =
        rouge(lines_of(examples_[i].document, sentences_of(summary)), views(lines_[i]), types, rouge_);
    return 50 * (found[0].fmeasure + found[1].fmeasure);
  }

  /// The weights, by the penalty that is best for examples that were not learned from.
  Weights learn(const Indices& of) {
    double best = no_weights, most = -no_weights;
    for (const double penalty : penalties) {
      double sum = 0;
      for (std::size_t fold = 0; fold < folds; ++fold) {
        const auto parts = split(of, fold);
        const Indices &others = parts.first, &held = parts.second;
        if (others.empty() || held.empty()) continue;
        const Weights weights = weights_of(others, penalty);
        std::vector<double> scores(held.size());
        parallel_for(held.size(), without_progress(control_), [&](std::size_t h, const Control& inner) {
          scores[h] = score(held[h], chosen(held[h], weights, inner));
        });
        sum += std::accumulate(scores.begin(), scores.end(), 0.0);
      }
      const double mean = sum / static_cast<double>(of.size()) - (penalty == no_weights ? 0 : least_gain);
      if (mean > most) {
        best = penalty;
        most = mean;
      }
      ++done_;
      if (control_.progress) control_.progress(done_, steps);
    }
    return weights_of(of, best);
  }

  /// Logistic regression by Newton's method, on the salience and the features in units of their deviations.
  Weights weights_of(const Indices& of, double penalty) const {
    if (penalty == no_weights) return {};
    const auto width = static_cast<Eigen::Index>(columns_.size());
    Eigen::Index n = 0;
    for (const std::size_t i : of) n += static_cast<Eigen::Index>(known_[i].voters.size());
    if (n == 0) return {};
    Eigen::MatrixXd x(n, width + 2);
    Eigen::VectorXd taken(n);
    Eigen::Index at = 0;
    for (const std::size_t i : of) {
      for (const Eigen::Index row : known_[i].voters) {
        x(at, 0) = 1;
        x(at, 1) = known_[i].base[row];
        x.row(at).tail(width) = known_[i].features.row(row);
        taken[at++] = known_[i].taken[row];
      }
    }
    constexpr double least_deviation = 1e-9;
    Eigen::VectorXd deviations(width + 1);
    for (Eigen::Index c = 0; c <= width; ++c) {
      auto column = x.col(c + 1);
      column.array() -= column.mean();
      deviations[c] = std::sqrt(column.squaredNorm() / static_cast<double>(n));
      // What is the same for all has no weight.
      if (deviations[c] > least_deviation)
        column /= deviations[c];
      else
        column.setZero();
      deviations[c] = std::max(deviations[c], least_deviation);
    }
    // The salience counts for something, whatever was learned: weights are added to it. Where it would not,
    // its own weight is held at the least, and the others are learned beside that.
    constexpr double least_of_salience = 0.2;
    Eigen::VectorXd ridge = Eigen::VectorXd::Constant(width + 2, penalty);
    ridge.head(2).setConstant(1e-3);
    Eigen::VectorXd w = logistic_regression(x, Eigen::VectorXd::Zero(n), taken, ridge);
    if (w[1] < least_of_salience) {
      const Eigen::VectorXd held = least_of_salience * x.col(1);
      x.col(1).setZero();
      w = logistic_regression(x, held, taken, ridge);
      w[1] = least_of_salience;
    }
    return Eigen::VectorXd(deviations[0] / w[1] * w.tail(width).array() / deviations.tail(width).array());
  }

  /// The weights of columns that tell what is taken beside the log-odds `offset`, each drawn to 0 by its
  /// ridge.
  static Eigen::VectorXd logistic_regression(const Eigen::MatrixXd& x, const Eigen::VectorXd& offset,
                                             const Eigen::VectorXd& taken, const Eigen::VectorXd& ridge) {
    constexpr int most_steps = 50;
    constexpr double small_step = 1e-9, most_odds = 30;
    Eigen::VectorXd w = Eigen::VectorXd::Zero(x.cols());
    for (int step = 0; step < most_steps; ++step) {
      Eigen::VectorXd p = offset + x * w;
      for (double& value : p) value = 1 / (1 + natural_exp(-std::clamp(value, -most_odds, most_odds)));
      const Eigen::VectorXd slope = x.transpose() * (p - taken) + ridge.cwiseProduct(w);
      const Eigen::VectorXd share = p.array() * (1 - p.array());
      Eigen::MatrixXd curve = x.transpose() * share.asDiagonal() * x;
      curve.diagonal() += ridge;
      const Eigen::VectorXd change = curve.ldlt().solve(slope);
      w -= change;
      if (change.cwiseAbs().maxCoeff() < small_step) break;
    }
    return w;
  }

  std::string advice(std::span<const Summary> held_out, bool has_weights) const {
    std::vector<double> gains;
    for (std::size_t i = 0; i < held_out.size(); ++i)
      gains.push_back(score(i, held_out[i]) - score(i, known_[i].summary));
    const double mean = std::accumulate(gains.begin(), gains.end(), 0.0) / static_cast<double>(gains.size());
    const Interval interval = bootstrap_interval(gains);
    std::string told = signed_decimal(mean, 2);
    told.append(" of ROUGE (95 % interval ").append(signed_decimal(interval.low, 2));
    told.append(" to ").append(signed_decimal(interval.high, 2)).append(") on examples not learned from");
    if (!has_weights) return "Use the default: no weights were better (" + told + ").";
    if (interval.low > 0) return "Use what was fitted: " + told + ".";
    return "The default may be as good: " + told + ". More examples may tell.";
  }

  std::span<const Example> examples_;
  std::vector<std::vector<std::string>> lines_;
  SummarizeOptions options_;
  const Control& control_;
  RougeOptions rouge_;  ///< one for all, as in the report
  std::vector<Eigen::Index> columns_ = columns_to_weigh();
  std::vector<Known> known_;
  std::size_t done_ = 0;
};

}  // namespace

Fitted fit(std::span<const Example> examples, const SummarizeOptions& options, const Control& control) {
  if (examples.size() < fewest_examples) {
    throw Error(ErrorKind::invalid_argument, "there are " + std::to_string(examples.size()) +
                                                 " examples; it takes " + std::to_string(fewest_examples) +
                                                 " texts or more, and a summary of each");
  }
  SummarizeOptions plain = options;
  plain.weights = nullptr;
  return Fitter(examples, plain, control).run();
}

}  // namespace nutgraf
