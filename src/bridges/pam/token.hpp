// A token handle of this process: the logon session lives as long as it does.
#pragma once

#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace openlsa::pam {

class Token {
 public:
  Token() = default;
  explicit Token(HANDLE handle) : handle_(handle) {}
  Token(Token&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Token& operator=(Token&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  ~Token() {
    if (handle_ != nullptr) CloseHandle(handle_);
  }

  explicit operator bool() const { return handle_ != nullptr; }
  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, nullptr); }
  // Whom it stands for on this machine, from the authority's own map of accounts; nothing for nobody here.
  std::optional<std::uint32_t> uid() const {
    OPENLSA_POSIX_IDENTITY identity;
    const NTSTATUS status = OpenLsaGetTokenPosixIdentity(handle_, &identity);
    // STATUS_BUFFER_OVERFLOW: the groups are too many, which are not asked for here.
    if (status != STATUS_SUCCESS && status != STATUS_BUFFER_OVERFLOW) return std::nullopt;
    return identity.HasIdentity != 0 ? std::optional(identity.Uid) : std::nullopt;
  }

 private:
  HANDLE handle_ = nullptr;
};

}  // namespace openlsa::pam
