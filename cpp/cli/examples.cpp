#include "examples.h"

#include <nutgraf/error.h>
#include <nutgraf/segment.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace nutgraf::cli {
namespace {

using Json = nlohmann::json;

std::vector<std::string> references_of(const Json& object) {
  for (const char* key : {"summary", "summaries"}) {
    const auto found = object.find(key);
    if (found == object.end()) continue;
    if (found->is_string()) return {found->get<std::string>()};
    std::vector<std::string> references;
    if (found->is_array()) {
      for (const Json& each : *found) {
        if (!each.is_string()) throw ExampleError("a summary is no string");
        references.push_back(each.get<std::string>());
      }
    }
    if (references.empty()) throw ExampleError("'" + std::string(key) + "' holds no summary");
    return references;
  }
  throw ExampleError("there is no 'summary' and no 'summaries'");
}

Example read_example(std::string_view line, std::string_view lang) {
  const Json object = Json::parse(line, nullptr, false);
  if (object.is_discarded()) throw ExampleError("this is no JSON");
  if (!object.is_object()) throw ExampleError("this is no object");
  const auto text = object.find("text");
  if (text == object.end() || !text->is_string()) throw ExampleError("there is no 'text' that is a string");
  return {segment(text->get<std::string>(), {.lang = std::string(lang)}), references_of(object)};
}

}  // namespace

std::vector<Example> read_examples(std::string_view lines, std::string_view lang) {
  std::vector<Example> found;
  for (int number = 1; !lines.empty(); ++number) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    try {
      found.push_back(read_example(line, lang));
    } catch (const std::exception& error) {
      throw ExampleError("line " + std::to_string(number) + ": " + error.what());
    }
  }
  return found;
}

}  // namespace nutgraf::cli
