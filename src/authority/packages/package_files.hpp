// The root-owned copies of package files: <state>/packages/<sha256>/<file>. Hosts and clients load only from there, and
// the directory's name is the hash of the package file, so both halves of a package always match.
#pragma once

#include <string>
#include <vector>

#include "authority/packages/drop_in.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

// A file that the administrator opened: its own name, without a directory, and the descriptor (borrowed).
struct OpenedFile {
  std::string name;
  int descriptor = -1;
};

struct StoredPackage {
  std::string path;       // of the package's copy
  std::string directory;  // of it and its libraries
  Sha256 sha256{};
  bool fresh = false;  // made by this call; otherwise it was there before
};

// Copies what the descriptors hold, hashing the bytes that are written (not the file, which may change meanwhile).
// The directory appears complete or not at all. The same package with other libraries is refused.
base::OrFailure<StoredPackage> store_package(const std::string& state_directory, const OpenedFile& package,
                                             const std::vector<OpenedFile>& libraries);
// Removes the copy, for example when its check failed.
base::OrFailure<> remove_stored_package(const StoredPackage& stored);

// The file still has the hash that its drop-in names.
base::OrFailure<> verify_hash(const std::string& path, const Sha256& expected);
// A regular file (or directory) of root or of ourselves that nobody else may write.
base::OrFailure<> verify_trusted_file(const std::string& path);
base::OrFailure<> verify_trusted_descriptor(int descriptor, const std::string& path);

}  // namespace openlsa::authority
