#include "salience/singular_vectors.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace nutgraf {
namespace {

constexpr double least_share = 0.5;  // of the largest singular value
constexpr std::size_t most_topics = 20;
constexpr std::size_t sentences_of_topic = 10;  // the topics of a short text are alike in size
constexpr std::size_t steps_between_looks = 10;
constexpr double tolerance = 1e-10;  // of the largest eigenvalue
constexpr double nothing = 1e-12;

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// A basis of the Krylov space, and the symmetric tridiagonal matrix that X X' is in it.
class Lanczos {
 public:
  explicit Lanczos(const SalienceInput& in) : in_(in), state_(1) {}

  /// Adds a vector to the basis; false when it spans all there is.
  bool step() {
    Vector next = basis_.empty() ? random() : std::move(residual_);
    double length = std::sqrt(dot(next, next));
    off_diagonal_.push_back(length);
    if (length < nothing) {
      // The space so far maps into itself; what lies outside is looked for from a new start.
      off_diagonal_.back() = 0;
      next = random();
      orthogonalize(next);
      length = std::sqrt(dot(next, next));
      if (length < nothing) {
        off_diagonal_.pop_back();
        return false;
      }
    }
    for (double& entry : next) entry /= length;
    basis_.push_back(std::move(next));
    residual_ = in_.cosines.times(basis_.back(), in_.pacer);
    for (std::size_t r = 0; r < residual_.size(); ++r) residual_[r] *= in_.has_vote(r);
    diagonal_.push_back(dot(residual_, basis_.back()));
    orthogonalize(residual_);
    return true;
  }

  std::size_t size() const { return basis_.size(); }
  const std::vector<Vector>& basis() const { return basis_; }
  /// How far the space is from being mapped into itself.
  double residual() const { return std::sqrt(dot(residual_, residual_)); }

  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solve() const {
    const auto m = static_cast<Eigen::Index>(size());
    Eigen::MatrixXd tridiagonal = Eigen::MatrixXd::Zero(m, m);
    for (Eigen::Index i = 0; i < m; ++i) {
      tridiagonal(i, i) = diagonal_[i];
      if (i > 0) tridiagonal(i, i - 1) = tridiagonal(i - 1, i) = off_diagonal_[i];
    }
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(tridiagonal);
  }

 private:
  /// Numbers between -1 and 1 for the voters, the same whatever stands between them.
  Vector random() {
    Vector numbers(in_.size());
    for (std::size_t r = 0; r < numbers.size(); ++r) {
      if (!in_.has_vote(r)) continue;
      state_ = state_ * 6364136223846793005U + 1442695040888963407U;
      numbers[r] = static_cast<double>(static_cast<std::int64_t>(state_)) * 0x1p-63;
    }
    return numbers;
  }

  void orthogonalize(Vector& vector) const {
    for (int twice = 0; twice < 2; ++twice) {
      for (const Vector& known : basis_) {
        const double share = dot(known, vector);
        for (std::size_t r = 0; r < vector.size(); ++r) vector[r] -= share * known[r];
        in_.pacer.advance(2 * vector.size());
      }
    }
  }

  const SalienceInput& in_;
  std::uint64_t state_;
  std::vector<Vector> basis_;
  Vector residual_, diagonal_, off_diagonal_;
};

/// How many eigenvalues, the largest first, belong to topics.
std::size_t count_topics(const Eigen::VectorXd& ascending, std::size_t voters) {
  const double largest = ascending[ascending.size() - 1];
  const std::size_t most = std::min({most_topics, (voters + sentences_of_topic - 1) / sentences_of_topic,
                                     static_cast<std::size_t>(ascending.size())});
  std::size_t topics = 0;
  while (topics < most && ascending[ascending.size() - 1 - static_cast<Eigen::Index>(topics)] >=
                              least_share * least_share * largest * (1 - tolerance)) {
    ++topics;
  }
  return topics;
}

}  // namespace

SingularVectors singular_vectors(const SalienceInput& in) {
  SingularVectors found;
  Lanczos lanczos(in);
  const auto voters = static_cast<std::size_t>(in.votes.count);
  while (lanczos.size() < voters && lanczos.step()) {
    const bool spans_all = lanczos.size() == voters;
    if (!spans_all && lanczos.size() % steps_between_looks != 0) continue;
    const auto solved = lanczos.solve();
    const Eigen::VectorXd& values = solved.eigenvalues();
    const double largest = values[values.size() - 1];
    if (!(largest > nothing)) break;
    const std::size_t topics = count_topics(values, voters);
    // One more than are taken must be certain too: it tells that these are all.
    const auto looked_at = std::min<Eigen::Index>(static_cast<Eigen::Index>(topics) + 1, values.size());
    bool is_certain = values.size() > static_cast<Eigen::Index>(topics);
    for (Eigen::Index k = 0; k < looked_at; ++k) {
      const double error =
          lanczos.residual() * std::abs(solved.eigenvectors()(values.size() - 1, values.size() - 1 - k));
      is_certain &= error <= tolerance * largest;
    }
    if (!is_certain && !spans_all) continue;
    for (std::size_t k = 0; k < topics; ++k) {
      const Eigen::Index column = values.size() - 1 - static_cast<Eigen::Index>(k);
      Vector vector(in.size());
      for (std::size_t i = 0; i < lanczos.size(); ++i) {
        const double share = solved.eigenvectors()(static_cast<Eigen::Index>(i), column);
        for (std::size_t r = 0; r < vector.size(); ++r) vector[r] += share * lanczos.basis()[i][r];
      }
      const Vector all = in.cosines.times(vector, in.pacer);
      for (std::size_t r = 0; r < vector.size(); ++r) {
        if (!in.has_vote(r)) vector[r] = all[r] / values[column];
      }
      found.values.push_back(std::sqrt(values[column]));
      found.vectors.push_back(std::move(vector));
    }
    break;
  }
  return found;
}

}  // namespace nutgraf
