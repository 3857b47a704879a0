// Trains the classifier of sentence boundaries (segment/boundary_model.h).
//
// usage: train_sentences WEIGHTS < documents
//
// A document is a line "language size count" (bytes of its text, number of sentences), a line with the ends
// of the sentences as byte offsets, and the text followed by a line end. Logistic regression by AdaGrad
// (Duchi et al. 2011) with features left out at random, over documents that are altered as pasted text is.
// The same documents give the same weights, bit for bit.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "nutgraf/blocks.h"
#include "segment/boundary_model.h"
#include "segment/sentences.h"

namespace {

using namespace nutgraf;
using boundary_model::buckets;

constexpr int runs = 8;
constexpr int epochs = 3;
constexpr float learning_rate = 0.1F;
constexpr float left_out = 0.3F;  // share of the features
constexpr int least_count = 2;    // of a bucket, to have a weight
constexpr float weight_limit = 127.F / boundary_score_scale;

/// Knuth's linear congruential generator, the upper bits.
class Random {
 public:
  std::uint32_t operator()() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33);
  }
  bool one_in(std::uint32_t n) { return (*this)() % n == 0; }
  float share() { return static_cast<float>((*this)() >> 7) / static_cast<float>(1 << 24); }

 private:
  std::uint64_t state_ = 1;
};

struct TrainingDocument {
  std::string lang{}, text{};
  std::vector<std::int32_t> ends{};
};

bool read(std::istream& in, TrainingDocument& document) {
  std::size_t size = 0, count = 0;
  if (!(in >> document.lang >> size >> count)) return false;
  document.ends.resize(count);
  for (auto& end : document.ends) in >> end;
  in.ignore();
  document.text.resize(size);
  in.read(document.text.data(), static_cast<std::streamsize>(size));
  return static_cast<bool>(in);
}

/// As people paste: a space lost between sentences, other quotation marks, no-break spaces, no capitals.
TrainingDocument altered(const TrainingDocument& d, Random& random) {
  TrainingDocument out{.lang = d.lang};
  const bool straight = random.one_in(10), curly = random.one_in(10), lowered = random.one_in(40);
  std::size_t sentence = 0;
  for (std::size_t i = 0; i < d.text.size();) {
    while (sentence < d.ends.size() && static_cast<std::size_t>(d.ends[sentence]) <= i) {
      out.ends.push_back(static_cast<std::int32_t>(out.text.size()));
      ++sentence;
      if (d.text[i] == ' ' && random.one_in(33)) ++i;
    }
    if (i >= d.text.size()) break;
    const std::string_view rest = std::string_view(d.text).substr(i);
    const char c = rest[0];
    if (straight && (rest.starts_with("\u201C") || rest.starts_with("\u201D"))) {
      out.text += '"';
      i += 3;
      continue;
    }
    if (curly && c == '"') {
      const bool opens = i == 0 || d.text[i - 1] == ' ' || d.text[i - 1] == '(';
      out.text += opens ? "\u201C" : "\u201D";
    } else if (c == ' ' && random.one_in(200)) {
      out.text += "\u00A0";
    } else {
      out.text += lowered && c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    ++i;
  }
  for (; sentence < d.ends.size(); ++sentence) out.ends.push_back(static_cast<std::int32_t>(out.text.size()));
  return out;
}

struct Example {
  Example(const BoundaryFeatures& found, bool sentence_ends) : ends(sentence_ends) {
    for (const std::uint32_t hash : found.hashes()) features.push_back(hash % buckets);
  }
  std::vector<std::uint32_t> features;
  bool ends;
};

/// The candidates of a document that the classifier decides.
void add_examples(const TrainingDocument& d, std::vector<Example>& examples) {
  static std::map<std::string, SentenceLanguage> languages;
  const SentenceLanguage& language = languages.try_emplace(d.lang, d.lang).first->second;
  const bool has_danda = d.text.find("\u0964") != std::string::npos;
  for (const Block& block : find_blocks(d.text)) {
    const std::string_view inside = std::string_view(d.text).substr(
        static_cast<std::size_t>(block.span.begin), static_cast<std::size_t>(block.span.size()));
    CandidateFinder candidates(inside);
    Candidate c;
    for (std::int32_t begin = 0; candidates.next(c);) {
      // Gold that ends anywhere between the mark and what follows means this place.
      const std::int32_t first = block.span.begin + c.begin - (c.mark == Candidate::Mark::space ? 1 : 0);
      const std::int32_t last = block.span.begin + c.next - (c.gap == Candidate::Gap::none ? 0 : 1);
      const auto gold = std::ranges::upper_bound(d.ends, first);
      const bool ends = gold != d.ends.end() && *gold <= last;
      if (c.mark == Candidate::Mark::space) {
        examples.emplace_back(BoundaryFeatures(inside, c, c.begin - begin), ends);
      } else {
        BoundaryContext x(inside, c, begin, language, has_danda);
        x.look_further(begin);
        if (SentenceFinder::is_never(inside, c, x, language)) continue;
        examples.emplace_back(BoundaryFeatures(inside, c, x), ends);
      }
      if (ends) begin = c.next;
    }
  }
}

/// e to the power x without the C library, whose last bit depends on the machine.
float exponential(float x) {
  x = std::clamp(x, -40.F, 40.F);
  const float halvings = 1.F / 1024;
  float power = 1 + x * halvings * (1 + x * halvings / 2);
  for (int i = 0; i < 10; ++i) power *= power;
  return power;
}

std::vector<float> train(const std::vector<Example>& examples, Random& random) {
  std::vector<int> counts(buckets);
  for (const Example& e : examples) {
    for (const std::uint32_t f : e.features) ++counts[f];
  }
  std::vector<float> weights(buckets), squares(buckets);
  std::vector<std::uint32_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::vector<std::uint32_t> kept;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (std::size_t i = order.size(); i-- > 1;) std::swap(order[i], order[random() % (i + 1)]);
    for (const std::uint32_t index : order) {
      const Example& e = examples[index];
      kept.clear();
      float sum = 0;
      for (const std::uint32_t f : e.features) {
        if (counts[f] < least_count || random.share() < left_out) continue;
        kept.push_back(f);
        sum += weights[f];
      }
      const float probability = 1 / (1 + exponential(-sum / (1 - left_out)));
      const float gradient = probability - (e.ends ? 1.F : 0.F);
      for (const std::uint32_t f : kept) {
        squares[f] += gradient * gradient;
        weights[f] -= learning_rate * gradient / std::sqrt(squares[f] + 1e-6F);
      }
    }
  }
  return weights;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: train_sentences WEIGHTS < documents\n";
    return 2;
  }
  std::ios::sync_with_stdio(false);
  Random random;
  std::vector<Example> examples;
  TrainingDocument document;
  std::size_t documents = 0;
  for (; read(std::cin, document); ++documents) add_examples(altered(document, random), examples);
  // One run alone moves with the order of its examples, the rare features most.
  std::vector<float> weights(buckets);
  for (int run = 0; run < runs; ++run) {
    const std::vector<float> found = train(examples, random);
    for (std::size_t f = 0; f < buckets; ++f) weights[f] += found[f] / runs;
  }
  std::ofstream out(arguments[1], std::ios::binary);
  for (const float w : weights) {
    const float bounded = std::clamp(w, -weight_limit, weight_limit);
    out.put(static_cast<char>(static_cast<signed char>(std::lround(bounded * boundary_score_scale))));
  }
  std::cout << documents << " documents, " << examples.size() << " candidates\n";
  return out.flush().good() && documents > 0 ? 0 : 1;
}
