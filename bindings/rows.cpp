#include "rows.h"

namespace nutgraf::python {
namespace {

constexpr std::size_t most_rows = std::size_t{1} << 16;  // of a batch
// Items of a list: its slice holds them, and brings them near, for less than each on its own would take.
constexpr py::ssize_t slice_size = 4096;

/// Whether items are Python objects, as they are in a pandas Series of no other dtype: any may stand there.
bool holds_objects(py::handle given) {
  if (!py::hasattr(given, "dtype")) return false;
  const py::object dtype = given.attr("dtype");
  return py::isinstance<py::dtype>(dtype) && py::reinterpret_borrow<py::dtype>(dtype).kind() == 'O';
}

}  // namespace

RowReader::RowReader(py::object given, RowOptions options, std::size_t most_bytes)
    : given_(std::move(given)), options_(std::move(options)), most_bytes_(most_bytes) {
  if (py::isinstance<py::str>(given_))
    throw Error(ErrorKind::invalid_argument, "a list of texts is wanted, not one str; write [text]");
  is_document_ = py::isinstance<PyDocument>(given_);
  if (is_document_) return;
  if (!holds_objects(given_) && ArrowTexts::gives(given_)) {
    try {
      arrow_ = std::make_unique<ArrowTexts>(given_);
      return;
    } catch (const py::type_error&) {
      // The analyzer may take what is no str, lists of words perhaps.
      if (!has_terms()) throw;
    } catch (const py::error_already_set& error) {
      // A pandas Series needs pyarrow to give Arrow data; its items can be read without.
      if (!error.matches(PyExc_ImportError)) throw;
    }
  }
  if (PyList_CheckExact(given_.ptr())) {
    slice_ = py::list();
  } else {
    iterator_ = py::iter(given_);
  }
}

// A str keeps the UTF-8 that it is asked for as long as it lives: of all texts, that would be a second
// corpus.
void RowReader::add_encoded(Rows& rows, py::handle text) {
  PyObject* bytes = PyUnicode_AsUTF8String(text.ptr());
  if (!bytes) {
    PyErr_Clear();
    utf8_of(text);  // throws, and says where
  }
  auto kept = py::reinterpret_steal<py::object>(bytes);
  add_text(rows, {PyBytes_AS_STRING(bytes), static_cast<std::size_t>(PyBytes_GET_SIZE(bytes))},
           std::move(kept));
}

bool RowReader::is_null(py::handle item) const {
  if (item.is_none()) return true;
  if (py::isinstance<py::float_>(item)) return item.cast<double>() != item.cast<double>();
  return !py::isinstance<py::str>(item) && type_name(item) == "NAType";
}

py::object RowReader::str_of(std::string_view text, std::size_t row) const {
  PyObject* const decoded = PyUnicode_DecodeUTF8(text.data(), static_cast<py::ssize_t>(text.size()), nullptr);
  if (decoded) return py::reinterpret_steal<py::object>(decoded);
  if (!PyErr_ExceptionMatches(PyExc_UnicodeDecodeError)) throw py::error_already_set();
  PyErr_Clear();
  throw of_text(row, Error(ErrorKind::invalid_text,
                           "the text is not valid UTF-8; decode it from its own encoding first, or replace "
                           "the wrong bytes"));
}

void RowReader::fail(const Rows& rows, const Error& error) const {
  // Only Arrow's bytes are not checked before they are counted, and counting numbers the rows of a batch.
  if (error.kind() == ErrorKind::invalid_text && rows.first > 0) {
    for (std::size_t i = 0; i < rows.texts.size(); ++i) str_of(rows.texts[i], rows.first + i);
  }
  throw error;
}

void RowReader::add_text(Rows& rows, std::string_view text, py::object kept) {
  rows.bytes += text.size();
  rows.texts.push_back(text);
  if (kept) rows.kept.push_back(std::move(kept));
}

void RowReader::add(Rows& rows, py::object item) {
  const std::size_t row = row_++;
  if (!PyUnicode_Check(item.ptr()) && is_null(item)) {
    if (!options_.skip_null) {
      throw Error(ErrorKind::invalid_argument,
                  "text " + std::to_string(row) + " is missing (" + type_name(item) +
                      "); leave it out, or give skip_null=True for a row without terms");
    }
    if (has_terms()) {
      rows.terms.emplace_back();
    } else {
      add_text(rows, {}, {});
    }
    return;
  }
  try {
    if (has_terms()) {
      std::vector<std::string_view>& terms = rows.terms.emplace_back();
      const py::list found = options_.analyze(item);
      for (const py::handle term : found) {
        if (!PyUnicode_Check(term.ptr()))
          throw py::type_error("text " + std::to_string(row) + " has a term that is no str but " +
                               type_name(term));
        terms.push_back(utf8_of(term));
        rows.bytes += terms.back().size();
      }
      rows.kept.push_back(found);
      return;
    }
    bool is_held = static_cast<bool>(slice_);
    if (PyBytes_Check(item.ptr())) {
      item = options_.decode(item);
      is_held = false;
    }
    if (!PyUnicode_Check(item.ptr()))
      throw py::type_error("text " + std::to_string(row) + " is no str but " + type_name(item));
    if (PyUnicode_IS_ASCII(item.ptr())) {
      const std::string_view text = utf8_of(item);
      add_text(rows, text, is_held ? py::object() : std::move(item));
    } else {
      add_encoded(rows, item);
    }
  } catch (const Error& error) {
    throw of_text(row, error);
  }
}

/// The texts of ASCII that come next in the slice: most are, and their bytes stand in the objects.
void RowReader::add_held_texts(Rows& rows) {
  const py::ssize_t size = PyList_GET_SIZE(slice_.ptr());
  for (; slice_at_ < size && rows.bytes < most_bytes_ && rows.texts.size() < most_rows; ++slice_at_, ++row_) {
    PyObject* const item = PyList_GET_ITEM(slice_.ptr(), slice_at_);
    if (!PyUnicode_CheckExact(item) || !PyUnicode_IS_COMPACT_ASCII(item)) return;
    rows.bytes += static_cast<std::size_t>(PyUnicode_GET_LENGTH(item));
    rows.texts.emplace_back(reinterpret_cast<const char*>(PyUnicode_1BYTE_DATA(item)),
                            static_cast<std::size_t>(PyUnicode_GET_LENGTH(item)));
  }
}

py::object RowReader::next_item(Rows& rows) {
  if (iterator_) {
    auto item = py::reinterpret_steal<py::object>(PyIter_Next(iterator_.ptr()));
    if (!item && PyErr_Occurred()) throw py::error_already_set();
    return item;
  }
  if (slice_at_ == PyList_GET_SIZE(slice_.ptr())) {
    slice_ =
        py::reinterpret_steal<py::object>(PyList_GetSlice(given_.ptr(), list_at_, list_at_ + slice_size));
    if (!slice_) throw py::error_already_set();
    slice_at_ = 0;
    list_at_ += PyList_GET_SIZE(slice_.ptr());
    if (PyList_GET_SIZE(slice_.ptr()) == 0) return {};
    rows.kept.push_back(slice_);
  }
  return py::reinterpret_borrow<py::object>(PyList_GET_ITEM(slice_.ptr(), slice_at_++));
}

std::optional<Rows> RowReader::next() {
  if (is_read_) return std::nullopt;
  Rows rows{.first = row_};
  const auto size = [&] { return has_terms() ? rows.terms.size() : rows.texts.size(); };
  if (is_document_) {
    is_read_ = true;
    const DocumentPtr document = given_.cast<DocumentPtr>();
    for (const Span s : document->sentence_spans()) {
      if (has_terms()) {
        add(rows, document->slice(s));
      }
    }
    if (!has_terms()) {
      for (const Span s : document->document().sentence_spans())
        add_text(rows, document->document().slice(s), {});
    }
    return rows;
  }
  if (arrow_) {
    const auto texts = arrow_->next();
    if (!texts) return std::nullopt;
    for (const auto& text : *texts) {
      if (!text) {
        add(rows, py::none());
      } else if (has_terms()) {
        add(rows, str_of(*text, row_));
      } else {
        ++row_;
        add_text(rows, *text, {});
      }
    }
    return rows;
  }
  if (slice_) {
    rows.kept.push_back(slice_);  // for what is left of it
    const auto left = PyList_GET_SIZE(slice_.ptr()) - slice_at_ + PyList_GET_SIZE(given_.ptr()) - list_at_;
    if (!has_terms())
      rows.texts.reserve(std::min(most_rows, static_cast<std::size_t>(std::max<py::ssize_t>(left, 0))));
  }
  while (rows.bytes < most_bytes_ && size() < most_rows) {
    if (slice_ && !has_terms()) add_held_texts(rows);
    py::object item = next_item(rows);
    if (!item) {
      is_read_ = true;
      break;
    }
    add(rows, std::move(item));
  }
  if (is_read_ && size() == 0) return std::nullopt;
  return rows;
}

}  // namespace nutgraf::python
