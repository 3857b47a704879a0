#include "model/bytes.h"
#include "nutgraf/error.h"
#include "nutgraf/model.h"
#include "nutgraf/vectors.h"

namespace nutgraf {
namespace {

constexpr std::string_view fitted_kind = "tfidf";       // every term stands in a row; they are sorted
constexpr std::string_view given_kind = "tfidf.given";  // terms in an order of their own, perhaps in no row

}  // namespace

// Payload: u64 rows, u64 terms, then for each term u32 length, u64 document frequency; then the bytes of all
// terms.
std::string TfidfModel::to_bytes() const {
  if (!fitted_) throw Error(ErrorKind::not_fitted, "there is nothing to save: the model is not fitted yet");
  ByteWriter out;
  out.u64(static_cast<std::uint64_t>(rows_));
  out.u64(static_cast<std::uint64_t>(vocabulary_.size()));
  std::string terms;
  for (std::int32_t id = 0; id < vocabulary_.size(); ++id) {
    out.u32(static_cast<std::uint32_t>(vocabulary_.term(id).size()));
    out.u64(static_cast<std::uint64_t>(document_frequencies_[id]));
    terms += vocabulary_.term(id);
  }
  out.text(terms);
  return wrap_model(given_ ? given_kind : fitted_kind, out.bytes());
}

TfidfModel TfidfModel::from_bytes(std::string_view bytes) {
  const auto require = [](bool holds, const char* what) {
    if (!holds)
      throw Error(ErrorKind::corrupt_file, std::string("the TF-IDF model does not add up: ") + what);
  };
  TfidfModel model;
  model.given_ = kind_of_model(bytes) == given_kind;
  ByteReader in(unwrap_model(bytes, model.given_ ? given_kind : fitted_kind));
  const std::int64_t least = model.given_ ? 0 : 1;
  model.rows_ = static_cast<std::int64_t>(in.u64());
  const std::uint64_t terms = in.u64();
  require(model.rows_ >= least && terms >= 1, "it has no row or no term");
  constexpr std::size_t entry_size = 12;
  require(terms <= in.left() / entry_size, "more terms than bytes");
  std::vector<std::uint32_t> lengths;
  for (std::uint64_t i = 0; i < terms; ++i) {
    lengths.push_back(in.u32());
    model.document_frequencies_.push_back(static_cast<std::int64_t>(in.u64()));
    require(model.document_frequencies_.back() >= least && model.document_frequencies_.back() <= model.rows_,
            "a document frequency is out of range");
  }
  std::string_view before;
  for (std::uint64_t i = 0; i < terms; ++i) {
    const std::string_view term = in.text(lengths[i]);
    require(i == 0 || model.given_ || before < term, "its terms are not in order");
    require(model.vocabulary_.add(term) == static_cast<std::int32_t>(i), "it has a term twice");
    before = term;
  }
  require(in.at_end(), "bytes are left over");
  model.fitted_ = true;
  return model;
}

}  // namespace nutgraf
