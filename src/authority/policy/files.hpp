// Files that the authority reads and writes for itself.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::authority {

// "Cannot <what> <path>: <reason of errno>. <next>"
std::unexpected<base::Failure> system_failure(std::string_view what, const std::string& path, std::string_view next);

base::OrFailure<> write_all(int descriptor, base::ByteView bytes, const std::string& path);
// The whole of a regular file, at most `limit` bytes.
base::OrFailure<std::string> read_file(int descriptor, const std::string& path, std::size_t limit);
// fsync of a directory: a rename or removal in it is then durable.
base::OrFailure<> sync_directory(const std::string& directory);
// Beside the target, then rename and fsync: after a crash the old file or the new one is there, whole.
base::OrFailure<> replace_file(const std::string& path, base::ByteView bytes, unsigned mode);
// The last directory of the path; the one above it must be there.
base::OrFailure<> ensure_directory(const std::string& directory, unsigned mode);
std::string parent_of(const std::string& path);
// "." and ".." and "//" in a path name another place than they seem to.
bool is_plain_absolute(std::string_view path);

}  // namespace openlsa::authority
