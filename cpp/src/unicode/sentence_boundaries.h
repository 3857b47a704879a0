#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "support/checkpoint.h"

namespace nutgraf::unicode {

/// Sentence boundaries, equal to those of ICU's root iterator; ASCII is walked by UAX #29's rules here.
class SentenceBoundaries {
 public:
  explicit SentenceBoundaries(Pacer& pacer);
  ~SentenceBoundaries();
  SentenceBoundaries(const SentenceBoundaries&) = delete;
  SentenceBoundaries& operator=(const SentenceBoundaries&) = delete;

  /// Appends the ends of all sentences of a text, the last being its size.
  void find(std::string_view text, std::vector<std::int32_t>& ends);

 private:
  struct Icu;
  Pacer& pacer_;
  std::unique_ptr<Icu> icu_;  ///< made when text that is not ASCII comes
};

}  // namespace nutgraf::unicode
