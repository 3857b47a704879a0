#pragma once

// Between Python's objects and the core's values: texts, spans, arrays, errors.

#include <nutgraf/nutgraf.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace py = pybind11;

namespace nutgraf::python {

/// The UTF-8 of a Python str, kept by the str itself. \throws Error invalid_text with the index of a lone
/// surrogate.
std::string_view utf8_of(py::handle text);

std::string type_name(py::handle given);
/// The repr of what is no use, for a message; of what is long its type.
std::string brief_repr(py::handle given);

/// The TypeError for what is not a text; `caller` names the function, `instead` what to do.
[[noreturn]] void throw_type_error(const std::string& caller, py::handle given, const std::string& instead);

/// The NutgrafError that an Error becomes.
py::object exception_of(const Error& error);

/// A read-only array over memory that `owner` keeps.
template <typename T>
py::array array_view(const T* data, std::vector<py::ssize_t> shape, py::handle owner) {
  py::array array(py::dtype::of<T>(), std::move(shape), data, owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

/// An (n, 2) int32 array over spans that `owner` keeps.
py::array span_array(std::span<const Span> spans, py::handle owner);

/// Moves a vector into an array that owns it.
template <typename T>
py::array_t<T> take_array(std::vector<T>&& values) {
  auto* kept = new std::vector<T>(std::move(values));
  const py::capsule owner(kept, [](void* p) { delete static_cast<std::vector<T>*>(p); });
  return py::array_t<T>(static_cast<py::ssize_t>(kept->size()), kept->data(), owner);
}

/// A Document with its Python text and its spans in code points. Spans are the core's own where the text is
/// ASCII.
class PyDocument {
 public:
  PyDocument(py::str text, Document document);

  const py::str& text() const { return text_; }
  const Document& document() const { return document_; }
  Span block_span(std::int32_t block) const { return block_spans_[block]; }
  std::span<const Span> block_spans() const { return block_spans_; }
  std::span<const Span> sentence_spans() const {
    return is_ascii_ ? document_.sentence_spans() : sentence_spans_;
  }
  std::span<const Span> word_spans() const;
  Span dateline(std::int32_t sentence) const;
  /// The piece of the Python text.
  py::object slice(Span code_points) const;
  /// The same text with the same parts.
  friend bool operator==(const PyDocument& a, const PyDocument& b) {
    return a.text_.equal(b.text_) && a.document_.parts() == b.document_.parts();
  }

 private:
  void count_code_points(std::span<const Span> bytes, std::vector<Span>& code_points) const;

  py::str text_;
  Document document_;
  bool is_ascii_;
  std::vector<Span> block_spans_, sentence_spans_;
  mutable std::vector<Span> word_spans_;  ///< made when first asked for
};

using DocumentPtr = std::shared_ptr<PyDocument>;

/// Segments a Python str, which the document keeps.
DocumentPtr segment_text(const py::str& text, const SegmentOptions& options);
/// A str or a Document as a Document.
DocumentPtr document_of(const std::string& caller, py::handle given, const std::string& lang);

/// A dense array of rows, or a row.
using FloatRows = py::array_t<float, py::array::c_style | py::array::forcecast>;
/// Dense rows as a matrix; what is 0 is no entry. \throws Error invalid_argument for what has not two
/// dimensions.
SparseMatrix matrix_of(const FloatRows& given);

inline std::string lang_or_empty(const std::optional<std::string>& lang) {
  return lang.value_or("");
}

void register_errors(py::module_& module);
void register_segment(py::module_& module);
void register_terms(py::module_& module);
void register_vectors(py::module_& module);
void register_similarity(py::module_& module);
void register_salience(py::module_& module);
void register_keyphrases(py::module_& module);
void register_summarize(py::module_& module);
void register_digest(py::module_& module);
void register_evaluate(py::module_& module);
void register_evaluation(py::module_& module);

}  // namespace nutgraf::python
