// Notes of a loaded ELF file.
#pragma once

#include "base/bytes.hpp"
#include "base/module.hpp"
#include "base/result.hpp"

namespace openlsa::base {

// Looks for our note in one PT_NOTE segment. Fails when the segment's notes do not fit it, when ours is of a version
// that is not known, or when two of ours disagree: objects of one file were then built with different headers.
OrFailure<> read_table_sizes(ByteView segment, std::size_t alignment, std::optional<TableSizes>& sizes);

}  // namespace openlsa::base
