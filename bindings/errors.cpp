#include "convert.h"

namespace nutgraf::python {
namespace {

PyObject* nutgraf_error = nullptr;

}  // namespace

py::object exception_of(const Error& error) {
  const py::object exception = py::reinterpret_borrow<py::object>(nutgraf_error)(error.what());
  exception.attr("kind") = py::str(std::string(name(error.kind())));
  exception.attr("offset") =
      error.offset() < 0 ? py::object(py::none()) : py::object(py::int_(error.offset()));
  return exception;
}

void register_errors(py::module_& module) {
  nutgraf_error = PyErr_NewExceptionWithDoc(
      "nutgraf.NutgrafError",
      "What nutgraf raises for wrong texts, arguments and files; a ValueError.\n\n"
      "Attributes\n----------\n"
      "kind : str\n    invalid_text, invalid_argument, limit, not_fitted, corrupt_file or newer_file.\n"
      "offset : int or None\n    Index in the text, or byte offset in the file, where there is one.\n",
      PyExc_ValueError, nullptr);
  if (!nutgraf_error) throw py::error_already_set();
  // What the package raises itself is of this kind unless it says otherwise.
  py::setattr(nutgraf_error, "kind", py::str(std::string(name(ErrorKind::invalid_argument))));
  py::setattr(nutgraf_error, "offset", py::none());
  module.add_object("NutgrafError", nutgraf_error);
  py::register_exception_translator([](std::exception_ptr raised) {
    try {
      if (raised) std::rethrow_exception(raised);
    } catch (const Error& error) {
      PyErr_SetObject(nutgraf_error, exception_of(error).ptr());
    }
  });
}

}  // namespace nutgraf::python
