// Secrets that people give: typed twice without echo, or read from a descriptor. Never from the command line, which
// every process may read.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::lsactl {

// `descriptor`: a password in its first line; -1: from the terminal. Not empty, unless it came from a descriptor.
base::OrFailure<base::Secret> read_password(const std::string& whose, int descriptor);
// All that the descriptor holds.
base::OrFailure<base::Secret> read_secret(int descriptor, std::size_t limit);

// The secret in a file of its own without a name, for a call; its bytes are gone when this is.
class SecretFile {
 public:
  static base::OrFailure<SecretFile> make(const base::Secret& secret);
  SecretFile(SecretFile&&) = default;
  SecretFile& operator=(SecretFile&&) = default;
  ~SecretFile();
  int descriptor() const { return file_.get(); }

 private:
  explicit SecretFile(base::UniqueFd file) : file_(std::move(file)) {}
  base::UniqueFd file_;
};

}  // namespace openlsa::lsactl
