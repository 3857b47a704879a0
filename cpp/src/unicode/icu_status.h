#pragma once

#include <unicode/errorcode.h>

#include <string>

#include "nutgraf/error.h"

namespace nutgraf::unicode {

/// ICU's error code; check() turns a failure into an Error. A failure here means that ICU lacks its data or
/// memory.
class IcuStatus : public icu::ErrorCode {
 public:
  explicit IcuStatus(const char* what) : what_(what) {}
  void check() const {
    if (isFailure()) {
      throw Error(ErrorKind::limit, std::string("ICU failed at ") + what_ + ": " + errorName() +
                                        "; is its data library installed?");
    }
  }

 private:
  const char* what_;
};

}  // namespace nutgraf::unicode
