#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/error.h"

namespace nutgraf {

/// Calls work(i, control) for every i in [0, items), on control.threads threads, the calling one included;
/// the control handed on has the stop token and one thread. Progress is reported on the calling thread. When
/// an item throws, no further item is begun, all threads are joined, and the exception of the first such item
/// is rethrown.
void parallel_for(std::size_t items, const Control& control,
                  const std::function<void(std::size_t item, const Control& control)>& work);

/// make(text, control) for each text; a text that fails gives its Error, and the others go on. A cancelled
/// call throws.
template <typename Result, typename Make>
std::vector<std::variant<Result, Error>> map_texts(std::span<const std::string_view> texts,
                                                   const Control& control, Make make) {
  std::vector<std::variant<Result, Error>> results(texts.size());
  parallel_for(texts.size(), control, [&](std::size_t i, const Control& inner) {
    try {
      results[i] = make(texts[i], inner);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      results[i] = error;
    }
  });
  return results;
}

}  // namespace nutgraf
