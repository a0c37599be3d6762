// Owners of what the LSA gives: each closes with the function that the documentation names.
#pragma once

#include <openlsa/ntsecapi.h>
#include <openlsa/windows.h>

#include <utility>

namespace sshkey::programs {

class Token {
 public:
  Token() = default;
  explicit Token(HANDLE handle) : handle_(handle) {}
  Token(Token&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Token& operator=(Token&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Token() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }
  HANDLE get() const { return handle_; }

 private:
  HANDLE handle_ = nullptr;
};

// A buffer of LsaCallAuthenticationPackage, LsaLogonUser or LsaGetLogonSessionData.
class ReturnBuffer {
 public:
  ReturnBuffer() = default;
  ReturnBuffer(ReturnBuffer&& other) noexcept
      : data(std::exchange(other.data, nullptr)), size(std::exchange(other.size, 0)) {}
  ReturnBuffer& operator=(ReturnBuffer&&) = delete;
  ~ReturnBuffer() {
    if (data != nullptr) LsaFreeReturnBuffer(data);
  }
  // The structure at the start of the buffer, or null when the buffer is too small for it.
  template <class T>
  const T* as() const {
    return data != nullptr && size >= sizeof(T) ? static_cast<const T*>(data) : nullptr;
  }

  PVOID data = nullptr;
  ULONG size = 0;
};

}  // namespace sshkey::programs
