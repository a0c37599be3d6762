// The LSA logon functions as a test wants them: what is not freed by hand is freed at the end.
#pragma once

#include <openlsa/ntsecapi.h>
#include <openlsa/windows.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/text.hpp"

namespace openlsa::test {

// What LsaCallAuthenticationPackage returned; the buffer's bytes are copied and the buffer is freed.
struct CallResult {
  NTSTATUS status = 0;
  NTSTATUS protocol_status = 0;
  std::string bytes;
  Answers answers;  // the bytes, read as the probe's answer
  std::string operator[](const std::string& name) const { return answer(answers, name); }
};

// A token that is closed at the end.
class TokenHandle {
 public:
  TokenHandle() = default;
  explicit TokenHandle(HANDLE handle) : handle_(handle) {}
  TokenHandle(TokenHandle&& other) noexcept : handle_(other.release()) {}
  TokenHandle& operator=(TokenHandle&& other) noexcept;
  ~TokenHandle() { close(); }
  HANDLE get() const { return handle_; }
  HANDLE release();
  bool close();  // false when CloseHandle failed
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  HANDLE handle_ = nullptr;
};

struct LogonResult {
  NTSTATUS status = 0;
  NTSTATUS sub_status = 0;
  unsigned long long luid = 0;
  TokenHandle token;
  QUOTA_LIMITS quotas{};
  ULONG profile_size = 0;
  bool profile_given = false;
  std::string profile_text;  // of the probe's profile, through its embedded pointer
};

class Connection {
 public:
  static Connection trusted(const char* name = "semantic test");
  static Connection untrusted();
  Connection(Connection&& other) noexcept;
  ~Connection();

  NTSTATUS status() const { return status_; }  // of the connection itself
  HANDLE handle() const { return handle_; }
  HANDLE release();

  ULONG package(const char* name) const;  // 0xffffffff when the look-up failed
  CallResult call(ULONG package, std::string_view script) const;
  CallResult call(const char* package_name, std::string_view script) const {
    return call(package(package_name), script);
  }
  LogonResult logon(const char* package_name, std::string_view script, SECURITY_LOGON_TYPE type = Interactive,
                    PTOKEN_GROUPS local_groups = nullptr) const;

 private:
  Connection(HANDLE handle, NTSTATUS status) : handle_(handle), status_(status) {}
  HANDLE handle_ = nullptr;
  NTSTATUS status_ = 0;
};

// The profile that the probe returns (probe/logon.cpp).
struct ProbeProfile {
  ULONG Magic;
  ULONG TextLength;
  char* Text;
};
inline constexpr ULONG probe_profile_magic = 0x50524f46;

std::vector<unsigned long long> session_list();
bool session_listed(unsigned long long luid);

}  // namespace openlsa::test
