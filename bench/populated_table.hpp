// A session table with many sessions, each with its token and a handle to it, as logons leave them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "authority/accounts/account_store.hpp"
#include "authority/domain/domain_identities.hpp"
#include "authority/policy/policy_store.hpp"
#include "authority/sessions/session_table.hpp"
#include "authority/tokens/token_factory.hpp"
#include "authority/tokens/token_table.hpp"

namespace openlsa::bench {

// Accounts for the tokens, and their rights, in a private directory.
class BenchAccounts {
 public:
  BenchAccounts();
  ~BenchAccounts();
  const authority::AccountStore& store() const { return *store_; }
  const authority::PolicyStore& policy() const { return *policy_; }
  const authority::Account& user() const { return user_; }

 private:
  std::string directory_;
  std::unique_ptr<authority::AccountStore> store_;
  std::unique_ptr<authority::PolicyStore> policy_;
  authority::Account user_;
};

class PopulatedTable {
 public:
  // In a table of its own.
  PopulatedTable(const BenchAccounts& accounts, std::size_t count);
  // In the table of an authority, which lives longer.
  PopulatedTable(std::shared_ptr<authority::SessionTable> sessions, const authority::AccountStore& store,
                 const authority::PolicyStore& policy, const authority::Account& user, std::size_t count);

  authority::SessionTable& sessions() { return *sessions_; }
  nt::Luid id(std::size_t index) const { return {first_ + index}; }
  std::size_t size() const { return size_; }

 private:
  void log_on(const authority::AccountStore& store, const authority::Account& user, nt::Luid id);

  std::shared_ptr<authority::SessionTable> sessions_;
  authority::DomainIdentities domains_;  // none
  authority::TokenFactory tokens_;
  const authority::Rights rights_;
  // Each process has its table; a server of many users has many handles.
  std::vector<std::unique_ptr<authority::HandleTable>> handles_;
  std::uint64_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace openlsa::bench
