// An account of the domain as the structure of openlsa_domain.h.
#pragma once

#include <string.h>  // explicit_bzero (string.h(3))

#include <memory>
#include <vector>

#include "library.hpp"
#include "storage.hpp"

namespace winbind {

// The account's SID, its primary group's, and its other groups'.
using AccountSids = std::vector<wbc::SidWithAttributes>;

class AccountBuilder {
 public:
  AccountBuilder(const Connection& connection, OPENLSA_DOMAIN_ACCOUNT& out) : connection_(connection), out_(out) {
    account_.Size = out.Size;
  }
  ~AccountBuilder() { explicit_bzero(&account_, sizeof account_); }
  AccountBuilder(const AccountBuilder&) = delete;
  AccountBuilder& operator=(const AccountBuilder&) = delete;

  OPENLSA_DOMAIN_ACCOUNT& account() { return account_; }
  Storage& storage() { return *storage_; }

  // False for names or SIDs that are none.
  bool names(const char* user, const char* full_name, const char* domain, const char* dns_domain);
  bool sids(const AccountSids& sids);
  // From here on the door's to free.
  void give();

 private:
  void map(const AccountSids& sids);

  const Connection& connection_;
  OPENLSA_DOMAIN_ACCOUNT& out_;
  OPENLSA_DOMAIN_ACCOUNT account_{};
  std::unique_ptr<Storage> storage_ = std::make_unique<Storage>();
};

// The DNS name of a domain; empty when winbindd knows none.
std::string dns_name_of(const Connection& connection, const char* domain);

}  // namespace winbind
