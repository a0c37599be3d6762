// What OPENLSA_LOGON points to: blocks of the LSA heap, all of them or none.
#pragma once

#include <openlsa/openlsa.h>

#include "seam/support_calls.hpp"

namespace openlsa::host::accounts {

class LogonBlocks {
 public:
  explicit LogonBlocks(const seam::LogOnAccountReply& reply);
  // Frees what was not given.
  ~LogonBlocks();
  LogonBlocks(const LogonBlocks&) = delete;
  LogonBlocks& operator=(const LogonBlocks&) = delete;

  bool complete() const { return complete_; }
  // From now on the calling package's.
  void give(OPENLSA_LOGON& logon);

 private:
  UNICODE_STRING user_name_{}, domain_name_{}, logon_server_{};
  void* user_ = nullptr;
  void* primary_group_ = nullptr;
  void* groups_ = nullptr;
  bool complete_ = false;
};

}  // namespace openlsa::host::accounts
