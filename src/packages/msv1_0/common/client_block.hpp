// One block in the client of the current call: a structure and, behind it, what it points to at the client's addresses.
#pragma once

#include <utility>
#include <vector>

#include "common/text.hpp"

namespace msv1_0 {

class ClientBlock {
 public:
  // `request` names the call; null in an SSP entry point, where it is the current one. `size`: of the whole block.
  ClientBlock(const LSA_SECPKG_FUNCTION_TABLE& lsa, PLSA_CLIENT_REQUEST request, std::size_t size)
      : lsa_(lsa), request_(request), bytes_(size, 0) {}
  ClientBlock(const ClientBlock&) = delete;
  ClientBlock& operator=(const ClientBlock&) = delete;
  ~ClientBlock() {
    if (address_ != nullptr) lsa_.FreeClientBuffer(request_, address_);
    wipe(bytes_.data(), bytes_.size());  // a profile holds a session key
  }

  NTSTATUS allocate() {
    const NTSTATUS status = lsa_.AllocateClientBuffer(request_, size(), &address_);
    if (status < 0) address_ = nullptr;
    return status;
  }
  // From the front: the structure. Then, each behind the one before, what it points to.
  void put(const void* structure, std::size_t size) { std::memcpy(bytes_.data(), structure, size); }
  UNICODE_STRING append(std::size_t& offset, std::u16string_view text) {
    UNICODE_STRING string{};
    string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * sizeof(char16_t));
    string.Buffer = reinterpret_cast<PWSTR>(append_bytes(offset, msv1_0::bytes_of(text)));
    return string;
  }
  void* append_bytes(std::size_t& offset, ByteView data) {
    if (!data.empty()) std::memcpy(bytes_.data() + offset, data.data(), data.size());
    void* const place = static_cast<std::uint8_t*>(address_) + offset;
    offset += data.size();
    return place;
  }
  NTSTATUS copy() { return lsa_.CopyToClientBuffer(request_, size(), address_, bytes_.data()); }

  ULONG size() const { return static_cast<ULONG>(bytes_.size()); }
  // The address in the client, which is the client's from now on.
  void* hand_over() { return std::exchange(address_, nullptr); }

 private:
  const LSA_SECPKG_FUNCTION_TABLE& lsa_;
  PLSA_CLIENT_REQUEST request_;
  std::vector<std::uint8_t> bytes_;
  void* address_ = nullptr;
};

}  // namespace msv1_0
