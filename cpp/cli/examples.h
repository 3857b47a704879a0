#pragma once

#include <nutgraf/evaluation.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf::cli {

/// What is wrong with a line of examples.
struct ExampleError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The examples of JSON lines: objects with "text", and "summary" (a string) or "summaries" (one, or a list).
/// Blank lines are passed over. \throws ExampleError that names the line and what it lacks.
std::vector<Example> read_examples(std::string_view lines, std::string_view lang);

}  // namespace nutgraf::cli
