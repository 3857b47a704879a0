#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/hashed_table.h"

namespace nutgraf {

/// What an abbreviation says of the full stop after it; see cpp/data/abbreviations.
enum class AbbreviationClass : std::uint8_t { none, title, number, month, time, org, inner, own };

/// A running hash of characters, 64 bits: words of a few letters do not collide.
class CharacterHash {
 public:
  void add(char32_t c) noexcept { state_ = (state_ ^ c) * 0x9E3779B97F4A7C15ULL; }
  /// Never 0.
  std::uint64_t value() const noexcept { return (state_ ^ state_ >> 32) | std::uint64_t{1} << 63; }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325ULL;
};

/// What a language brings to the rules: its abbreviations and the words that begin sentences. Where the
/// language is not known, what is certain in all of them.
class SentenceLanguage {
 public:
  /// `own_abbreviations` without their last full stop, in any case: the caller's.
  explicit SentenceLanguage(std::string_view lang, std::span<const std::string> own_abbreviations = {});

  /// Of an abbreviation without its last full stop: the hash of its characters in lower case, from last to
  /// first, and which of them are capitals, bit 0 for the last.
  AbbreviationClass find(std::uint64_t lowered, std::uint32_t capitals) const noexcept;
  /// Of a longer word, by the hash of its last three characters: "Hauptstr".
  AbbreviationClass find_suffix(std::uint64_t lowered) const noexcept;
  /// Whether an abbreviation of several words ends in this one; its hash as for find().
  bool ends_phrase(std::uint64_t lowered) const noexcept;
  /// Whether an abbreviation ends in these letters (plain_word in candidates.h).
  bool may_abbreviate(std::uint64_t plain_word) const noexcept;
  /// Of a word, by the hash of its characters in lower case, from first to last.
  bool is_starter(std::uint64_t lowered) const noexcept;
  /// A verb that says who speaks, and a word that goes on a time of day; hashes as for is_starter().
  bool is_saying_verb(std::uint64_t lowered) const noexcept;
  bool is_time_word(std::uint64_t lowered) const noexcept;
  /// An ordinal is a number and a full stop, also before a capital: "3. Oktober".
  bool writes_ordinals_with_stop() const noexcept { return writes_ordinals_with_stop_; }

  struct Tables;

 private:
  const Tables& tables_;
  HashedTable<bool> given_, given_plain_, given_last_words_;  ///< the caller's
  bool writes_ordinals_with_stop_;
};

/// The languages that have abbreviations or words that begin sentences, sorted.
std::vector<std::string> sentence_languages();

}  // namespace nutgraf
