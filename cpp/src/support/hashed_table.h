#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace nutgraf {

/// A table from 64-bit numbers to values, to which keys are only added. No key is 0.
template <typename Value>
class HashedTable {
 public:
  HashedTable() = default;
  /// With room for so many keys.
  explicit HashedTable(std::size_t keys) : slots_(std::bit_ceil(2 * (keys + 1))) {}

  /// The value of a key, made when it is new.
  Value& operator[](std::uint64_t key) {
    if (2 * (used_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(key)];
    used_ += slot.key == 0;
    slot.key = key;
    return slot.value;
  }
  const Value* find(std::uint64_t key) const noexcept {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place(key)];
    return slot.key == key ? &slot.value : nullptr;
  }
  Value* find(std::uint64_t key) noexcept { return const_cast<Value*>(std::as_const(*this).find(key)); }
  template <typename Visit>
  void for_each(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.key != 0) visit(slot.key, slot.value);
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    Value value{};
  };

  /// Where the key is, or where it would go.
  std::size_t place(std::uint64_t key) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    auto at = static_cast<std::size_t>(key * 0x9E3779B97F4A7C15ULL >> 32) & mask;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    constexpr std::size_t smallest = 64;
    std::vector<Slot> old(slots_.empty() ? smallest : 2 * slots_.size());
    old.swap(slots_);
    for (Slot& slot : old) {
      if (slot.key != 0) slots_[place(slot.key)] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace nutgraf
