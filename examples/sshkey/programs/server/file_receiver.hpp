// Receives one file and answers its SHA-256.
#pragma once

#include "common/messages.hpp"

namespace sshkey::programs {

struct ReceivedFile {
  std::uint64_t size_bytes = 0;
  Fixed32 digest{};
};
// After file_begins, whose content is `announcement`. The file appears under `path` only when it is complete; an empty
// path keeps nothing.
OrFailure<ReceivedFile> receive_file(SecureChannel& channel, View announcement, const std::string& path);

}  // namespace sshkey::programs
