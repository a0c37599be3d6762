// A block of memory in the client of the current call. It is freed again unless it was handed over.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

class ClientBlock {
 public:
  // `request` names the call; null in an SSP entry point, where it is the current one.
  ClientBlock(const LSA_SECPKG_FUNCTION_TABLE& lsa, PLSA_CLIENT_REQUEST request) : lsa_(lsa), request_(request) {}
  ClientBlock(const ClientBlock&) = delete;
  ClientBlock& operator=(const ClientBlock&) = delete;
  ~ClientBlock() {
    if (address_ != nullptr) lsa_.FreeClientBuffer(request_, address_);
  }

  NTSTATUS fill(View bytes) {
    NTSTATUS status = lsa_.AllocateClientBuffer(request_, static_cast<ULONG>(bytes.size()), &address_);
    if (status < 0) {
      address_ = nullptr;
      return status;
    }
    size_ = static_cast<ULONG>(bytes.size());
    return lsa_.CopyToClientBuffer(request_, size_, address_, const_cast<std::uint8_t*>(bytes.data()));
  }
  ULONG size() const { return size_; }
  // The address in the client, which is the client's from now on.
  void* hand_over() { return std::exchange(address_, nullptr); }

 private:
  const LSA_SECPKG_FUNCTION_TABLE& lsa_;
  PLSA_CLIENT_REQUEST request_;
  void* address_ = nullptr;
  ULONG size_ = 0;
};

template <class Structure>
View bytes_of(const Structure& structure) {
  return {reinterpret_cast<const std::uint8_t*>(&structure), sizeof structure};
}

}  // namespace sshkey
