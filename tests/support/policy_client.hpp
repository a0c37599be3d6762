// The policy functions as a test wants them: what is not freed by hand is freed at the end.
#pragma once

#include <openlsa/ntsecapi.h>

#include <optional>
#include <string>
#include <vector>

#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {

// A counted string over text that it owns.
class WideText {
 public:
  WideText(std::string_view text);  // NOLINT: stands for the string that it holds
  WideText(const WideText&) = delete;
  WideText& operator=(const WideText&) = delete;
  PLSA_UNICODE_STRING get() { return &string_; }

 private:
  std::vector<SEC_WCHAR> text_;
  LSA_UNICODE_STRING string_{};
};

// One name or SID that was looked up.
struct Looked {
  unsigned use = 0;
  std::string name;    // "DOMAIN\name"
  std::string sid;     // LsaLookupNames2
  std::string domain;  // its name; "none" for index -1
};
struct Lookup {
  NTSTATUS status = 0;
  std::vector<Looked> found;
  std::vector<std::string> domains;  // "name=SID"
  bool lists_written = false;
};

class Policy {
 public:
  explicit Policy(ACCESS_MASK access = POLICY_LOOKUP_NAMES | POLICY_VIEW_LOCAL_INFORMATION);
  ~Policy();
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  LSA_HANDLE get() const { return handle_; }
  NTSTATUS status() const { return status_; }
  NTSTATUS close();

  Lookup names(const std::vector<std::string>& names) const;
  Lookup sids(const std::vector<std::string>& sids) const;
  NTSTATUS add(const std::string& sid, const std::vector<std::string>& rights) const;
  NTSTATUS remove(const std::string& sid, const std::vector<std::string>& rights, bool all = false) const;
  // In the order of the answer; the status in `status` when it is given.
  std::vector<std::string> rights(const std::string& sid, NTSTATUS* status = nullptr) const;
  std::vector<std::string> accounts_with(const std::optional<std::string>& right, NTSTATUS* status = nullptr) const;
  NTSTATUS store(const std::string& key, const std::optional<std::string>& data) const;
  std::string retrieve(const std::string& key, NTSTATUS* status = nullptr) const;

 private:
  LSA_HANDLE handle_ = nullptr;
  NTSTATUS status_ = 0;
};

// The thread acts with the token, without its POSIX identity, until this goes.
class ActingAs {
 public:
  explicit ActingAs(const TokenHandle& token);
  ~ActingAs();
  ActingAs(const ActingAs&) = delete;
  ActingAs& operator=(const ActingAs&) = delete;
};

// Rights that an account has until this goes.
class GivenRights {
 public:
  GivenRights(std::string sid, std::vector<std::string> rights);
  ~GivenRights();
  GivenRights(const GivenRights&) = delete;
  GivenRights& operator=(const GivenRights&) = delete;

 private:
  const std::string sid_;
  const std::vector<std::string> rights_;
};

inline constexpr ACCESS_MASK rights_access =
    POLICY_LOOKUP_NAMES | POLICY_CREATE_ACCOUNT | POLICY_VIEW_LOCAL_INFORMATION;
inline constexpr ACCESS_MASK secrets_access = POLICY_CREATE_SECRET | POLICY_GET_PRIVATE_INFORMATION;

}  // namespace openlsa::test
