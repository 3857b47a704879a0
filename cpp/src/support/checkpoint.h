#pragma once

#include <cstddef>

#include "nutgraf/control.h"
#include "nutgraf/error.h"

namespace nutgraf {

inline void checkpoint(const Control& control) {
  if (control.stop.stop_requested()) throw Error(ErrorKind::cancelled, "the call was stopped on request");
}

/// Looks for a stop request, and reports progress, once in every 2^16 units of work (bytes or multiply-adds).
class Pacer {
 public:
  explicit Pacer(const Control& control, std::size_t total = 0) : control_(control), total_(total) {
    checkpoint(control);
  }
  void advance(std::size_t units) {
    pending_ += units;
    if (pending_ < step) return;
    done_ += pending_;
    pending_ = 0;
    checkpoint(control_);
    if (total_ > 0 && control_.progress) control_.progress(done_ < total_ ? done_ : total_, total_);
  }

 private:
  static constexpr std::size_t step = std::size_t{1} << 16;
  const Control& control_;
  std::size_t total_, done_ = 0, pending_ = 0;
};

}  // namespace nutgraf
