// A logon session in the making: it is deleted again, with its key, unless it was handed to the LSA.
#pragma once

#include <openlsa/windows.h>

#include "lsa_mode/session_credentials.hpp"

namespace sshkey {

class NewLogonSession {
 public:
  explicit NewLogonSession(Package& package) : package_(package) {}
  NewLogonSession(const NewLogonSession&) = delete;
  NewLogonSession& operator=(const NewLogonSession&) = delete;
  ~NewLogonSession() {
    if (!made_) return;
    if (has_key_) drop_credential(package_, value_of(id_));
    package_.setting.lsa->DeleteLogonSession(&id_);
  }

  NTSTATUS create() {
    if (!AllocateLocallyUniqueId(&id_)) return STATUS_INSUFFICIENT_RESOURCES;
    const NTSTATUS status = package_.setting.lsa->CreateLogonSession(&id_);
    made_ = status >= 0;
    return status;
  }
  NTSTATUS add_key(std::shared_ptr<const Credential> credential) {
    has_key_ = true;
    return keep_credential(package_, id_, std::move(credential));
  }
  LUID& id() { return id_; }
  void hand_over() { made_ = false; }

 private:
  Package& package_;
  LUID id_{};
  bool made_ = false;
  bool has_key_ = false;
};

}  // namespace sshkey
