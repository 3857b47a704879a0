#include "nutgraf/salience.h"

#include <array>
#include <string>
#include <utility>

#include "nutgraf/error.h"
#include "salience/methods.h"

namespace nutgraf {
namespace {

struct Method {
  std::string_view name;
  std::vector<double> (*compute)(const SalienceInput&);
};

// The first one is what "default" stands for.
constexpr std::array<Method, 4> table = {
    {{"mix", mix}, {"lead", lead}, {"centroid", centroid}, {"lexrank", lexrank}}};

constexpr auto names = [] {
  std::array<std::string_view, table.size() + 1> all{"default"};
  for (std::size_t i = 0; i < table.size(); ++i) all[i + 1] = table[i].name;
  return all;
}();

const Method& method_of(std::string_view name) {
  if (name == names[0]) return table[0];
  std::string known;
  for (const Method& method : table) {
    if (method.name == name) return method;
    known += ", " + std::string(method.name);
  }
  throw Error(ErrorKind::invalid_argument,
              "unknown method '" + std::string(name) + "'; the methods are " + std::string(names[0]) + known);
}

}  // namespace

std::span<const std::string_view> methods() noexcept {
  return names;
}

std::string_view resolve_method(std::string_view method) {
  return method_of(method).name;
}

std::vector<float> salience(std::span<const Document> documents, const SparseMatrix& vectors,
                            std::string_view method, const SalienceOptions& options, const Control& control) {
  const Method& found = method_of(method);
  const SentenceRows rows(documents);
  if (vectors.rows() != rows.size()) {
    throw Error(ErrorKind::invalid_argument, "the vectors have " + std::to_string(vectors.rows()) +
                                                 " rows and the documents " + std::to_string(rows.size()) +
                                                 " sentences");
  }
  if (!(options.damping >= 0 && options.damping < 1)) {
    throw Error(ErrorKind::invalid_argument,
                "damping is " + std::to_string(options.damping) + "; it must be 0 or more and below 1");
  }
  Pacer pacer(control);
  const Votes votes = find_votes(rows);
  const Cosines cosines(vectors);
  const std::vector<double> scores =
      found.compute({.rows = rows, .votes = votes, .cosines = cosines, .options = options, .pacer = pacer});
  return {scores.begin(), scores.end()};
}

}  // namespace nutgraf
