#pragma once

// Light views on a document's parts: a handle and an index, made when asked for.

#include "convert.h"

namespace nutgraf::python {

struct PyWord {
  DocumentPtr document;
  std::int32_t index;
  Span span() const { return document->word_spans()[index]; }
};

struct PySentence {
  DocumentPtr document;
  std::int32_t index;
  Span span() const { return document->sentence_spans()[index]; }
};

struct PyBlock {
  DocumentPtr document;
  std::int32_t index;
  Span span() const { return document->block_span(index); }
  const Block& block() const { return document->document().blocks()[index]; }
};

/// A run of views as a Python sequence.
template <typename View>
struct ViewSequence {
  DocumentPtr document;
  IndexRange range;
};

inline std::int32_t checked_index(py::ssize_t index, std::int32_t size) {
  if (index < 0) index += size;
  if (index < 0 || index >= size) throw py::index_error("index out of range");
  return static_cast<std::int32_t>(index);
}

/// What makes a class a sequence of views: size(self), and view(self, index) for an index below it. A slice
/// is a list.
template <typename Class, typename Size, typename View>
void def_sequence(Class& sequence, Size size, View view) {
  using Self = typename Class::type;
  sequence.def("__len__", size)
      .def("__getitem__",
           [size, view](const Self& self, py::ssize_t index) {
             return view(self, checked_index(index, static_cast<std::int32_t>(size(self))));
           })
      .def("__getitem__",
           [size, view](const Self& self, const py::slice& slice) {
             py::ssize_t start, stop, step, length;
             if (!slice.compute(static_cast<py::ssize_t>(size(self)), &start, &stop, &step, &length))
               throw py::error_already_set();
             py::list views;
             for (py::ssize_t i = 0; i < length; ++i, start += step)
               views.append(view(self, static_cast<std::int32_t>(start)));
             return views;
           })
      .def("__getitem__",
           [](const Self&, const py::object& index) {
             throw py::type_error("an index is an int or a slice, not " + brief_repr(index));
           })
      .def("__iter__", [](const py::object& self) {
        return py::reinterpret_steal<py::object>(PySeqIter_New(self.ptr()));
      });
}

/// The members that every view has.
template <typename View>
py::class_<View> register_view(py::module_& module, const char* view_name, const char* doc) {
  py::class_<View> view(module, view_name, doc);
  view.def_property_readonly(
          "text", [](const View& v) { return v.document->slice(v.span()); }, "The text, verbatim.")
      .def_property_readonly(
          "begin", [](const View& v) { return v.span().begin; }, "Index of its first character.")
      .def_property_readonly(
          "end", [](const View& v) { return v.span().end; }, "Index after its last character.")
      .def_readonly("index", &View::index, "Its place among those of the document.")
      // The same part of equal documents.
      .def("__eq__",
           [](const View& a, const py::object& b) {
             if (!py::isinstance<View>(b)) return false;
             const auto& other = b.cast<const View&>();
             return a.index == other.index &&
                    (a.document == other.document || *a.document == *other.document);
           })
      .def("__hash__",
           [](const View& v) { return py::hash(py::make_tuple(v.index, v.document->slice(v.span()))); })
      .def("__repr__", [view_name](const View& v) {
        return "<" + std::string(view_name) + " " + std::to_string(v.index) + ": " +
               py::repr(v.document->slice(v.span())).template cast<std::string>() + ">";
      });
  return view;
}

template <typename View>
void register_sequence(py::module_& module, const char* sequence_name) {
  using Sequence = ViewSequence<View>;
  py::class_<Sequence> sequence(module, sequence_name, "A sequence of views; holds its document.");
  def_sequence(
      sequence, [](const Sequence& s) { return s.range.size(); },
      [](const Sequence& s, std::int32_t index) {
        return View{s.document, s.range.first + index};
      });
}

}  // namespace nutgraf::python
