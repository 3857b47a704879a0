#pragma once

#include <functional>

#include "nutgraf/control.h"

namespace nutgraf {

/// Calls work(i, control) for every i in [0, items), on control.threads threads, the calling one included;
/// the control handed on has the stop token and one thread. Progress is reported on the calling thread. When
/// an item throws, no further item is begun, all threads are joined, and the exception of the first such item
/// is rethrown.
void parallel_for(std::size_t items, const Control& control,
                  const std::function<void(std::size_t item, const Control& control)>& work);

}  // namespace nutgraf
