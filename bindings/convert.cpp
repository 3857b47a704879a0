#include "convert.h"

#include "call.h"

namespace nutgraf::python {

std::string_view utf8_of(py::handle text) {
  py::ssize_t size = 0;
  const char* bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (bytes) return {bytes, static_cast<std::size_t>(size)};
  py::error_already_set error;
  if (!error.matches(PyExc_UnicodeEncodeError)) throw error;
  const auto index = error.value().attr("start").cast<std::int64_t>();
  throw Error(ErrorKind::invalid_text,
              "the text has a lone surrogate at index " + std::to_string(index) +
                  "; it was decoded wrongly, or replace it: text.encode('utf-8', 'replace').decode()",
              index);
}

std::string type_name(py::handle given) {
  return py::str(py::type::of(given).attr("__name__")).cast<std::string>();
}

std::string brief_repr(py::handle given) {
  constexpr std::size_t most = 80;  // bytes
  std::string text = py::repr(given).cast<std::string>();
  return text.size() > most ? "a value of type " + type_name(given) : text;
}

void throw_type_error(const std::string& caller, py::handle given, const std::string& instead) {
  throw py::type_error(caller + " takes a str or a Document, not " + type_name(given) + "; " + instead);
}

py::array span_array(std::span<const Span> spans, py::handle owner) {
  static_assert(sizeof(Span) == 2 * sizeof(std::int32_t));
  return array_view(reinterpret_cast<const std::int32_t*>(spans.data()),
                    {static_cast<py::ssize_t>(spans.size()), 2}, owner);
}

PyDocument::PyDocument(py::str text, Document document)
    : text_(std::move(text)), document_(std::move(document)), is_ascii_(PyUnicode_IS_ASCII(text_.ptr())) {
  std::vector<Span> blocks;
  for (const Block& b : document_.blocks()) blocks.push_back(b.span);
  if (is_ascii_) {
    block_spans_ = std::move(blocks);
  } else {
    count_code_points(blocks, block_spans_);
    count_code_points(document_.sentence_spans(), sentence_spans_);
  }
}

void PyDocument::count_code_points(std::span<const Span> bytes, std::vector<Span>& code_points) const {
  const std::string_view utf8 = document_.text();
  std::int32_t at = 0, index = 0;
  const auto index_of = [&](std::int32_t offset) {
    for (; at < offset; ++at) index += (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80;
    return index;
  };
  code_points.reserve(bytes.size());
  for (const Span span : bytes) {
    const std::int32_t begin = index_of(span.begin);
    code_points.push_back({begin, index_of(span.end)});
  }
}

std::span<const Span> PyDocument::word_spans() const {
  if (is_ascii_) return document_.word_spans();
  if (word_spans_.empty()) count_code_points(document_.word_spans(), word_spans_);
  return word_spans_;
}

Span PyDocument::dateline(std::int32_t sentence) const {
  const Span bytes = document_.dateline(sentence);
  if (is_ascii_ || bytes.empty()) return bytes;
  std::int32_t size = 0;
  for (const char c : document_.slice(bytes)) size += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  const std::int32_t begin = sentence_spans_[sentence].begin;
  return {begin, begin + size};
}

py::object PyDocument::slice(Span code_points) const {
  return py::reinterpret_steal<py::object>(
      PyUnicode_Substring(text_.ptr(), code_points.begin, code_points.end));
}

DocumentPtr segment_text(const py::str& text, const SegmentOptions& options) {
  const std::string_view utf8 = utf8_of(text);
  Document document;
  run(utf8.size(), 1, py::none(),
      [&](const Control& control) { document = segment_borrowed(utf8, options, control); });
  return std::make_shared<PyDocument>(text, std::move(document));
}

DocumentPtr document_of(const std::string& caller, py::handle given, const std::string& lang) {
  if (py::isinstance<py::str>(given)) {
    SegmentOptions options;
    options.lang = lang;
    return segment_text(py::reinterpret_borrow<py::str>(given), options);
  }
  if (py::isinstance<PyDocument>(given)) {
    if (!lang.empty()) {
      throw Error(ErrorKind::invalid_argument,
                  "lang is given with a Document, which has its language already: '" +
                      std::string(given.cast<DocumentPtr>()->document().lang()) + "'");
    }
    return given.cast<DocumentPtr>();
  }
  if (py::isinstance<py::bytes>(given)) throw_type_error(caller, given, "decode the bytes first");
  const bool has_many = caller == "summarize" || caller == "keyphrases";
  throw_type_error(
      caller, given,
      has_many ? "for several texts call " + caller + "_many" : "for several texts call it for each");
}

SparseMatrix matrix_of(const FloatRows& given) {
  if (given.ndim() != 2)
    throw Error(ErrorKind::invalid_argument, "vectors has " + std::to_string(given.ndim()) +
                                                 " dimensions; it must have two, a row a sentence");
  const auto values = given.unchecked<2>();
  SparseMatrix matrix(static_cast<Eigen::Index>(given.shape(0)), static_cast<Eigen::Index>(given.shape(1)));
  matrix.reserve(static_cast<Eigen::Index>(given.size()));
  for (py::ssize_t row = 0; row < given.shape(0); ++row) {
    matrix.startVec(row);
    for (py::ssize_t column = 0; column < given.shape(1); ++column) {
      if (values(row, column) != 0) matrix.insertBack(row, column) = values(row, column);
    }
  }
  matrix.finalize();
  return matrix;
}

}  // namespace nutgraf::python
