#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "convert.h"

namespace nutgraf::python {

/// A string as an argument of a template.
template <std::size_t size>
struct ArgumentName {
  char text[size];
  consteval ArgumentName(const char (&given)[size]) { std::copy_n(given, size, text); }
};

/// An argument of a function that Python calls, which says its name where it is of no use: pybind11's own
/// message lists the types of all arguments and says of none that it is wrong. Not for functions with
/// overloads.
template <ArgumentName name, typename T>
struct Named {
  T value;
  operator const T&() const& { return value; }
};

template <ArgumentName name>
using MaybeInt = Named<name, std::optional<std::int64_t>>;
template <ArgumentName name>
using MaybeNumber = Named<name, std::optional<double>>;
template <ArgumentName name>
using MaybeText = Named<name, std::optional<std::string>>;

/// What an argument of that type must be.
template <typename T>
struct Wanted;
template <>
struct Wanted<bool> {
  static std::string text(pybind11::handle) { return "a bool"; }
};
template <std::integral T>
struct Wanted<T> {
  static std::string text(pybind11::handle given) {
    // What is an int already has too many bits.
    return PyLong_Check(given.ptr()) ? "an int of " + std::to_string(8 * sizeof(T)) + " bits" : "an int";
  }
};
template <std::floating_point T>
struct Wanted<T> {
  static std::string text(pybind11::handle) { return "a number"; }
};
template <>
struct Wanted<std::string> {
  static std::string text(pybind11::handle given) {
    return PyUnicode_Check(given.ptr()) ? "a str without lone surrogates" : "a str";
  }
};
template <>
struct Wanted<pybind11::str> : Wanted<std::string> {};
template <typename T>
struct Wanted<std::optional<T>> {
  static std::string text(pybind11::handle given) { return Wanted<T>::text(given) + " or None"; }
};
/// A number of sentences.
template <>
struct Wanted<std::variant<std::int64_t, std::string>> {
  static std::string text(pybind11::handle given) { return Wanted<std::int64_t>::text(given) + " or 'auto'"; }
};
template <typename T>
struct Wanted<std::vector<T>> {
  static std::string text(pybind11::handle) {
    return "a sequence, each " + Wanted<T>::text(pybind11::none());
  }
};
template <typename K, typename V>
struct Wanted<std::map<K, V>> {
  static std::string text(pybind11::handle) {
    return "a mapping from " + Wanted<K>::text(pybind11::none()) + " to " + Wanted<V>::text(pybind11::none());
  }
};
template <typename T, int flags>
struct Wanted<pybind11::array_t<T, flags>> {
  static std::string text(pybind11::handle) { return "an array of numbers"; }
};

}  // namespace nutgraf::python

namespace pybind11::detail {

template <nutgraf::python::ArgumentName argument, typename T>
struct type_caster<nutgraf::python::Named<argument, T>> {
  using Type = nutgraf::python::Named<argument, T>;
  static constexpr auto name = make_caster<T>::name;
  template <typename>
  using cast_op_type = Type;

  bool load(handle given, bool convert) {
    if (caster_.load(given, convert)) return true;
    throw type_error(std::string(argument.text) + " is " + nutgraf::python::brief_repr(given) +
                     "; it must be " + nutgraf::python::Wanted<T>::text(given));
  }
  operator Type() { return {cast_op<T&&>(std::move(caster_))}; }

 private:
  make_caster<T> caster_;
};

}  // namespace pybind11::detail
