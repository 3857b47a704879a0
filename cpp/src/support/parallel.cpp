#include "support/parallel.h"

#ifdef __linux__
#include <pthread.h>
#include <sched.h>
#endif

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "support/checkpoint.h"

namespace nutgraf {
namespace {

/// Moves a new thread off the processor of the caller, if it may run on others. Linux leaves it behind its
/// maker where no other processor is idle at that moment, and finds one for it after some 20 ms: in a virtual
/// machine always, as a processor that sleeps there counts as taken away. Afterwards it may run anywhere, as
/// before.
void start_elsewhere([[maybe_unused]] std::jthread& helper) {
#ifdef __linux__
  cpu_set_t allowed;
  const int here = sched_getcpu();
  const pthread_t thread = helper.native_handle();
  if (here < 0 || pthread_getaffinity_np(thread, sizeof allowed, &allowed) != 0) return;
  cpu_set_t elsewhere = allowed;
  CPU_CLR(static_cast<std::size_t>(here), &elsewhere);
  if (CPU_COUNT(&elsewhere) == 0) return;
  pthread_setaffinity_np(thread, sizeof elsewhere, &elsewhere);
  pthread_setaffinity_np(thread, sizeof allowed, &allowed);
#endif
}

}  // namespace

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
    for (std::size_t t = 1; t < wanted; ++t) {
      helpers.emplace_back([&, t] { take_items(t); });
      start_elsewhere(helpers.back());
    }
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
