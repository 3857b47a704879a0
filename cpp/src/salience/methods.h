#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "nutgraf/salience.h"
#include "salience/cosines.h"
#include "segment/votes.h"

namespace nutgraf {

/// What every method is given; the scores come in double, an entry a row.
struct SalienceInput {
  std::span<const Document> documents;
  const SentenceRows& rows;
  const Votes& votes;
  const SentenceVectors& vectors;
  const Cosines& cosines;         ///< of these, or of the caller's own
  std::span<const double> topic;  ///< likeness of each row to the query, else to the headlines; or empty
  const SalienceOptions& options;
  Pacer& pacer;
  const Control& control;
  bool& is_cut;  ///< see Salience
  /// What the scores add up from, where that is several things.
  std::vector<std::pair<std::string_view, std::vector<double>>>& parts;

  bool has_vote(std::size_t row) const { return votes.has_vote[row] != 0; }
  std::size_t size() const { return votes.has_vote.size(); }
  /// 1 for a voter, else 0.
  std::vector<double> voters() const { return {votes.has_vote.begin(), votes.has_vote.end()}; }
};

std::vector<double> lead(const SalienceInput& in);
std::vector<double> position(const SalienceInput& in);
std::vector<double> centroid(const SalienceInput& in);
std::vector<double> term_frequency(const SalienceInput& in);
std::vector<double> luhn(const SalienceInput& in);
std::vector<double> edmundson(const SalienceInput& in);
std::vector<double> lsa(const SalienceInput& in);
std::vector<double> lsa_topics(const SalienceInput& in);
std::vector<double> lsa_cross(const SalienceInput& in);
std::vector<double> lexrank(const SalienceInput& in);
std::vector<double> lexrank_discrete(const SalienceInput& in);
std::vector<double> lexrank_degree(const SalienceInput& in);
std::vector<double> lexrank_biased(const SalienceInput& in);
std::vector<double> textrank(const SalienceInput& in);
std::vector<double> textrank_bm25(const SalienceInput& in);
std::vector<double> divrank(const SalienceInput& in);
std::vector<double> manifold(const SalienceInput& in);
std::vector<double> pacsum(const SalienceInput& in);
std::vector<double> hiporank(const SalienceInput& in);
std::vector<double> mix(const SalienceInput& in);
std::vector<double> trained(const SalienceInput& in);
/// Whether the trained salience knows texts of this kind.
bool suits_trained(const SalienceInput& in);

/// In how many voting sentences the terms of a sentence stand, added up, by the root of their number: a long
/// sentence says more, though not as much more as it is longer.
std::vector<double> sentence_frequencies(const SalienceInput& in);

/// With unit rows x and the centroid c, the sum of the voting x: from x · c for each row, cos(x, c).
void divide_by_centroid(std::vector<double>& products, const Votes& votes);

/// 1 for the rows of headlines and standfirsts, else 0.
std::vector<double> headlines(const SentenceRows& rows);

/// Scales so that the largest of the voters is 1, if any is clearly above 0; gives the factor.
double scale_to_one(std::vector<double>& scores, const Votes& votes);

}  // namespace nutgraf
