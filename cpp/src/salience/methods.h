#pragma once

#include <vector>

#include "nutgraf/salience.h"
#include "salience/cosines.h"
#include "segment/votes.h"

namespace nutgraf {

/// What every method is given; the scores come in double, an entry a row.
struct SalienceInput {
  const SentenceRows& rows;
  const Votes& votes;
  const Cosines& cosines;
  const SalienceOptions& options;
  Pacer& pacer;
};

std::vector<double> lead(const SalienceInput& in);
std::vector<double> centroid(const SalienceInput& in);
std::vector<double> lexrank(const SalienceInput& in);
std::vector<double> mix(const SalienceInput& in);

}  // namespace nutgraf
