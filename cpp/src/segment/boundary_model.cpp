#include "segment/boundary_model.h"

#include <bit>

#include "support/data_tables.h"
#include "unicode/unicode.h"

namespace nutgraf {
namespace {

constexpr std::uint32_t mix(std::uint32_t hash, std::uint32_t value) noexcept {
  hash = (hash ^ value) * 0x9E3779B1U;
  return hash ^ hash >> 15;
}

/// `kind` keeps equal values of two kinds of features apart.
template <typename... Values>
constexpr std::uint32_t feature(std::uint32_t kind, Values... values) noexcept {
  std::uint32_t hash = 0x2545F491U + kind * 0x85EBCA6BU;
  ((hash = mix(hash, values)), ...);
  return hash ^ hash >> 13;
}

/// Of the word before a plain candidate.
constexpr std::uint32_t word_feature = 50, plain_token_feature = 51;

constexpr std::uint32_t feature_of_word(std::uint64_t plain_word) noexcept {
  return feature(word_feature, static_cast<std::uint32_t>(plain_word),
                 static_cast<std::uint32_t>(plain_word >> 32));
}

/// 0 for less than 4 bytes, then a step for each doubling.
std::uint32_t log_bucket(std::int32_t distance) noexcept {
  const auto bits = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint32_t>(distance)));
  return bits < 3 ? 0 : bits > 10 ? 8 : bits - 2;
}

template <typename Enum>
constexpr std::uint32_t number(Enum value) noexcept {
  return static_cast<std::uint32_t>(value);
}

}  // namespace

template <typename... Values>
void BoundaryFeatures::add(std::uint32_t kind, Values... values) noexcept {
  hashes_[count_++] = feature(kind, static_cast<std::uint32_t>(values)...);
}

BoundaryFeatures::BoundaryFeatures(std::string_view block, const Candidate& candidate,
                                   const BoundaryContext& x) noexcept {
  const Neighbor &p = x.before, &n = x.after;
  const std::uint32_t mark = number(candidate.mark) * 8 + candidate.run, closer = number(candidate.closer),
                      gap = number(candidate.gap), lead = number(x.lead),
                      is_stop = candidate.mark == Candidate::Mark::stop;
  const std::uint32_t p_shape = number(p.shape), p_form = p_shape * 16 + p.length,
                      p_script = number(p.script);
  const std::uint32_t n_shape = number(n.shape), n_form = n_shape * 16 + number(x.follow);
  const std::uint32_t known = number(x.abbreviation) * 2 + x.is_starter;
  const std::uint32_t distance = log_bucket(x.distance), danda = x.has_danda;

  add(1, mark, closer, gap);
  add(2, p.hash(), is_stop);
  add(3, p.affix, p_shape, is_stop);
  add(4, p_form, mark);
  add(5, n.hash(), n_shape);
  add(6, n.affix, n_shape);
  add(7, n_shape, lead, gap);
  add(8, p_shape, n_shape, mark);
  add(9, p.hash(), n_shape, is_stop);
  add(10, p_form, n.hash());
  add(11, p.hash(), n.hash());
  add(12, x.second_before.hash(), p.hash());
  add(13, number(x.second_before.shape), p_shape, n_shape);
  add(14, mark, n_shape, lead, closer * 8 + gap);
  add(15, p_script, mark, gap, n_shape);
  add(16, known, n_form);
  add(17, known, n.hash());
  add(18, distance, p_form, n_shape);
  add(19, x.opens_block, p_form, n_shape);
  add(20, n_form, number(x.second_after.shape));
  add(21, p.affix, n_shape);
  add(22, closer, n_form, mark);
  add(23, gap, p_shape, n_shape, lead);
  add(24, p_form, n_form, lead);
  add(25, number(n.script), p_script, mark, gap);
  add(26, x.second_before.hash(), p_shape, n_shape);
  add(27, n.hash(), x.second_after.hash());
  add(28, mark * 8 + closer, n.hash());
  add(29, distance, mark, n_shape);
  add(30, mark * 8 + closer, x.second_after.hash(), n_shape);
  add(31, p_script, p.letters, n_shape, mark * 2 + danda);
  add(32, p_script, p_shape, p.letters, n.letters * 2U + danda);
  add(33, x.is_starter, p_form, mark);
  if (const std::uint64_t word = plain_word(block, candidate)) hashes_[count_++] = feature_of_word(word);
  if (x.is_plain()) add(plain_token_feature, p.hash());
}

BoundaryFeatures::BoundaryFeatures(std::string_view block, const Candidate& candidate,
                                   std::int32_t distance) noexcept {
  constexpr std::uint32_t longest = 10, leftwards = 100, rightwards = 200, across = 300;
  std::uint32_t left = 1, left_three = 0;
  auto at = static_cast<std::size_t>(candidate.begin);
  for (std::uint32_t k = 0; k < longest && at > 0; ++k) {
    const char32_t c = unicode::previous_code_point(block, at);
    if (unicode::is_space(c)) break;
    left = mix(left, c);
    if (k == 2) left_three = left;
    if (k > 0) add(leftwards + k, left);
  }
  std::uint32_t right = 1;
  at = static_cast<std::size_t>(candidate.next);
  for (std::uint32_t k = 0; k < longest && at < block.size(); ++k) {
    const char32_t c = unicode::next_code_point(block, at);
    if (unicode::is_space(c)) break;
    right = mix(right, c);
    if (k > 0) add(rightwards + k, right);
    if (k == 2 || k == 4) add(across + k, right, left_three);
  }
  add(leftwards, left);
  add(rightwards, right);
  add(across, log_bucket(distance));
  add(across + 1, distance / 16);
}

namespace boundary_model {

namespace {

/// The weight of a bucket; 0 in a library built without weights, as when they are trained for the first time.
int weight(std::uint32_t hash) noexcept {
  static const std::string_view weights = data_bytes("sentence_weights");
  return weights.size() == buckets ? static_cast<signed char>(weights[hash % buckets]) : 0;
}

}  // namespace

int score(const BoundaryFeatures& features) noexcept {
  int sum = 0;
  for (const std::uint32_t hash : features.hashes()) sum += weight(hash);
  return sum;
}

int token_score(const Neighbor& token) noexcept {
  return weight(feature(plain_token_feature, token.hash()));
}

int word_score(std::uint64_t plain_word) noexcept {
  return weight(feature_of_word(plain_word));
}

}  // namespace boundary_model

}  // namespace nutgraf
