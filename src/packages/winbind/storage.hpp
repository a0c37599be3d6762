// The memory that the structures of one answer point to.
#pragma once

#include <openlsa/openlsa_domain.h>

#include <deque>
#include <string>
#include <vector>

#include "wbclient.hpp"

namespace winbind {

class Storage {
 public:
  // A counted string; false for text of winbind's that is no UTF-8 or that no counted string holds.
  bool text(const char* utf8, UNICODE_STRING& out);
  // A SID in its binary form; null for one that is none.
  PSID sid(const wbc::Sid& from);

  std::vector<SID_AND_ATTRIBUTES> groups;
  std::vector<ULONG> posix_groups;
  std::vector<OPENLSA_DOMAIN_NAME> domains;

 private:
  std::deque<std::u16string> texts_;
  std::deque<std::vector<UCHAR>> sids_;
};

}  // namespace winbind
