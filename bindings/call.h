#pragma once

// How a long call of the core waits: without the GIL, seeing signals and progress.

#include <nutgraf/control.h>
#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace nutgraf::python {

/// Runs work(control) without the GIL. A call over much text runs on a thread of its own while this one wakes
/// every 20 ms: a signal (Ctrl-C) stops it, and `progress`, a callable of (done, total) or None, is called
/// here with the GIL. What either raises comes out unchanged once the work has ended.
inline void run(std::size_t bytes, int threads, const pybind11::object& progress,
                const std::function<void(const Control&)>& work) {
  // Below this the work ends before anybody could press a key.
  constexpr std::size_t small = std::size_t{1} << 14;
  constexpr auto wake_after = std::chrono::milliseconds(20);
  if (bytes < small && progress.is_none()) {
    const pybind11::gil_scoped_release release;
    work({.threads = threads});
    return;
  }

  std::mutex mutex;
  std::condition_variable ended;
  bool has_ended = false;
  std::exception_ptr failure;
  std::atomic<std::size_t> done{0}, total{0};
  std::stop_source stop;
  Control control{.stop = stop.get_token(), .threads = threads};
  if (!progress.is_none()) {
    control.progress = [&](std::size_t now, std::size_t all) {
      total = all;
      done = now;
    };
  }
  std::thread worker([&] {
    try {
      work(control);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::scoped_lock lock(mutex);
    has_ended = true;
    ended.notify_one();
  });

  std::exception_ptr interruption;
  std::size_t reported = 0;
  const auto look_around = [&] {
    if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
    if (done != reported) {
      reported = done;
      progress(reported, total.load());
    }
  };
  for (bool finished = false; !finished;) {
    {
      const pybind11::gil_scoped_release release;
      std::unique_lock lock(mutex);
      finished =
          ended.wait_for(lock, interruption ? std::chrono::hours(1) : wake_after, [&] { return has_ended; });
    }
    if (interruption) continue;
    try {
      look_around();
    } catch (...) {
      interruption = std::current_exception();
      stop.request_stop();
    }
  }
  worker.join();
  if (interruption) std::rethrow_exception(interruption);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace nutgraf::python
