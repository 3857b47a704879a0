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
  const auto take_items = [&](bool reports) {
    while (!failed) {
      const std::size_t item = next++;
      if (item >= items) break;
      try {
        checkpoint(inner);
        work(item, inner);
        ++done;
        if (reports && control.progress) control.progress(done, items);
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
    for (std::size_t t = 1; t < wanted; ++t) helpers.emplace_back([&] { take_items(false); });
    take_items(true);
  }
  if (failure) std::rethrow_exception(failure);
  if (control.progress && items > 0) control.progress(items, items);
}

}  // namespace nutgraf
