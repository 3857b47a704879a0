#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/evaluation.h"

namespace nutgraf {

inline constexpr std::string_view lead_system = "lead", random_system = "random", oracle_system = "oracle";

/// How ROUGE compares texts like these.
RougeOptions rouge_options_of(const Document& document);

/// References as ROUGE-Lsum wants them, each sentence on a line; one list an example. \throws Error
/// invalid_argument that names the example without one.
std::vector<std::vector<std::string>> reference_lines(std::span<const Example> examples);

/// Sentences of a document, one a line.
std::string lines_of(const Document& document, std::span<const std::int32_t> sentences);
/// The sentences of a summary of one document.
std::vector<std::int32_t> sentences_of(const Summary& summary);

inline std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

/// Summaries by one system, one an example.
struct System {
  std::string name{};
  std::vector<Summary> summaries{};
};
/// By method, and by chance, the same for the same documents.
System by_method(std::span<const Example> examples, std::string_view method, const SummarizeOptions& options,
                 const Control& control);
System by_chance(std::span<const Example> examples, const SummarizeOptions& options, const Control& control);

/// The table of systems, of which the first is lead, with the oracle.
Evaluation compare(std::span<const Example> examples, std::span<const std::vector<std::string>> lines,
                   std::span<const System> systems, std::optional<std::int64_t> sentences,
                   const Control& control);

}  // namespace nutgraf
