#include "model/bytes.h"
#include "nutgraf/error.h"
#include "nutgraf/model.h"
#include "nutgraf/vectors.h"

namespace nutgraf {
namespace {

constexpr std::string_view kind = "tfidf";

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
  return wrap_model(kind, out.bytes());
}

TfidfModel TfidfModel::from_bytes(std::string_view bytes) {
  const auto require = [](bool holds, const char* what) {
    if (!holds)
      throw Error(ErrorKind::corrupt_file, std::string("the TF-IDF model does not add up: ") + what);
  };
  ByteReader in(unwrap_model(bytes, kind));
  TfidfModel model;
  model.rows_ = static_cast<std::int64_t>(in.u64());
  const std::uint64_t terms = in.u64();
  require(model.rows_ >= 0 && terms >= 1, "it has no term");
  constexpr std::size_t entry_size = 12;
  require(terms <= in.left() / entry_size, "more terms than bytes");
  std::vector<std::uint32_t> lengths;
  for (std::uint64_t i = 0; i < terms; ++i) {
    lengths.push_back(in.u32());
    model.document_frequencies_.push_back(static_cast<std::int64_t>(in.u64()));
    require(model.document_frequencies_.back() >= 0 && model.document_frequencies_.back() <= model.rows_,
            "a document frequency is out of range");
  }
  std::string_view before;
  for (std::uint64_t i = 0; i < terms; ++i) {
    const std::string_view term = in.text(lengths[i]);
    require(i == 0 || before < term, "its terms are not in order");
    model.vocabulary_.add(term);
    before = term;
  }
  require(in.at_end(), "bytes are left over");
  model.fitted_ = true;
  return model;
}

}  // namespace nutgraf
