// An OPENLSA_DOMAIN_ACCOUNT while the door fills it and we copy: freed by the door whenever it was filled, and wiped
// here in any case.
#pragma once

#include "base/secret.hpp"
#include "host/current_call.hpp"

#include <openlsa/openlsa_domain.h>

namespace openlsa::host {

class HeldAccount {
 public:
  HeldAccount(CurrentCall& call, const OPENLSA_DOMAIN_INTERFACE& table) : call_(call), table_(table) {
    account_.Size = sizeof account_;
  }
  ~HeldAccount() {
    if (filled_)
      call_.enter("FreeAccount", STATUS_INTERNAL_ERROR, [&] {
        table_.FreeAccount(&account_);
        return STATUS_SUCCESS;
      });
    base::wipe(&account_, sizeof account_);
  }
  HeldAccount(const HeldAccount&) = delete;
  HeldAccount& operator=(const HeldAccount&) = delete;

  // Runs an entry point of the door that fills it.
  template <class Entry>
  nt::Status fill(const char* entry_name, Entry&& entry) {
    const nt::Status status = call_.enter(entry_name, STATUS_INTERNAL_ERROR, [&] { return entry(&account_); });
    filled_ = nt::succeeded(status);
    return status;
  }
  const OPENLSA_DOMAIN_ACCOUNT& get() const { return account_; }

 private:
  CurrentCall& call_;
  const OPENLSA_DOMAIN_INTERFACE& table_;
  OPENLSA_DOMAIN_ACCOUNT account_{};
  bool filled_ = false;
};

}  // namespace openlsa::host
