#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"

namespace nutgraf {

/// How much of a reference a summary says, and how much of the summary the reference says.
struct RougeScore {
  double precision = 0, recall = 0;
  double fmeasure = 0;  ///< their harmonic mean
  friend constexpr bool operator==(const RougeScore&, const RougeScore&) = default;
};

/// What a word is to ROUGE.
enum class RougeWords : std::uint8_t {
  ascii,    ///< a run of a-z and 0-9 after lower-casing, as ROUGE-1.5.5 and rouge-score have it
  unicode,  ///< nutgraf's word, folded: for every script
};

/// How the scores of several references become one.
enum class RougeReferences : std::uint8_t {
  best,  ///< that of the largest F, the first of equal ones
  /// The mean over all sets of references without one of the best in each (Lin 2004, section 2.1); of a
  /// single reference its score.
  jackknife,
};

struct RougeOptions {
  /// Porter's stems for words of more than three letters, by the rules of NLTK, which rouge-score uses.
  bool use_stemmer = false;
  RougeWords words = RougeWords::ascii;
  RougeReferences references = RougeReferences::best;
  /// Words to leave out, compared before stemming.
  std::vector<std::string> stop_words{};
  /// Of the prediction, only so many words, or bytes of its text (a character cut in two is left out), count;
  /// 0: all.
  std::int64_t max_words = 0, max_bytes = 0;
};

/// The scores of a prediction, one for each of `types`:
/// - "rouge1" to "rouge9": n-grams that both have, counted as often as in the one that has fewer (Lin 2004,
///   equation 1).
/// - "rougeL": the longest common subsequence of all words (section 3.1).
/// - "rougeLsum": the union of the longest common subsequences of each sentence of the reference with those
/// of
///   the prediction, no word counted more often than it stands (section 3.2, as ROUGE-1.5.5 has it).
///   Sentences are lines.
/// - "rougeW": the longest common subsequence, consecutive matches weighing more: f(k) = k^1.2 (section 4).
/// - "rougeS4", "rougeSU4": pairs of words with at most four between them; with single words too (section 5).
///
/// With default options equal to google's rouge-score. The order of arguments is that of scikit-learn's and
/// NLTK's measures turned round: the prediction first. Linear in the words, for L and W times those of the
/// reference. \throws Error invalid_argument without references, for an unknown type (with the known ones),
/// and limits below 0; invalid_text.
std::vector<RougeScore> rouge(std::string_view prediction, std::span<const std::string_view> references,
                              std::span<const std::string_view> types, const RougeOptions& options = {});

/// rouge() for each prediction with its references, over control.threads threads: a row of scores each.
/// \throws Error also for sizes that differ, and with the row of a text that cannot be read; cancelled.
std::vector<std::vector<RougeScore>> rouge_many(std::span<const std::string_view> predictions,
                                                std::span<const std::vector<std::string_view>> references,
                                                std::span<const std::string_view> types,
                                                const RougeOptions& options = {},
                                                const Control& control = {});

/// The stem that RougeOptions::use_stemmer gives a word of a-z.
std::string porter_stem(std::string_view word);

struct Interval {
  double low = 0, high = 0;
};
/// Where the mean of values like these lies with the given probability: percentiles of the means of `samples`
/// draws with replacement (Efron 1979), the same for the same values. \throws Error invalid_argument without
/// values, and for a level that is not between 0 and 1.
Interval bootstrap_interval(std::span<const double> values, double level = 0.95, std::int32_t samples = 1000);

/// How oracle() seeks.
enum class OracleSearch : std::uint8_t {
  greedy,  ///< the sentence that adds most comes next, until none adds
  exact,   ///< every set of at most so many sentences
};
struct OracleOptions {
  std::int32_t sentences = 3;  ///< the most
  OracleSearch search = OracleSearch::greedy;
  std::vector<std::string> types = {"rouge1", "rouge2"};  ///< the mean of their F is what is made large
  RougeOptions rouge{};
};
/// The sentences, sorted, that are most like the references: what no extract of that many sentences can pass
/// (exact), or nearly (greedy; Nallapati, Zhai and Zhou 2017). Sentences of every role may be chosen. \throws
/// Error invalid_argument as rouge(), and where exact search would look at more than 2,000,000 sets;
/// cancelled.
std::vector<std::int32_t> oracle(const Document& document, std::span<const std::string_view> references,
                                 const OracleOptions& options = {}, const Control& control = {});

/// How a summary was made from its text (Grusky, Naaman and Artzi 2018, section 4), by fragments: the longest
/// runs of words that both have, found greedily from the left.
struct Extractiveness {
  double coverage = 0;     ///< share of the summary's words in fragments
  double density = 0;      ///< the squares of the lengths of fragments, a word of the summary
  double compression = 0;  ///< words of the text for each of the summary; 0 where there is none
  double novelty = 0;      ///< share of the pairs of words of the summary that do not stand in the text
};
Extractiveness extractiveness(std::string_view text, std::string_view summary,
                              const RougeOptions& options = {});

/// How much a summary says again: the share of its pairs of neighbouring words that stood in it before.
double redundancy(std::string_view summary, const RougeOptions& options = {});

}  // namespace nutgraf
