#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nutgraf/span.h"
#include "support/checkpoint.h"

namespace nutgraf {

// What is counted of each line of a page, in whole numbers, so that every compiler counts the same.
// A line is prose when it has ten words or more and ends like a sentence. "_before3" sums over the three
// lines before,
// "_around30" over the thirty on either side and the line itself; what lies outside the page counts as 0.
// Running sums
// ("_so_far") leave the line itself out. Shares are per mille.
// clang-format off
#define NUTGRAF_LINE_FEATURES(X)                                                                           \
  /* of the line itself */                                                                                 \
  X(words)             /* runs between white space, and 2/5 of a word for a character of CJK or Thai */    \
  X(characters)        /* code points */                                                                   \
  X(inner_ends)        /* sentences that end inside the line */                                            \
  X(comma_share)       /* commas per word */                                                               \
  X(ends_letter)       /* the last character, closing marks aside, is a letter */                          \
  X(capital_share)     /* of the words of four characters and more, 500 where there is none */             \
  X(digit_share)       /* of the characters */                                                             \
  X(parentheses)                                                                                           \
  X(separators)        /* | / > and bullets */                                                             \
  X(link_word_share)   /* words of links, buttons and forms (see link_classes) */                          \
  X(legal_word_share)                                                                                      \
  X(site_word_share)                                                                                       \
  X(photo_word_share)                                                                                      \
  /* lines that recur */                                                                                   \
  X(repeats)           /* other lines with the same words, numbers aside */                                \
  X(repeated)          /* one of them stands before */                                                     \
  /* place, and the page as a whole */                                                                     \
  X(page_lines)                                                                                            \
  X(place)                                                                                                 \
  X(place_share)                                                                                           \
  X(prose_before)      /* share of the page's prose before the line */                                     \
  X(prose_lines)       /* share of prose among the lines */                                                \
  X(prose_characters)  /* ... among the characters */                                                      \
  /* lines around */                                                                                       \
  X(words_before10) X(words_after10) X(words_before3) X(words_after3)                                      \
  X(short_around30) X(short_before10) X(short_before3) X(titles_around30) X(prose_around30)                \
  X(comments_before10) X(comments_around30) X(dates_before3) X(dates_after3) X(site_before10)              \
  X(ends_sentence_before1) X(ends_sentence_after1)                                                         \
  X(links_so_far) X(links_in_page) X(repeated_so_far) X(repeated_in_page)                                  \
  X(thread_so_far) X(thread_in_page) X(comments_so_far) X(dates_in_page)                                   \
  /* prose around */                                                                                       \
  X(prose_run)         /* lines of the unbroken run of prose that the line belongs to */                   \
  X(prose_near)        /* lines of prose within nine lines */                                              \
  X(prose_breaks)      /* runs of prose per line of prose within twelve lines */                           \
  X(to_next_prose)                                                                                         \
  /* lines since the first sign (negative before it) that stands after some prose */                       \
  X(since_heading)     /* heading of comments */                                                           \
  X(since_comment) X(since_related) X(since_thread)                                                        \
  X(prose_before_thread)                                                                                   \
  X(thread_near)                                                                                           \
  /* the largest clusters of prose, by three costs of a line between (see clusters) */                     \
  X(in_cluster6)                                                                                           \
  X(in_cluster15) X(since_begin15) X(since_end15) X(cluster_share15) X(cluster_words15)                    \
  X(in_cluster30) X(since_begin30) X(since_end30) X(cluster_share30) X(cluster_words30)
// clang-format on

enum class LineFeature : int {
#define X(name) name,
  NUTGRAF_LINE_FEATURES(X)
#undef X
};
inline constexpr std::string_view line_feature_names[] = {
#define X(name) #name,
    NUTGRAF_LINE_FEATURES(X)
#undef X
};
inline constexpr int line_feature_count = static_cast<int>(std::size(line_feature_names));

/// A number for each line and feature, one column a feature.
class FeatureTable {
 public:
  FeatureTable(int features, std::size_t lines)
      : lines_(lines), values_(static_cast<std::size_t>(features) * lines) {}

  std::size_t lines() const noexcept { return lines_; }
  std::span<std::int32_t> column(int feature) noexcept {
    return {values_.data() + static_cast<std::size_t>(feature) * lines_, lines_};
  }
  std::span<const std::int32_t> column(int feature) const noexcept {
    return {values_.data() + static_cast<std::size_t>(feature) * lines_, lines_};
  }

 private:
  std::size_t lines_;
  std::vector<std::int32_t> values_;
};

/// The features of all lines of a page.
///
/// \param text valid UTF-8.
/// \param lines the lines that are not blank, without white space at their ends, in order.
/// Linear in the text.
FeatureTable line_features(std::string_view text, std::span<const Span> lines, Pacer& pacer);

}  // namespace nutgraf
