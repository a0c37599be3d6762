#include "user_mode/context.hpp"

#include <openlsa/windows.h>
#include <time.h>

namespace sshkey {
namespace {

void write_sequence(std::uint8_t* token, std::uint64_t sequence) {
  for (int i = 0; i < 8; ++i) token[i] = static_cast<std::uint8_t>(sequence >> (56 - 8 * i));
}

std::uint64_t read_sequence(const std::uint8_t* token) {
  std::uint64_t sequence = 0;
  for (int i = 0; i < 8; ++i) sequence = sequence << 8 | token[i];
  return sequence;
}

// FILETIME; to the clock tick is enough for hours, and costs no system call.
std::int64_t file_time_now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &time);
  return (time.tv_sec + 11'644'473'600) * 10'000'000 + time.tv_nsec / 100;
}

PackedContext without_keys(PackedContext packed) {
  for (Secret* key : {&packed.seal_send, &packed.seal_receive, &packed.sign_send, &packed.sign_receive}) key->clear();
  return packed;
}

}  // namespace

UserContext::UserContext(PackedContext packed)
    : seal_(packed.seal_send, GcmKey::Direction::seal),
      sign_(packed.sign_send, GcmKey::Direction::seal),
      unseal_(packed.seal_receive, GcmKey::Direction::open),
      verify_(packed.sign_receive, GcmKey::Direction::open),
      window_(packed.replay_detect, packed.sequence_detect) {
  facts_ = without_keys(std::move(packed));
}

UserContext::~UserContext() {
  if (facts_.token_handle != 0) CloseHandle(token());
}

bool UserContext::has_expired() const { return file_time_now() > facts_.expires; }

NTSTATUS UserContext::seal(const MessageBuffers& message) { return protect(seal_, true, message); }
NTSTATUS UserContext::sign(const MessageBuffers& message) { return protect(sign_, false, message); }
NTSTATUS UserContext::unseal(const MessageBuffers& message) { return check(unseal_, true, message); }
NTSTATUS UserContext::verify(const MessageBuffers& message) { return check(verify_, false, message); }

// Signing takes all data as associated data: GCM without a plaintext is a MAC (NIST SP 800-38D, GMAC).
NTSTATUS UserContext::protect(GcmKey& key, bool encrypt, const MessageBuffers& message) {
  std::uint8_t* token = nullptr;
  if (const NTSTATUS status = message.token_to_write(token); status != SEC_E_OK) return status;
  if (has_expired()) return SEC_E_CONTEXT_EXPIRED;
  const auto associate = [&key](View data) { return key.associated(data); };
  const std::lock_guard lock(sending_);
  if (next_ >= max_messages) return SEC_E_CONTEXT_EXPIRED;
  const std::uint64_t sequence = next_++;  // used up even if OpenSSL fails: a nonce never comes twice
  const bool ok = key.begin(sequence) && message.each(DataKind::associated, associate) &&
                  (encrypt ? message.each(DataKind::encrypted, [&key](MutableView data) { return key.crypt(data); })
                           : message.each(DataKind::encrypted, associate)) &&
                  key.finish_seal(token + 8);
  if (!ok) {
    if (encrypt) message.wipe_encrypted();  // half of it may be ciphertext without a tag
    return SEC_E_ENCRYPT_FAILURE;
  }
  write_sequence(token, sequence);
  message.set_token_size();
  message.drop_padding();
  return SEC_E_OK;
}

// Authentic first, then in order: so an altered number is an altered message, whatever it was altered to.
NTSTATUS UserContext::check(GcmKey& key, bool decrypt, const MessageBuffers& message) {
  const std::uint8_t* token = nullptr;
  if (const NTSTATUS status = message.token_to_read(token); status != SEC_E_OK) return status;
  if (has_expired()) return SEC_E_CONTEXT_EXPIRED;
  const std::uint64_t sequence = read_sequence(token);
  const auto associate = [&key](View data) { return key.associated(data); };
  const std::lock_guard lock(receiving_);
  const bool authentic =
      key.begin(sequence) && message.each(DataKind::associated, associate) &&
      (decrypt ? message.each(DataKind::encrypted, [&key](MutableView data) { return key.crypt(data); })
               : message.each(DataKind::encrypted, associate)) &&
      key.finish_open(token + 8);
  const bool in_order = authentic && window_.acceptable(sequence);
  if (!in_order) {
    if (decrypt) message.wipe_encrypted();
    return authentic ? SEC_E_OUT_OF_SEQUENCE : SEC_E_MESSAGE_ALTERED;
  }
  window_.record(sequence);
  message.drop_padding();
  return SEC_E_OK;
}

}  // namespace sshkey
