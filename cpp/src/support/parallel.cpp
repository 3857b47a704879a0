#include "support/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "support/checkpoint.h"

namespace nutgraf {

void parallel_for(std::size_t items, const Control& control,
                  const std::function<void(std::size_t, const Control&)>& work) {
  parallel_for_threads(items, control,
                       [&](std::size_t item, std::size_t, const Control& inner) { work(item, inner); });
}

void parallel_for_threads(std::size_t items, const Control& control,
                          const std::function<void(std::size_t, std::size_t, const Control&)>& work) {
  if (control.threads < 1) {
    throw Error(ErrorKind::invalid_argument,
                "threads is " + std::to_string(control.threads) + "; it must be 1 or more");
  }
  checkpoint(control);
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> failed{false};
  std::mutex failure_mutex;
  std::size_t failed_item = items;
  std::exception_ptr failure;
  const Control inner{.stop = control.stop};

  const auto fail = [&](std::size_t item) {
    const std::scoped_lock lock(failure_mutex);
    if (item < failed_item || !failure) {
      failed_item = item;
      failure = std::current_exception();
    }
    failed = true;
  };
  const auto take_items = [&](std::size_t thread) {
    while (!failed) {
      const std::size_t item = next++;
      if (item >= items) break;
      try {
        checkpoint(inner);
        work(item, thread, inner);
        ++done;
        if (thread == 0 && control.progress) control.progress(done, items);
      } catch (...) {
        fail(item);
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    const std::size_t wanted =
        std::min(static_cast<std::size_t>(control.threads), std::max<std::size_t>(items, 1));
    helpers.reserve(wanted);
    for (std::size_t t = 1; t < wanted; ++t) helpers.emplace_back([&, t] { take_items(t); });
    take_items(0);
  }
  if (failure) std::rethrow_exception(failure);
  if (control.progress && items > 0) control.progress(items, items);
}

std::vector<std::size_t> row_pieces(std::span<const std::int32_t> begins, int threads) {
  constexpr std::int64_t least_piece = 1 << 14;  // entries; below it a thread costs more than it gives
  const std::size_t rows = begins.size() - 1;
  const std::int64_t entries = begins.back();
  const std::int64_t pieces =
      threads <= 1 ? 1 : std::clamp<std::int64_t>(entries / least_piece, 1, 4 * threads);
  std::vector<std::size_t> borders = {0};
  for (std::int64_t piece = 1; piece < pieces; ++piece) {
    const auto border = static_cast<std::size_t>(
        std::ranges::lower_bound(begins.first(rows), static_cast<std::int32_t>(entries * piece / pieces)) -
        begins.begin());
    if (border > borders.back() && border < rows) borders.push_back(border);
  }
  borders.push_back(rows);
  return borders;
}

}  // namespace nutgraf
