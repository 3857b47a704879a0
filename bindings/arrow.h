#pragma once

// Texts and matrices by the Arrow C data interface, without a copy and without the Arrow library.
// https://arrow.apache.org/docs/format/CDataInterface.html

#include <pybind11/numpy.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

extern "C" {

struct ArrowSchema {
  const char *format, *name, *metadata;
  std::int64_t flags, n_children;
  ArrowSchema **children, *dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length, null_count, offset, n_buffers, n_children;
  const void** buffers;
  ArrowArray **children, *dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

namespace nutgraf::python {

namespace py = pybind11;

/// The texts of an Arrow array or stream of strings: utf8, large_utf8, utf8_view, dictionaries of these, and
/// null. Read chunk by chunk.
class ArrowTexts {
 public:
  /// Whether an object gives Arrow data.
  static bool gives(py::handle object);
  /// \throws TypeError for data that are no strings; ImportError when the object needs a package that is not
  /// there to give them.
  explicit ArrowTexts(py::handle object);
  ~ArrowTexts();
  ArrowTexts(const ArrowTexts&) = delete;
  ArrowTexts& operator=(const ArrowTexts&) = delete;

  /// The texts of the next chunk, null for null; they are valid until the next call. Nothing at the end.
  std::optional<std::vector<std::optional<std::string_view>>> next();

 private:
  ArrowSchema schema_{};
  ArrowArrayStream stream_{};
  ArrowArray array_{};
  bool is_single_ = false, is_given_ = false;
};

/// The rows of a csr_matrix as (schema, array) capsules: a list of structs (column: int32, value) a row, over
/// the memory of the given arrays, which the capsules keep.
py::tuple arrow_rows(const py::array& data, const py::array& indices, const py::array& indptr);

}  // namespace nutgraf::python
