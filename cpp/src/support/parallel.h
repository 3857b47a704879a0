#pragma once

#include <cstdint>
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
/// parallel_for that also says which thread an item is on, below the smaller of control.threads and items,
/// and 0 for the calling one: work(item, thread, control).
void parallel_for_threads(
    std::size_t items, const Control& control,
    const std::function<void(std::size_t item, std::size_t thread, const Control& control)>& work);

/// For a part of a call whose progress is not that of the call.
inline Control without_progress(const Control& control) {
  return {.stop = control.stop, .threads = control.threads};
}

/// The borders of the pieces that parallel_rows makes; one piece for one thread.
std::vector<std::size_t> row_pieces(std::span<const std::int32_t> begins, int threads);

/// Splits rows, of which row r has the entries from begins[r] to begins[r + 1], into pieces of about equal
/// size, and calls work(first row, past the last row, control) for each, by parallel_for. Reports no
/// progress.
template <typename Work>
void parallel_rows(std::span<const std::int32_t> begins, const Control& control, Work work) {
  const std::vector<std::size_t> borders = row_pieces(begins, control.threads);
  parallel_for(borders.size() - 1, without_progress(control), [&](std::size_t piece, const Control& inner) {
    work(borders[piece], borders[piece + 1], inner);
  });
}

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
