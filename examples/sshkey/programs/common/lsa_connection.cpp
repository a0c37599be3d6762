#include "common/lsa_connection.hpp"

namespace sshkey::programs {

OrFailure<LsaConnection> LsaConnection::open() {
  HANDLE handle = nullptr;
  if (const NTSTATUS status = LsaConnectUntrusted(&handle); status != 0)
    return fail_with_status("connecting to the authority (LsaConnectUntrusted)", status);
  LsaConnection connection(handle, 0);
  LSA_STRING name = RTL_CONSTANT_STRING(SSHKEY_PACKAGE_NAME_A);
  if (const NTSTATUS status = LsaLookupAuthenticationPackage(handle, &name, &connection.package_); status != 0)
    return fail_with_status("looking for the package sshkey (LsaLookupAuthenticationPackage)", status);
  return connection;
}

LsaConnection::~LsaConnection() {
  if (handle_ != nullptr) LsaDeregisterLogonProcess(handle_);
}

OrFailure<LsaConnection::Answer> LsaConnection::call(const std::string& what, Bytes& submit) const {
  Answer answer;
  const NTSTATUS status =
      LsaCallAuthenticationPackage(handle_, package_, submit.data(), static_cast<ULONG>(submit.size()),
                                   &answer.buffer.data, &answer.buffer.size, &answer.protocol_status);
  if (status != 0) return fail_with_status(what, status);  // the call did not reach the package
  return answer;
}

void SubmitBuffer::append(std::size_t pointer_offset, View data) {
  bytes_.resize((bytes_.size() + 7) & ~std::size_t{7});
  pointers_.push_back({pointer_offset, bytes_.size()});
  bytes_.insert(bytes_.end(), data.begin(), data.end());
}

SubmitBuffer& SubmitBuffer::text(std::size_t unicode_string_offset, std::u16string_view text) {
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * sizeof(char16_t));
  std::memcpy(bytes_.data() + unicode_string_offset, &string, sizeof string);
  if (!text.empty())
    append(unicode_string_offset + offsetof(UNICODE_STRING, Buffer),
           {reinterpret_cast<const std::uint8_t*>(text.data()), string.Length});
  return *this;
}

SubmitBuffer& SubmitBuffer::data(std::size_t pointer_offset, View data) {
  append(pointer_offset, data);
  return *this;
}

Bytes SubmitBuffer::take() {
  for (const Pointer& pointer : pointers_) {
    const std::uint8_t* address = bytes_.data() + pointer.to;
    std::memcpy(bytes_.data() + pointer.at, &address, sizeof address);
  }
  return std::move(bytes_);  // a moved vector keeps its address
}

std::optional<View> within(const ReturnBuffer& buffer, ULONG offset, ULONG length) {
  if (offset > buffer.size || length > buffer.size - offset) return std::nullopt;
  return View(static_cast<const std::uint8_t*>(buffer.data) + offset, length);
}

}  // namespace sshkey::programs
