#include "protocol/protection.hpp"

namespace sshkey {
namespace {

// OpenSSL takes lengths as int.
constexpr std::size_t max_step = std::size_t{1} << 30;

}  // namespace

GcmKey::GcmKey(const Secret& key, Direction direction) : context_(EVP_CIPHER_CTX_new()) {
  const Openssl<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  if (!context_ || !cipher || key.reveal().size() != key_size ||
      EVP_CipherInit_ex(context_.get(), cipher.get(), nullptr, key.reveal().data(), nullptr,
                        direction == Direction::seal ? 1 : 0) != 1)
    throw std::bad_alloc();
}

bool GcmKey::begin(std::uint64_t sequence) {
  std::uint8_t nonce[12] = {};
  for (int i = 0; i < 8; ++i) nonce[4 + i] = static_cast<std::uint8_t>(sequence >> (56 - 8 * i));
  return EVP_CipherInit_ex(context_.get(), nullptr, nullptr, nullptr, nonce, -1) == 1;
}

bool GcmKey::associated(View data) {
  int size = 0;
  while (!data.empty()) {
    const std::size_t step = data.size() < max_step ? data.size() : max_step;
    if (EVP_CipherUpdate(context_.get(), nullptr, &size, data.data(), static_cast<int>(step)) != 1) return false;
    data = data.subspan(step);
  }
  return true;
}

bool GcmKey::crypt(MutableView data) {
  int size = 0;
  while (!data.empty()) {
    const std::size_t step = data.size() < max_step ? data.size() : max_step;
    if (EVP_CipherUpdate(context_.get(), data.data(), &size, data.data(), static_cast<int>(step)) != 1) return false;
    data = data.subspan(step);
  }
  return true;
}

bool GcmKey::finish_seal(std::uint8_t* tag) {
  std::uint8_t nothing[1];
  int size = 0;
  return EVP_CipherFinal_ex(context_.get(), nothing, &size) == 1 &&
         EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_GET_TAG, tag_size, tag) == 1;
}

bool GcmKey::finish_open(const std::uint8_t* tag) {
  std::uint8_t nothing[1];
  int size = 0;
  return EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_GCM_SET_TAG, tag_size, const_cast<std::uint8_t*>(tag)) == 1 &&
         EVP_CipherFinal_ex(context_.get(), nothing, &size) == 1;
}

bool ReceiveWindow::acceptable(std::uint64_t sequence) const {
  if (sequence >= max_messages) return false;
  if (sequence_) return sequence == next_;
  if (!replay_ || sequence >= next_) return true;
  const std::uint64_t behind = next_ - 1 - sequence;
  return behind < 64 && (seen_ >> behind & 1) == 0;
}

void ReceiveWindow::record(std::uint64_t sequence) {
  if (sequence >= next_) {
    const std::uint64_t ahead = sequence + 1 - next_;
    seen_ = ahead >= 64 ? 0 : seen_ << ahead;
    seen_ |= 1;
    next_ = sequence + 1;
    return;
  }
  const std::uint64_t behind = next_ - 1 - sequence;
  if (behind < 64) seen_ |= std::uint64_t{1} << behind;
}

}  // namespace sshkey
