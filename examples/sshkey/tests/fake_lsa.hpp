// An LSA of one process for tests of the package: the support functions that it uses, accounts, sessions, tokens, two
// heaps, and failures on demand. It counts what the package must give back.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "support.hpp"

namespace sshkey::test {

struct FakeAccount {
  std::u16string name;
  Bytes sid;
  std::uint32_t uid = 0;
};

// Who calls: what GetClientInfo and the caller's token say. Each thread has its own.
struct FakeCaller {
  std::uint64_t logon_id = 0;
  Bytes sid;
  std::uint32_t uid = 0;
  bool trusted = false;
  bool restricted = false;
  bool network = false;
  SECURITY_IMPERSONATION_LEVEL level = SecurityImpersonation;
};

struct FakeToken {
  std::uint64_t logon_id = 0;
  Bytes user;
  SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
  SECURITY_LOGON_TYPE type = UndefinedLogonType;
};

class FakeLsa {
 public:
  FakeLsa();
  ~FakeLsa();
  static FakeLsa& current();
  static LSA_SECPKG_FUNCTION_TABLE table();

  const FakeAccount& account(std::u16string_view name) const;

  // The n-th support function that may fail from now on does; 0: none. True when it has.
  void fail_at(int n);
  bool has_failed() const { return failed_; }
  bool may_fail();

  std::string state_directory;
  Fixed32 authority_id = test_authority(0xa1);
  std::vector<FakeAccount> accounts;

  std::mutex mutex;                                                // guards the rest
  std::map<std::uint64_t, std::map<std::string, Bytes>> sessions;  // with their credentials
  std::map<std::uint32_t, FakeToken> tokens;                       // of the host
  std::map<std::uint32_t, FakeToken> client_tokens;
  std::map<void*, std::size_t> heap;     // AllocateLsaHeap
  std::map<void*, Bytes> client_memory;  // AllocateClientBuffer
  std::set<HANDLE> closed_in_client;     // CloseHandle of a client token
  std::uint64_t next_luid = 0x10000;
  std::uint32_t next_token = 8;

 private:
  std::atomic<int> fail_countdown_{0};
  std::atomic<bool> failed_{false};
};

FakeCaller& caller();  // of this thread

}  // namespace sshkey::test
