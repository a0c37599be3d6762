// A connection to the LSA for logons with the sshkey package. LsaConnectUntrusted is enough: nothing here needs a
// privilege.
#pragma once

#include <sshkey_protocol.h>

#include <optional>
#include <string>

#include "common/handles.hpp"
#include "common/result.hpp"
#include "core/bytes.hpp"

namespace sshkey::programs {

class LsaConnection {
 public:
  static OrFailure<LsaConnection> open();
  LsaConnection(LsaConnection&& other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)), package_(other.package_) {}
  LsaConnection& operator=(LsaConnection&&) = delete;
  ~LsaConnection();

  HANDLE handle() const { return handle_; }
  ULONG package() const { return package_; }

  struct Answer {
    ReturnBuffer buffer;
    NTSTATUS protocol_status = 0;
  };
  // LsaCallAuthenticationPackage. `submit` starts with one of the request structures, its data behind it.
  OrFailure<Answer> call(const std::string& what, Bytes& submit) const;

 private:
  LsaConnection(HANDLE handle, ULONG package) : handle_(handle), package_(package) {}
  HANDLE handle_;
  ULONG package_;
};

// A submit buffer: a structure, and behind it the data that its pointers name.
class SubmitBuffer {
 public:
  template <class T>
  explicit SubmitBuffer(const T& structure) : bytes_(sizeof(T)) {
    std::memcpy(bytes_.data(), &structure, sizeof(T));
  }
  // Both append and remember which pointer to set; take() sets them, when the buffer no longer moves.
  SubmitBuffer& text(std::size_t unicode_string_offset, std::u16string_view text);
  SubmitBuffer& data(std::size_t pointer_offset, View data);
  Bytes take();

 private:
  void append(std::size_t pointer_offset, View data);
  struct Pointer {
    std::size_t at, to;
  };
  Bytes bytes_;
  std::vector<Pointer> pointers_;
};

// The bytes at an offset of a response, or nothing when they are not inside it.
std::optional<View> within(const ReturnBuffer& buffer, ULONG offset, ULONG length);

}  // namespace sshkey::programs
