#include <algorithm>
#include <charconv>
#include <cmath>

#include "nutgraf/error.h"
#include "nutgraf/salience.h"
#include "salience/sentence_features.h"
#include "support/data_tables.h"

namespace nutgraf {
namespace {

constexpr std::string_view head = "nutgraf sentence weights ";
constexpr std::string_view version = "1";

/// `what` is said of the words that stand there.
[[noreturn]] void reject(int line, std::string_view words, std::string_view what) {
  std::string message = "line " + std::to_string(line) + " of the weights: '";
  message.append(words).append("' ").append(what);
  throw Error(ErrorKind::corrupt_file, message);
}

}  // namespace

std::string SentenceWeights::to_text() const {
  std::string text = std::string(head) + std::string(version) + "\n";
  for (const auto& [name, weight] : weights) {
    char digits[32];
    text += name + "\t";
    text.append(digits, std::to_chars(digits, digits + sizeof digits, weight).ptr);
    text += '\n';
  }
  return text;
}

SentenceWeights SentenceWeights::from_text(std::string_view text) {
  SentenceWeights found;
  std::string_view first = take_until('\n', text);
  if (!first.starts_with(head)) reject(1, first, "is not how weights of sentences begin");
  first.remove_prefix(head.size());
  if (first != version) {
    throw Error(ErrorKind::newer_file,
                "the weights are of version " + std::string(first) + "; this library reads version 1");
  }
  for (int number = 2; !text.empty(); ++number) {
    std::string_view line = take_until('\n', text);
    if (line.empty() || line.front() == '#') continue;
    const std::string name(take_field(line));
    if (std::ranges::find(feature_names, name) == feature_names.end())
      reject(number, name, "is no feature of a sentence");
    if (std::ranges::find(found.weights, name, &std::pair<std::string, double>::first) != found.weights.end())
      reject(number, name, "stands there twice");
    double weight = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), weight);
    if (error != std::errc() || end != line.data() + line.size() || !std::isfinite(weight))
      reject(number, line, "is no number");
    found.weights.emplace_back(name, weight);
  }
  return found;
}

}  // namespace nutgraf
