// Sealed messages over a finished context. The frame of a message: length of the trailer (2 bytes, big-endian),
// trailer, data.
#include "common/secure_channel.hpp"

#include <memory>

#include "core/utf.hpp"

namespace sshkey::programs {
namespace {

constexpr std::size_t length_size = 2;
constexpr std::size_t max_trailer = 4 * 1024 - 16;  // leaves max_message_frame room for a whole chunk

}  // namespace

SecureChannel::SecureChannel(Connection connection) : connection_(std::move(connection)) {
  SecInvalidateHandle(&context_);
}

SecureChannel::SecureChannel(SecureChannel&& other) noexcept
    : connection_(std::move(other.connection_)),
      context_(other.context_),
      credentials_(std::move(other.credentials_)),
      flags_(other.flags_),
      trailer_size_(other.trailer_size_),
      user_name_(std::move(other.user_name_)) {
  SecInvalidateHandle(&other.context_);
}

SecureChannel::~SecureChannel() {
  if (SecIsValidHandle(&context_)) DeleteSecurityContext(&context_);
}

OrFailure<void> SecureChannel::ask_sizes_and_name() {
  SecPkgContext_Sizes sizes{};
  SECURITY_STATUS status = QueryContextAttributesW(&context_, SECPKG_ATTR_SIZES, &sizes);
  if (status != SEC_E_OK)
    return fail_with_status("asking for the sizes (QueryContextAttributes, SECPKG_ATTR_SIZES)", status);
  if (sizes.cbSecurityTrailer == 0 || sizes.cbSecurityTrailer > max_trailer)
    return fail("the package wants a trailer of " + std::to_string(sizes.cbSecurityTrailer) +
                " bytes; this program sends up to " + std::to_string(max_trailer) + ".");
  trailer_size_ = sizes.cbSecurityTrailer;
  SecPkgContext_NamesW names{};
  status = QueryContextAttributesW(&context_, SECPKG_ATTR_NAMES, &names);
  if (status != SEC_E_OK)
    return fail_with_status("asking for the user's name (QueryContextAttributes, SECPKG_ATTR_NAMES)", status);
  if (names.sUserName != nullptr) {
    user_name_ = to_utf8(reinterpret_cast<const char16_t*>(names.sUserName)).value_or("(not UTF-16)");
    FreeContextBuffer(names.sUserName);
  }
  return {};
}

OrFailure<void> SecureChannel::send(View plaintext) {
  Bytes frame(length_size + trailer_size_);
  frame.insert(frame.end(), plaintext.begin(), plaintext.end());
  SecBuffer buffers[] = {
      {trailer_size_, SECBUFFER_TOKEN, frame.data() + length_size},
      {static_cast<ULONG>(plaintext.size()), SECBUFFER_DATA, frame.data() + length_size + trailer_size_}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  if (const SECURITY_STATUS status = EncryptMessage(&context_, 0, &message, 0); status != SEC_E_OK)
    return fail_with_status("sealing a message (EncryptMessage)", status);
  const ULONG trailer = buffers[0].cbBuffer;  // may be less than was offered
  frame[0] = static_cast<std::uint8_t>(trailer >> 8);
  frame[1] = static_cast<std::uint8_t>(trailer);
  const View all(frame);
  return connection_.send(FrameKind::message, all.first(length_size + trailer),
                          all.subspan(length_size + trailer_size_));
}

OrFailure<Bytes> SecureChannel::receive(int idle_seconds) {
  auto frame = connection_.receive(FrameKind::message, idle_seconds);
  if (!frame || frame->empty()) return frame;
  const std::size_t trailer = frame->size() < length_size ? frame->size() : std::size_t{(*frame)[0]} << 8 | (*frame)[1];
  if (trailer + length_size >= frame->size())
    return fail("the peer sent a message of " + std::to_string(frame->size()) + " bytes with a trailer of " +
                std::to_string(trailer) + ". Is it sshkey-client or sshkey-server?");
  std::uint8_t* data = frame->data() + length_size + trailer;
  SecBuffer buffers[] = {{static_cast<ULONG>(trailer), SECBUFFER_TOKEN, frame->data() + length_size},
                         {static_cast<ULONG>(frame->size() - length_size - trailer), SECBUFFER_DATA, data}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  if (const SECURITY_STATUS status = DecryptMessage(&context_, &message, 0, &quality); status != SEC_E_OK)
    return fail_with_status("opening a message (DecryptMessage)", status);
  // A message that was only signed is not what both sides asked for.
  if (quality == SECQOP_WRAP_NO_ENCRYPT)
    return fail("the peer sent a message that is signed but not encrypted. Nothing in it was used.");
  frame->erase(frame->begin(), frame->begin() + static_cast<std::ptrdiff_t>(length_size + trailer));
  frame->resize(buffers[1].cbBuffer);
  if (frame->empty()) return fail("the peer sent an empty message. Is it sshkey-client or sshkey-server?");
  return frame;
}

Bytes channel_bindings(const std::string& application_data) {
  SEC_CHANNEL_BINDINGS header{};
  header.cbApplicationDataLength = static_cast<ULONG>(application_data.size());
  header.dwApplicationDataOffset = sizeof header;
  Bytes bytes(sizeof header + application_data.size());
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, application_data.data(), application_data.size());
  return bytes;
}

}  // namespace sshkey::programs
