// What the two programs say to each other inside sealed messages: one byte of type, then its content.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <optional>

#include "common/secure_channel.hpp"

namespace sshkey::programs {

enum class MessageType : std::uint8_t {
  file_begins = 1,  // size (8 bytes, big-endian)
  file_data = 2,    // up to chunk_size bytes
  file_digest = 3,  // SHA-256 of what was received
  ping = 4,         // any text
  pong = 5,         // the same text
  bye = 6
};

struct Message {
  MessageType type;
  Bytes content;
};

OrFailure<void> send_message(SecureChannel& channel, MessageType type, View content = {});
// Nothing when the peer closed the connection, with bye or without.
OrFailure<std::optional<Message>> receive_message(SecureChannel& channel, int idle_seconds = frame_timeout_seconds);

class Sha256 {
 public:
  Sha256();
  void add(View bytes);
  Fixed32 finish();

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

}  // namespace sshkey::programs
