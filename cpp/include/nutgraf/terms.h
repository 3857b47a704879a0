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

/// How often each term stands in each row: compressed rows. Ids ascend within a row, but for those of texts
/// counted without a vocabulary, which TfidfModel::fit puts in order.
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

/// The stop words of a language as they are written, in lower case, sorted by bytes; empty for a language
/// without a list. Terms of sentences are compared with them after folding.
std::span<const std::string_view> stop_words(std::string_view lang);

/// The terms of the sentences of documents: their words folded (NFKC_Casefold, ' for the typographic
/// apostrophe, a possessive 's taken off),
/// stop words left out, datelines too. A row a sentence, in the order of SentenceRows. Time linear in the
/// words.
TermCounts count_terms(std::span<const Document> documents, const TermOptions& options = {},
                       const Control& control = {});

enum class Analyzer : std::uint8_t {
  word,                ///< runs of two or more characters that Python's `\w` matches: letters, numbers, "_"
  character,           ///< n-grams of characters; runs of white space are one space
  character_in_words,  ///< the same inside words with a space on either side, scikit-learn's "char_wb"
};
enum class Accents : std::uint8_t { keep, strip_ascii, strip_unicode };

/// How a text becomes terms when it is not segmented: the analyzers of scikit-learn, with its names.
struct AnalyzerOptions {
  Analyzer analyzer = Analyzer::word;
  /// Terms are runs of least_n to most_n words, joined by a space, or of so many characters (code points).
  int least_n = 1, most_n = 1;
  bool lowercase = true;
  /// What NFKD leaves without combining marks, or of ASCII alone; after lower-casing.
  Accents accents = Accents::keep;
  /// Words to leave out, compared after lower-casing.
  std::vector<std::string> stop_words{};
  /// Count a term once a row.
  bool binary = false;
};

/// The terms of plain texts, a row a text. With a vocabulary given, ids are its, terms outside it are not
/// counted, and the vocabulary of the result stays empty. Linear in the texts, times the lengths of n-grams.
/// \throws Error invalid_text that names the row and the byte offset; invalid_argument for lengths below 1;
/// limit past 2^31 - 1 entries.
TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                       const Vocabulary* vocabulary = nullptr, const Control& control = {});
/// The same in parts, one a thread, rows in order, each part with a vocabulary of its own unless one is
/// given: what TfidfModel::fit puts together in less time than count_terms takes to join them.
std::vector<TermCounts> count_term_parts(std::span<const std::string_view> texts,
                                         const AnalyzerOptions& options = {},
                                         const Vocabulary* vocabulary = nullptr, const Control& control = {});
/// The rows of all parts, one part after the other; ids are those of terms in the order in which they first
/// stand there, as if all rows had been counted at once.
TermCounts join_rows(std::vector<TermCounts> parts, const Control& control = {});
/// The same of rows that come as terms.
TermCounts count_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                       const Vocabulary* vocabulary = nullptr, const Control& control = {});

}  // namespace nutgraf
