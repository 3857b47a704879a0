#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/control.h"
#include "nutgraf/document.h"
#include "nutgraf/vectors.h"

namespace nutgraf {

/// The names that `method` takes, "default" first.
std::span<const std::string_view> methods() noexcept;
/// The method that "default" stands for, or the name itself. \throws Error invalid_argument that lists the
/// names.
std::string_view resolve_method(std::string_view method);

struct SalienceOptions {
  /// lexrank: the share of a random walk that follows similarity; the rest jumps anywhere. In [0, 1).
  double damping = 0.85;
};

/// How much each sentence says of what the documents say: an entry a row, finite; comparable within one call.
///
/// `vectors` has a row a sentence (see sentence_vectors). Only sentences of body-like roles that repeat no
/// other block vote: a caption shown twice, a headline or a prompt has a score but changes none. Where no
/// sentence is body-like, all vote.
///
/// Methods, with cos the cosine of two rows:
/// - "lead": 1 / (1 + i) for the i-th voting sentence of its document; others 0. The order of the text.
/// - "centroid": cos(row, sum of the voting rows). Radev, Jing, Stys & Tam 2004 (section 3), with cosine
/// length
///   normalization. Exact, O(non-zeros).
/// - "lexrank": continuous LexRank, Erkan & Radev 2004, equation (5):
///   p(u) = (1 - d) / n + d · sum over v of cos(u, v) / (sum over z of cos(z, v)) · p(v), the stationary
///   distribution over the n voters by power iteration to 1e-8 in the sum of differences (d = damping; the
///   paper's d is 1 - damping). The n × n matrix is never made: cos times p is X (Xᵀ p). A sentence without
///   terms jumps anywhere. A sentence without a vote gets the right-hand side for the final p. Where a vector
///   has an entry below 0, as embeddings do, (1 + cos) / 2 stands in for cos.
/// - "mix": what "default" stands for: position, centroid and likeness to the headline, see salience/mix.cpp.
///
/// \throws Error invalid_argument for an unknown method, a number of rows other than that of the sentences, a
/// damping outside [0, 1) or a vector that is not finite; cancelled.
std::vector<float> salience(std::span<const Document> documents, const SparseMatrix& vectors,
                            std::string_view method = "default", const SalienceOptions& options = {},
                            const Control& control = {});

/// Scores as an Eigen vector, without a copy.
inline Eigen::Map<const Eigen::VectorXf> eigen_view(const std::vector<float>& scores) {
  return {scores.data(), static_cast<Eigen::Index>(scores.size())};
}

}  // namespace nutgraf
