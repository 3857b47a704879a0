#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/evaluate.h"
#include "nutgraf/salience.h"
#include "nutgraf/summarize.h"

namespace nutgraf {

/// What one system reached on a set of texts: means over them.
struct EvaluationRow {
  std::string system{};
  double rouge1 = 0, rouge2 = 0, rouge_lsum = 0;  ///< F, in percent
  double gain = 0;                                ///< in ROUGE-1, over the first sentences
  Interval interval{};                            ///< where it lies, with 95 %
  double dangling = 0;    ///< summaries with a sentence that lacks something (see Flag), in percent
  double redundancy = 0;  ///< see redundancy(), in percent
  /// Of the sentences that were chosen, the shares that stand in each tenth of the body of their text.
  std::array<double, 10> places{};
  friend bool operator==(const EvaluationRow&, const EvaluationRow&);
};

/// Systems compared on the same texts: the first sentences ("lead") first, and the oracle last.
struct Evaluation {
  std::vector<EvaluationRow> rows{};
  std::int64_t texts = 0;
  /// The system with the highest ROUGE-1, random choice and the oracle aside; empty without rows.
  std::string best() const;
  /// Whether anything is above the first sentences beyond what chance explains, in a sentence. It takes ten
  /// texts: intervals of fewer are too narrow.
  std::string verdict() const;
};

/// A text with what people said of it.
struct Example {
  Document document{};
  std::vector<std::string> references{};  ///< of several the best match counts
};

/// What is compared where nothing else is said.
inline constexpr std::array<std::string_view, 4> compared_methods = {"default", "mix", "lexrank", "centroid"};

/// Compares methods, random choice, the first sentences and the oracle, with the same `options` for all but
/// the oracle, which has options.sentences, or as many sentences as the longest summary of the first ones.
/// English is compared by stems, all other languages by words of every script. The same for the same texts.
/// \throws Error invalid_argument for no examples, one without a reference, and as summarize(); cancelled.
///
///     nutgraf::Evaluation found = nutgraf::evaluate(examples, nutgraf::compared_methods, {.sentences = 3});
///     std::cout << nutgraf::to_table(found);
Evaluation evaluate(std::span<const Example> examples, std::span<const std::string_view> methods,
                    const SummarizeOptions& options = {}, const Control& control = {});

/// What fit() learned.
struct Fitted {
  SentenceWeights weights{};   ///< empty where none were better than the default
  SummarizeOptions options{};  ///< those given, with the number of sentences where no budget was
  Evaluation report{};         ///< of "fitted" beside the others, on examples that were not learned from
  std::string advice{};        ///< whether to use the weights, in a sentence
};

/// Learns from examples what to add to the salience of options.method.
///
/// Logistic regression on the features of sentences (see sentence_feature_names()), with the salience itself
/// as one of its inputs, tells what the oracle of each example takes. A penalty that is chosen by
/// cross-validation draws the weights of features to none, so that few examples change little; where nothing
/// is gained, none are given. Without a budget, summaries have the median number of sentences of the
/// references. The same for the same examples. Some 30 summaries an example. \throws Error invalid_argument
/// for fewer than five examples, and as evaluate(); cancelled.
Fitted fit(std::span<const Example> examples, const SummarizeOptions& options = {},
           const Control& control = {});

}  // namespace nutgraf
