#pragma once

// One result a text, for lists of texts.

#include <algorithm>
#include <variant>

#include "call.h"
#include "convert.h"

namespace nutgraf::python {

/// Calls make(views, control), which gives a Result or an Error a text, and convert(text, Result&&) for each.
/// `texts` holds str and None; a None gives None; an error names the row `first_row` + its place. Texts are
/// taken in slices, so that no more than a slice of results is held at a time where `convert` keeps less than
/// they are.
template <typename Result, typename Make, typename Convert>
py::list map_texts(const py::list& texts, std::size_t first_row, int threads, const py::object& progress,
                   bool raise_errors, Make make, Convert convert) {
  constexpr std::size_t slice = 4096;
  std::size_t reported = 0;
  py::list results;
  for (std::size_t first = 0; first < texts.size() || first == 0; first += slice) {
    std::vector<std::string_view> views;
    std::vector<std::size_t> rows;
    std::vector<py::object> found(std::min(slice, texts.size() - first), py::none());
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const py::object item = texts[first + i];
      if (item.is_none()) continue;
      try {
        views.push_back(utf8_of(item));
        bytes += views.back().size();
        rows.push_back(i);
      } catch (const Error& error) {
        const Error named = of_text(first_row + first + i, error);
        if (raise_errors) throw named;
        found[i] = exception_of(named);
      }
    }
    std::vector<std::variant<Result, Error>> made;
    const py::object report =
        progress.is_none() ? progress : py::cpp_function([&](std::size_t done, std::size_t) {
          progress(reported = first + done, texts.size());
        });
    run(bytes, threads, report, [&](const Control& control) { made = make(views, control); });
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const py::str text = texts[first + rows[k]];
      if (auto* result = std::get_if<Result>(&made[k])) {
        found[rows[k]] = convert(text, std::move(*result));
      } else {
        const Error error = of_text(first_row + first + rows[k], std::get<Error>(made[k]));
        if (raise_errors) throw error;
        found[rows[k]] = exception_of(error);
      }
    }
    for (py::object& result : found) results.append(std::move(result));
    if (!progress.is_none() && reported != results.size()) progress(results.size(), texts.size());
    if (texts.empty()) break;
  }
  return results;
}

}  // namespace nutgraf::python
