// A package that SpInitialize started over a FakeLsa, and the calls that its users make.
#pragma once

#include <gtest/gtest.h>

#include "fake_lsa.hpp"
#include "lsa_mode/package.hpp"
#include "sshkey_protocol.h"

namespace sshkey::test {

// What an SSP leg gave.
struct Leg {
  NTSTATUS status = 0;
  LSA_SEC_HANDLE context = 0;
  Bytes token;
  ULONG attributes = 0;
  bool mapped = false;
  Bytes packed;  // ContextData
};

// A buffer that holds a structure and what it points to, at addresses that are the client's.
class Submitted {
 public:
  explicit Submitted(std::size_t head) : bytes_(head) { bytes_.reserve(capacity); }
  void* add(View data) {
    void* address = bytes_.data() + bytes_.size();
    bytes_.insert(bytes_.end(), data.begin(), data.end());
    return address;
  }
  UNICODE_STRING add_text(std::u16string_view text);
  template <class Structure>
  void set(const Structure& head) {
    std::memcpy(bytes_.data(), &head, sizeof head);
  }
  Bytes& bytes() { return bytes_; }

 private:
  static constexpr std::size_t capacity = 128 * 1024;
  Bytes bytes_;
};

class PackageTest : public ::testing::Test {
 protected:
  PackageTest();
  ~PackageTest() override;
  void start();
  void stop();

  // Acts as an account from now on, in the session `logon_id` (0: one without a key).
  void act_as(std::u16string_view account, std::uint64_t logon_id = 0);

  struct CallResult {
    NTSTATUS status = 0;
    NTSTATUS protocol = 0;
    Bytes response;
  };
  CallResult call(Submitted& request);
  CallResult enrol(const std::string& lines, std::u16string_view account = {});

  NTSTATUS challenge(std::u16string_view account, ULONG purpose, SSHKEY_CHALLENGE_RESPONSE& response,
                     ULONG logon_type = Interactive, ULONG lifetime = 0);
  Statement statement_of(const SSHKEY_CHALLENGE_RESPONSE& response, const SoftKey& key);
  struct LogonResult {
    NTSTATUS status = 0;
    std::uint64_t logon_id = 0;
    Bytes user_sid;
    std::u16string account;
    SSHKEY_PROFILE profile{};
  };
  // LsaApLogonUserEx2; takes over and checks what it gives, as the host does.
  LogonResult logon(std::u16string_view account, const SoftKey& key, const SSHKEY_CHALLENGE_RESPONSE& response,
                    const Bytes& signature, ULONG logon_type = Interactive);
  // The whole logon of somebody whose key is enrolled; the session's id.
  std::uint64_t log_on(std::u16string_view account, const SoftKey& key, ULONG purpose = SSHKEY_PURPOSE_INITIATE);

  NTSTATUS acquire(ULONG use, LSA_SEC_HANDLE& handle);
  Leg initiate(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, View input, ULONG requirements = 0,
               std::u16string target = {}, View binding = {});
  Leg accept(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, View input, ULONG requirements = 0, View binding = {});
  std::u16string target(std::string_view account) const;

  // Nothing that the package took is left: heaps, and sessions and tokens beyond these.
  void expect_clean(std::size_t sessions, std::size_t client_tokens = 0);

  TemporaryDirectory directory_;
  FakeLsa lsa_;
  LSA_SECPKG_FUNCTION_TABLE support_ = FakeLsa::table();
  SECPKG_FUNCTION_TABLE table_{};
  SoftKey ada_key_, web_key_;
};

// The time of the package under test.
extern std::int64_t unix_now;
extern std::int64_t monotonic_now;

}  // namespace sshkey::test
