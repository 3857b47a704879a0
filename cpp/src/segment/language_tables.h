#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "nutgraf/segment.h"

namespace nutgraf {

/// A constant table for each language that has stop words, made when it is first asked for: most programs
/// read one language.
template <typename Table>
class LanguageTables {
 public:
  LanguageTables() {
    for (const std::string& lang : stop_word_languages()) entries_[lang];
  }
  /// The table of a language, which make(lang) makes; null for one without stop words. Threads may ask at the
  /// same time.
  template <typename Make>
  const Table* find(std::string_view lang, Make make) {
    const auto place = entries_.find(lang);
    if (place == entries_.end()) return nullptr;
    Entry& entry = place->second;
    std::call_once(entry.made, [&] { entry.table.emplace(make(lang)); });
    return &*entry.table;
  }

 private:
  struct Entry {
    std::once_flag made{};
    std::optional<Table> table{};
  };
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace nutgraf
