#include "arrow.h"

#include <array>
#include <atomic>
#include <cstring>
#include <string>

namespace nutgraf::python {
namespace {

using Texts = std::vector<std::optional<std::string_view>>;

bool is_string(std::string_view format) {
  return format == "u" || format == "U" || format == "vu";
}

bool is_valid(const ArrowArray& array, std::int64_t index) {
  const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
  return !bits || (bits[index / 8] >> (index % 8) & 1);
}

template <typename T>
T element(const void* buffer, std::int64_t index) {
  T value;
  std::memcpy(&value, static_cast<const char*>(buffer) + index * static_cast<std::int64_t>(sizeof(T)),
              sizeof(T));
  return value;
}

template <typename Offset>
std::string_view slice(const ArrowArray& array, std::int64_t index) {
  const auto begin = element<Offset>(array.buffers[1], index),
             end = element<Offset>(array.buffers[1], index + 1);
  return {static_cast<const char*>(array.buffers[2]) + begin, static_cast<std::size_t>(end - begin)};
}

/// A view is its length, then either up to 12 bytes, or 4 of them, the number of a buffer and the place
/// there.
std::string_view view(const ArrowArray& array, std::int64_t index) {
  constexpr std::int32_t most_inline = 12;
  const char* at = static_cast<const char*>(array.buffers[1]) + 16 * index;
  const auto size = element<std::int32_t>(at, 0);
  if (size <= most_inline) return {at + 4, static_cast<std::size_t>(size)};
  const auto buffer = element<std::int32_t>(at, 2), begin = element<std::int32_t>(at, 3);
  return {static_cast<const char*>(array.buffers[2 + buffer]) + begin, static_cast<std::size_t>(size)};
}

std::int64_t dictionary_index(std::string_view format, const ArrowArray& array, std::int64_t index) {
  const void* codes = array.buffers[1];
  switch (format.front()) {
    case 'c':
      return element<std::int8_t>(codes, index);
    case 'C':
      return element<std::uint8_t>(codes, index);
    case 's':
      return element<std::int16_t>(codes, index);
    case 'S':
      return element<std::uint16_t>(codes, index);
    case 'i':
      return element<std::int32_t>(codes, index);
    case 'I':
      return element<std::uint32_t>(codes, index);
    case 'l':
      return element<std::int64_t>(codes, index);
    default:
      return static_cast<std::int64_t>(element<std::uint64_t>(codes, index));
  }
}

std::optional<std::string_view> text_at(const ArrowSchema& schema, const ArrowArray& array,
                                        std::int64_t index) {
  const std::string_view format = schema.format;
  if (format == "n" || !is_valid(array, index)) return std::nullopt;
  if (schema.dictionary) {
    return text_at(*schema.dictionary, *array.dictionary,
                   array.dictionary->offset + dictionary_index(format, array, index));
  }
  if (format == "u") return slice<std::int32_t>(array, index);
  if (format == "U") return slice<std::int64_t>(array, index);
  return view(array, index);
}

void check_strings(const ArrowSchema& schema) {
  const std::string_view format = schema.dictionary ? schema.dictionary->format : schema.format;
  if (!is_string(format) && format != "n") {
    throw py::type_error("Arrow data of format '" + std::string(format) +
                         "' are no strings; give one column of strings");
  }
}

template <typename T>
T* pointer_of(py::handle capsule, const char* name) {
  void* pointer = PyCapsule_GetPointer(capsule.ptr(), name);
  if (!pointer) throw py::error_already_set();
  return static_cast<T*>(pointer);
}

/// Moves what a capsule holds out of it, as the interface wants it: the source is marked as released.
template <typename T>
T moved_out(py::handle capsule, const char* name) {
  T* source = pointer_of<T>(capsule, name);
  T moved = *source;
  source->release = nullptr;
  return moved;
}

template <typename T>
void release(T& value) {
  if (value.release) value.release(&value);
  value.release = nullptr;
}

}  // namespace

bool ArrowTexts::gives(py::handle object) {
  return py::hasattr(object, "__arrow_c_stream__") || py::hasattr(object, "__arrow_c_array__");
}

ArrowTexts::ArrowTexts(py::handle object) {
  if (py::hasattr(object, "__arrow_c_stream__")) {
    const py::object capsule = object.attr("__arrow_c_stream__")();
    stream_ = moved_out<ArrowArrayStream>(capsule, "arrow_array_stream");
    if (stream_.get_schema(&stream_, &schema_) != 0) {
      const char* message = stream_.get_last_error(&stream_);
      const std::string why = message ? message : "no reason is given";
      release(stream_);
      throw py::value_error("the Arrow stream gives no schema: " + why);
    }
  } else {
    const py::tuple capsules = object.attr("__arrow_c_array__")();
    schema_ = moved_out<ArrowSchema>(capsules[0], "arrow_schema");
    array_ = moved_out<ArrowArray>(capsules[1], "arrow_array");
    is_single_ = true;
  }
  try {
    check_strings(schema_);
  } catch (...) {
    release(array_);
    release(stream_);
    release(schema_);
    throw;
  }
}

ArrowTexts::~ArrowTexts() {
  release(array_);
  release(stream_);
  release(schema_);
}

std::optional<Texts> ArrowTexts::next() {
  if (!is_single_) {
    release(array_);
    if (stream_.get_next(&stream_, &array_) != 0) {
      const char* message = stream_.get_last_error(&stream_);
      throw py::value_error(std::string("the Arrow stream failed: ") +
                            (message ? message : "no reason is given"));
    }
  }
  if (!array_.release || (is_single_ && is_given_)) return std::nullopt;
  is_given_ = true;
  Texts texts;
  texts.reserve(static_cast<std::size_t>(array_.length));
  for (std::int64_t i = 0; i < array_.length; ++i)
    texts.push_back(text_at(schema_, array_, array_.offset + i));
  return texts;
}

namespace {

constexpr std::int64_t nullable = 2;  // a flag of a schema

/// What a list of structs points to. A consumer may keep a child longer than the list: the last one frees it.
template <typename Node>
struct RowsOf {
  Node list{}, item{}, column{}, value{};
  std::array<Node*, 1> list_children{&item};
  std::array<Node*, 2> item_children{&column, &value};
  std::array<std::array<const void*, 2>, 4> buffers{};
  std::array<py::object, 3> arrays{};
  std::atomic<int> holders{4};
};

template <typename Node>
void release_node(Node* node) {
  for (std::int64_t i = 0; i < node->n_children; ++i) {
    if (node->children[i]->release) node->children[i]->release(node->children[i]);
  }
  auto* rows = static_cast<RowsOf<Node>*>(node->private_data);
  node->release = nullptr;
  if (--rows->holders == 0) {
    // The consumer may do this on any thread.
    const py::gil_scoped_acquire acquire;
    delete rows;
  }
}

template <typename Node>
void link(RowsOf<Node>& rows) {
  for (Node* node : {&rows.list, &rows.item, &rows.column, &rows.value}) {
    node->release = release_node<Node>;
    node->private_data = &rows;
  }
  rows.list.n_children = 1;
  rows.list.children = rows.list_children.data();
  rows.item.n_children = 2;
  rows.item.children = rows.item_children.data();
}

const char* format_of(const py::array& data) {
  if (py::isinstance<py::array_t<float>>(data)) return "f";
  if (py::isinstance<py::array_t<double>>(data)) return "g";
  if (py::isinstance<py::array_t<std::int32_t>>(data)) return "i";
  if (py::isinstance<py::array_t<std::int64_t>>(data)) return "l";
  throw py::type_error("the matrix has dtype " + py::str(data.dtype()).cast<std::string>() +
                       "; Arrow rows are made of float32, float64, int32 or int64");
}

template <typename T>
py::capsule capsule_of(T value, const char* name) {
  auto* kept = new T(value);
  return py::capsule(kept, name, [](PyObject* capsule) {
    auto* held = static_cast<T*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
    if (held->release) held->release(held);
    delete held;
  });
}

}  // namespace

py::tuple arrow_rows(const py::array& data, const py::array& indices, const py::array& indptr) {
  auto* schema = new RowsOf<ArrowSchema>;
  const auto name = [](ArrowSchema& field, const char* format, const char* text, std::int64_t flags) {
    field.format = format;
    field.name = text;
    field.flags = flags;
  };
  name(schema->list, "+l", "", nullable);
  name(schema->item, "+s", "item", 0);
  name(schema->column, "i", "column", 0);
  name(schema->value, format_of(data), "value", 0);
  link(*schema);
  const py::capsule schema_capsule = capsule_of(schema->list, "arrow_schema");

  auto* array = new RowsOf<ArrowArray>;
  array->arrays = {data, indices, indptr};
  const std::array<ArrowArray*, 4> nodes = {&array->list, &array->item, &array->column, &array->value};
  const std::array<const void*, 4> contents = {indptr.data(), nullptr, indices.data(), data.data()};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    array->buffers[i] = {nullptr, contents[i]};
    nodes[i]->buffers = array->buffers[i].data();
    nodes[i]->n_buffers = 2;
    nodes[i]->length =
        i == 0 ? static_cast<std::int64_t>(indptr.size()) - 1 : static_cast<std::int64_t>(data.size());
  }
  array->item.n_buffers = 1;
  link(*array);
  return py::make_tuple(schema_capsule, capsule_of(array->list, "arrow_array"));
}

}  // namespace nutgraf::python
