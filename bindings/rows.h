#pragma once

// Texts, as Python gives them, in batches of rows for the core.

#include <memory>
#include <optional>

#include "arrow.h"
#include "convert.h"

namespace nutgraf::python {

/// Some rows: texts, or lists of terms.
struct Rows {
  std::vector<py::object> kept{};  ///< holds the objects alive that are viewed
  std::vector<std::string_view> texts{};
  std::vector<std::vector<std::string_view>> terms{};
  std::size_t bytes = 0;
  std::size_t first = 0;  ///< the number of the first row among all
};

/// How rows are found in what a caller gives.
struct RowOptions {
  /// From a text, as it is given, to its terms; None: the core finds them.
  py::object analyze;
  /// From bytes to a str.
  py::object decode;
  /// A null is a row without terms, not an error.
  bool skip_null = false;
};

/// Reads rows from a Document (its sentences), from Arrow strings, or from any iterable, which is read no
/// further than the batch asked for.
class RowReader {
 public:
  /// A batch has about as many bytes of text as `most_bytes`: enough for the threads to share, little enough
  /// to hold.
  RowReader(py::object given, RowOptions options, std::size_t most_bytes);
  bool has_terms() const { return !options_.analyze.is_none(); }
  /// The next rows, valid until the next call; nothing at the end.
  /// \throws TypeError for what is no text, with its row; whatever the iterable raises.
  std::optional<Rows> next();
  /// Throws the error that counting some rows gave, with the number that its row has among all rows.
  [[noreturn]] void fail(const Rows& rows, const Error& error) const;

 private:
  /// The next item, or none at the end; a list's are held by the rows.
  py::object next_item(Rows& rows);
  void add(Rows& rows, py::object item);
  void add_held_texts(Rows& rows);
  void add_text(Rows& rows, std::string_view text, py::object kept);
  void add_encoded(Rows& rows, py::handle text);
  bool is_null(py::handle item) const;
  /// The text of that row as a str.
  py::object str_of(std::string_view text, std::size_t row) const;

  py::object given_;
  RowOptions options_;
  std::size_t most_bytes_;
  py::object iterator_;       ///< of what is no list
  py::object slice_;          ///< of a list
  py::ssize_t slice_at_ = 0;  ///< its next item
  py::ssize_t list_at_ = 0;   ///< what comes behind the slice
  std::unique_ptr<ArrowTexts> arrow_;
  bool is_document_ = false, is_read_ = false;
  std::size_t row_ = 0;  ///< of all rows so far
};

}  // namespace nutgraf::python
