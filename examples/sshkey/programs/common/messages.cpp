#include "common/messages.hpp"

#include <cstdlib>

namespace sshkey::programs {

OrFailure<void> send_message(SecureChannel& channel, MessageType type, View content) {
  Bytes plaintext{static_cast<std::uint8_t>(type)};
  plaintext.insert(plaintext.end(), content.begin(), content.end());
  return channel.send(plaintext);
}

OrFailure<std::optional<Message>> receive_message(SecureChannel& channel, int idle_seconds) {
  auto plaintext = channel.receive(idle_seconds);
  if (!plaintext) return std::unexpected(plaintext.error());
  if (plaintext->empty()) return std::nullopt;
  const std::uint8_t type = plaintext->front();
  if (type < static_cast<std::uint8_t>(MessageType::file_begins) ||
      type > static_cast<std::uint8_t>(MessageType::bye) || plaintext->size() > chunk_size + 1)
    return fail("the peer sent a message of type " + std::to_string(type) + " with " +
                std::to_string(plaintext->size()) + " bytes, which this program does not know.");
  if (type == static_cast<std::uint8_t>(MessageType::bye)) return std::nullopt;
  plaintext->erase(plaintext->begin());
  return Message{static_cast<MessageType>(type), std::move(*plaintext)};
}

Sha256::Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) std::abort();
}

void Sha256::add(View bytes) {
  if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) std::abort();
}

Fixed32 Sha256::finish() {
  Fixed32 digest{};
  if (EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) != 1) std::abort();
  return digest;
}

}  // namespace sshkey::programs
