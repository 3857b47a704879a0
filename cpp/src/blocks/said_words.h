#pragma once

#include <string_view>

#include "nutgraf/vocabulary.h"
#include "unicode/words.h"

namespace nutgraf {

/// The long words of an article, which tell what line is about it.
class SaidWords {
 public:
  void add(std::string_view text);

  struct Count {
    int words = 0, said = 0;
  };
  /// Of the long words of a line, and of those that were added.
  Count count(std::string_view line);

 private:
  template <typename Use>
  void for_long_words(std::string_view text, Use use);

  Vocabulary words_;
  unicode::WordWalker walker_;
};

}  // namespace nutgraf
