// Notes of a loaded ELF file.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "host/package/module.hpp"

namespace openlsa::host {

// Looks for our note in one PT_NOTE segment. Fails when the segment's notes do not fit it, when ours is of a version
// that is not known, or when two of ours disagree: objects of one file were then built with different headers.
base::OrFailure<> read_table_sizes(base::ByteView segment, std::size_t alignment, std::optional<TableSizes>& sizes);

}  // namespace openlsa::host
