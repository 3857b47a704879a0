#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace nutgraf {

/// How a long call is watched, ended and spread over threads. The last parameter of whatever can take long.
///
///     std::stop_source source;
///     auto summary = nutgraf::summarize(text, {}, {.stop = source.get_token()});
///
/// A stop request is seen within 64 KB of text or 2^16 multiply-adds and ends the call with an Error of kind
/// `cancelled`; what the call was given stays as it was. Results do not depend on `threads`, to the last bit.
struct Control {
  std::stop_token stop{};
  /// Called on the calling thread with (done, total) in units of work: texts where many are read, else parts
  /// of one text. `done` grows, and equals `total` at the end. An exception thrown here ends the call and
  /// comes out unchanged.
  std::function<void(std::size_t done, std::size_t total)> progress{};
  /// Threads to use, the calling one included; at least 1. They live for one call.
  int threads = 1;
};

}  // namespace nutgraf
