#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/vocabulary.h"

namespace nutgraf {

/// How often each term stands in each row: compressed rows, term ids ascending within a row.
struct TermCounts {
  Vocabulary vocabulary{};
  std::vector<std::int32_t> row_begin{0};
  std::vector<std::int32_t> ids{};
  std::vector<std::int32_t> counts{};

  std::int32_t rows() const noexcept { return static_cast<std::int32_t>(row_begin.size()) - 1; }
};

struct TermOptions {
  /// Leave out the function words of the document's language ("the", "of").
  bool stop_words = true;
};

/// The stop words of a language, sorted by bytes; empty for a language without a list.
std::span<const std::string_view> stop_words(std::string_view lang);

/// The terms of the sentences of documents: their words folded (NFKC_Casefold, ' for the typographic
/// apostrophe, a possessive 's taken off),
/// stop words left out, datelines too. A row a sentence, in the order of SentenceRows. Time linear in the
/// words.
TermCounts count_terms(std::span<const Document> documents, const TermOptions& options = {},
                       const Control& control = {});

/// How a text becomes terms when it is not segmented: scikit-learn's analyzer "word".
struct AnalyzerOptions {
  bool lowercase = true;
  /// Terms to leave out, compared after lower-casing.
  std::vector<std::string> stop_words{};
};

/// The terms of plain texts, a row a text, as scikit-learn's default analyzer finds them: lower-cased, then
/// every run of two or more word characters (Python's `\w`: letters, numbers, underscore). With a vocabulary
/// given, ids are its, terms outside it are not counted, and the vocabulary of the result stays empty.
/// \throws Error invalid_text that names the row and the byte offset; limit past 2^31 - 1 entries.
TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                       const Vocabulary* vocabulary = nullptr, const Control& control = {});

}  // namespace nutgraf
