#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/vectors.h"

namespace nutgraf {

/// The names that `method` takes, "default" first.
std::span<const std::string_view> methods() noexcept;

/// What is added to the salience of a sentence for its features, learned from someone's own examples: see
/// sentence_feature_names(). A value; kept as text that can be read.
struct SentenceWeights {
  std::vector<std::pair<std::string, double>> weights{};  ///< features and their weights, each at most once
  /// A line a feature, under a first line that says what it is; a double comes back exactly.
  std::string to_text() const;
  /// \throws Error corrupt_file or newer_file that names the line.
  static SentenceWeights from_text(std::string_view text);
};

struct SalienceOptions {
  /// The share of a random walk that follows similarity; the rest jumps. In [0, 1).
  double damping = 0.85;
  /// What the sentences are to be about; empty: nothing in particular.
  std::string query{};
  /// Rows of the caller's own, one a sentence, such as embeddings, in place of TF-IDF; for the methods that
  /// measure similarity. Where an entry is below 0, (1 + cos) / 2 stands in for cos.
  const SparseMatrix* vectors = nullptr;
  /// The query as a row of `vectors`; needed where both are given.
  std::span<const float> query_vector{};
  /// lexrank_discrete, lexrank_degree: the least cosine of neighbours.
  double threshold = 0.1;
  /// The most neighbours of a sentence in a graph, the most similar ones, and the most sentences that a term
  /// may stand in and still link them: bounds on memory and time.
  std::int32_t max_neighbors = 200, max_postings = 2000;
  /// The share of the words that the summary will take, for a trained method: short summaries want other
  /// sentences than long ones. In (0, 1].
  double share = 0.1;
  /// Whether the document is one of several that tell a story, which come one at a time; several documents
  /// always are. mix: first sentences count more then.
  bool of_story = false;
  /// Added to the scores of the method, as the part "examples".
  const SentenceWeights* weights = nullptr;
};

/// A part of the scores, an entry a row.
struct SaliencePart {
  std::string name{};
  std::vector<float> scores{};
  friend bool operator==(const SaliencePart&, const SaliencePart&) = default;
};

struct Salience {
  std::string method{};         ///< what was used, never "default"
  std::vector<float> scores{};  ///< one a row, finite, comparable within one call
  /// What the scores add up from: for a trained method position, length, frequency, likeness, headline,
  /// wording and the text as a whole; for "mix" position, frequency, what follows and headline, for other
  /// methods one part of their name; and query, where there is one.
  std::vector<SaliencePart> parts{};
  bool is_cut = false;            ///< max_neighbors or max_postings left similarities out
  bool query_is_unknown = false;  ///< no word of the query stands in the text: as without a query
};

/// How much each sentence says of what the documents say.
///
/// Only sentences of body-like roles that repeat no other block vote: a caption shown twice, a headline or a
/// prompt has a score but changes none. Where no sentence is body-like, all vote. Terms are those of
/// sentence_vectors. Time is linear in the entries of the rows unless a method says otherwise: the n x n
/// matrix of similarities is never made, only its product with a vector, X (X' p).
///
/// With cos(u, v) the cosine of two rows, tf(t) how often a term stands in the voting sentences:
/// - "trained_2026_11": what "default" stands for where it suits the text: one document of mostly prose, in a
///   language that it was trained on (bn, en, id, no, ru). Trees over countable features of each
///   sentence; see src/salience/sentence_model.h and tools/train_salience.py. SalienceOptions::share has a
///   say.
/// - "mix": what "default" stands for elsewhere, and where own vectors are given: position, frequency of the
///   terms, likeness to what follows and to the headline; see salience/mix.cpp. What has fewer than three
///   words is worth 0 beside longer sentences. SalienceOptions::of_story has a say.
/// - "lead": 1 / (1 + i) for the i-th voting sentence of its document; others 0. The order of the text.
/// - "position": (n - i) / n. The positional value of MEAD (Radev, Jing, Stys and Tam 2004).
/// - "centroid": cos(row, sum of the voting rows). The same paper, with cosine length normalization.
/// - "tf": the mean of tf(t) over the terms of a sentence, as a share of all terms: SumBasic's weight of a
///   sentence (Nenkova and Vanderwende 2005); times idf with a background.
/// - "luhn": s² / l of the best run of l words that begins and ends with a significant one, has s of them,
///   and no more than four others between two (Luhn 1958). A term is significant if it stands there twice or
///   more, and more often than the mean term; with a background, tf · idf decides.
/// - "edmundson": cue words, significant words, words of the title and headings, and location: first and last
///   sentence of a block, first and last block (Edmundson 1969), each scaled to 1 at most, the cue to -1 at
///   least, and added up.
/// - "lsa": sqrt(sum over k of (σ_k v_k)²) for the singular vectors v of the rows whose σ is at least half of
///   the largest (Steinberger and Jezek 2004), 20 of them at most and one for ten sentences.
/// - "lsa_topics": each of these vectors, the largest σ first, takes the sentence of the largest |v| that is
///   left, which gets σ_k / σ_1; others 0 (Gong and Liu 2001).
/// - "lsa_cross": sum of σ_k |v_k| where |v_k| is above the mean of its vector (Ozsoy, Alpaslan and Cicekli
///   2011).
/// - "lexrank": continuous LexRank (Erkan and Radev 2004, equation 5): p(u) = (1 - d) / n + d · sum over v of
///   cos(u, v) / (sum over z of cos(z, v)) · p(v), d = damping (theirs is 1 - damping). A sentence without
///   terms jumps anywhere; one without a vote gets the right-hand side for the final p, as in all walks here.
/// - "lexrank_discrete": the same with 1 for cos(u, v) >= threshold and 0 below.
/// - "lexrank_degree": the number of these neighbours, itself among them.
/// - "lexrank_biased": jumps go to sentences in proportion to their cosine to the query (Otterbacher, Erkan
///   and Radev 2009), or without a query to the headline.
/// - "textrank": a walk over |shared terms| / (log |u| + log |v|), |u| being the terms of a sentence
///   (Mihalcea and Tarau 2004). Linear, times the number of different lengths that a term meets.
/// - "textrank_bm25": a walk from v to u in proportion to BM25 of u for the terms of v, with 0.25 of the mean
///   idf where that is negative (Barrios, Lopez, Argerich and Wachenchauzer 2016).
/// - "divrank": a walk that is drawn to where it has been (Mei, Guo and Radev 2010, pointwise, with
///   alpha 0.25): what says the same shares one score.
/// - "manifold": f = α S f + (1 - α) y, S = D^-1/2 W D^-1/2, with the query, else the headline, as a node of
///   its own, the only one with a y (Wan, Yang and Xiao 2007); without either y is 1 everywhere.
///   α = damping.
/// - "pacsum": sum of cos to the sentences behind it, less 0.2 of that to the ones before it (Zheng and
///   Lapata 2019; the lambdas are a choice of ours, not tuned).
/// - "hiporank": likeness to its section and to the other sections, sentences and sections near either end
///   counting more (Dong, Mircea and Cheung 2021). Sections are those of the outline; a sentence without
///   a vote has 0.
/// - "mmr", "sumbasic", "kl": what these strategies of select begin with: centroid, tf, tf.
///
/// A query draws every method's scores towards what is like it: for methods that do not say how, its cosine,
/// scaled as the scores are, counts twice.
///
/// \throws Error invalid_argument for an unknown method, vectors of other sizes than the documents', options
/// out of range, own vectors that are not finite or with a method that has no use for them, and a query
/// without its query_vector; cancelled.
Salience salience(std::span<const Document> documents, const SentenceVectors& vectors,
                  std::string_view method = "default", const SalienceOptions& options = {},
                  const Control& control = {});

/// What a trained salience knows of each sentence: its place, size, likeness to others and look, no word; see
/// src/salience/sentence_features.h.
struct SentenceFeatureTable {
  std::vector<float> values{};           ///< a row a sentence, a column a feature
  std::vector<std::uint8_t> has_vote{};  ///< one a row
};
std::span<const std::string_view> sentence_feature_names() noexcept;
/// `share` as in SalienceOptions. \throws Error as salience().
SentenceFeatureTable sentence_features(std::span<const Document> documents, const SentenceVectors& vectors,
                                       double share, const Control& control = {});

/// Scores as an Eigen vector, without a copy.
inline Eigen::Map<const Eigen::VectorXf> eigen_view(const std::vector<float>& scores) {
  return {scores.data(), static_cast<Eigen::Index>(scores.size())};
}

}  // namespace nutgraf
