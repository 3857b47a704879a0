#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/uninitialized.h"
#include "nutgraf/vocabulary.h"

struct sb_stemmer;  // of libstemmer

namespace nutgraf {

/// How often each term stands in each row: compressed rows. Ids ascend within a row, but for those of texts
/// counted without a vocabulary, which TfidfModel::fit puts in order.
struct TermCounts {
  Vocabulary vocabulary{};
  std::vector<std::int32_t> row_begin{0};
  UninitializedVector<std::int32_t> ids{};
  std::vector<std::int32_t> counts{};

  std::int32_t rows() const noexcept { return static_cast<std::int32_t>(row_begin.size()) - 1; }
};

/// How the words of a Document become terms.
struct TermOptions {
  /// Leave out the function words of the document's language ("the", "of").
  bool stop_words = true;
  /// Words to leave out in place of these, compared as terms are before they are stemmed.
  std::vector<std::string> own_stop_words{};
  /// Stem by the Snowball algorithm of the document's language, where it has one; see Stemmer.
  bool stem = false;
  /// Take off what combines with letters: "ete" of "\u00E9t\u00E9".
  bool strip_accents = false;
  /// Keep words of digits alone ("15,000").
  bool numbers = true;
  /// Leave out terms of fewer characters.
  int least_length = 1;
  /// Pairs of neighbouring characters in place of dictionary words, in scripts written without spaces
  /// (Chinese, Japanese, Thai, Lao, Khmer, Burmese).
  bool bigrams = false;
  /// Runs of so many terms of a sentence, joined by a space.
  int least_n = 1, most_n = 1;
};

/// The Snowball stemmer of a language, of libstemmer. Not for use by several threads at once.
///
///     nutgraf::Stemmer stem("en");
///     stem("harbours");  // "harbour"
class Stemmer {
 public:
  /// For a code without an algorithm, one that leaves words as they are.
  explicit Stemmer(std::string_view lang);
  ~Stemmer();
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
  bool is_known() const noexcept { return stemmer_ != nullptr; }
  /// The stem of a word in lower case; valid until the next call, and as long as the word.
  std::string_view operator()(std::string_view word);

 private:
  ::sb_stemmer* stemmer_ = nullptr;
};

/// The languages that have a stemmer, as codes, sorted.
std::vector<std::string> stemmer_languages();

/// The stop words of a language as they are written, in lower case, sorted by bytes; empty for a language
/// without a list. Terms of sentences are compared with them after folding.
std::span<const std::string_view> stop_words(std::string_view lang);

/// The terms of the sentences of documents: their words folded (NFKC_Casefold, ' for the typographic
/// apostrophe; a possessive 's and an elided "l'" taken off), stop words left out, datelines too; see
/// TermOptions for the rest. A row a sentence, in the order of SentenceRows. Time linear in the words.
/// \throws Error invalid_argument for lengths below 1.
TermCounts count_terms(std::span<const Document> documents, const TermOptions& options = {},
                       const Control& control = {});

enum class Analyzer : std::uint8_t {
  word,                ///< runs of two or more characters that Python's `\w` matches: letters, numbers, "_"
  character,           ///< n-grams of characters; runs of white space are one space
  character_in_words,  ///< the same inside words with a space on either side, scikit-learn's "char_wb"
  segment,             ///< nutgraf's own: the terms of the sentences that segment() finds, see TermOptions
};
enum class Accents : std::uint8_t { keep, strip_ascii, strip_unicode };

/// How a text becomes terms: the analyzers of scikit-learn, with its names, and nutgraf's own.
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
  /// For Analyzer::segment, which takes all but `binary` from here; and the code of the language of all
  /// texts, empty: each text's own is found.
  TermOptions words{};
  std::string lang{};
};

/// The terms of plain texts, a row a text. With a vocabulary given, ids are its, terms outside it are not
/// counted, and the vocabulary of the result stays empty. Linear in the texts, times the lengths of n-grams.
/// \throws Error invalid_text that names the row and the byte offset; invalid_argument for lengths below 1;
/// limit past 2^31 - 1 entries.
TermCounts count_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                       const Vocabulary* vocabulary = nullptr, const Control& control = {});
/// count_terms of rows that come as terms.
TermCounts count_terms(std::span<const std::vector<std::string_view>> rows, bool binary,
                       const Vocabulary* vocabulary = nullptr, const Control& control = {});
/// The terms of a text, in order and as often as they stand there.
/// \throws Error as count_terms.
std::vector<std::string> terms_of_text(std::string_view text, const AnalyzerOptions& options = {},
                                       const Control& control = {});
/// Rows of texts as threads count them: in parts, in the order of the rows. Each thread grows a vocabulary of
/// its own, and goes on with it where more texts are counted. There are none where the vocabulary was given,
/// or ids are hashes.
struct TermParts {
  struct Part {
    TermCounts rows{};           ///< without a vocabulary
    std::size_t vocabulary = 0;  ///< the one whose ids these are
  };
  std::vector<Part> parts{};
  std::vector<Vocabulary> vocabularies{};
};
/// The rows of count_terms behind those of `before`: what TfidfModel::fit puts together in less time than
/// join_rows. Which thread counts which rows is left to chance, and so are the ids; what fit and join_rows
/// make of them is not.
TermParts count_term_parts(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                           const Vocabulary* vocabulary = nullptr, const Control& control = {},
                           TermParts before = {});
/// The same of rows that come as terms.
TermParts count_term_parts(std::span<const std::vector<std::string_view>> rows, bool binary,
                           const Vocabulary* vocabulary = nullptr, const Control& control = {},
                           TermParts before = {});
/// The rows of all parts, one part after the other; ids are those of terms in the order in which they first
/// stand there, as if all rows had been counted at once.
TermCounts join_rows(TermParts parts);

/// Terms that get their columns from a hash, as scikit-learn's HashingVectorizer gives them: no vocabulary is
/// learned, and terms whose hashes agree share a column.
struct HashingOptions {
  std::int32_t columns = 1 << 20;
  /// Half of the terms count as -1, so that those which share a column do not add up.
  bool alternate_sign = true;
};

/// The terms of texts by their hashes: ids are columns, counts have a sign, and may be 0 where terms that
/// share a column cancel out. No vocabulary. Otherwise as count_terms. \throws Error invalid_argument for
/// less than one column; and as count_terms.
TermCounts hash_terms(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                      const HashingOptions& hashing = {}, const Control& control = {});
/// hash_terms in parts, behind those of `before`.
TermParts hash_term_parts(std::span<const std::string_view> texts, const AnalyzerOptions& options = {},
                          const HashingOptions& hashing = {}, const Control& control = {},
                          TermParts before = {});
/// The same of rows that come as terms.
TermParts hash_term_parts(std::span<const std::vector<std::string_view>> rows, bool binary,
                          const HashingOptions& hashing = {}, const Control& control = {},
                          TermParts before = {});

}  // namespace nutgraf
