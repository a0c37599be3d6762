// Token information as a package gets it (PostLogonUserSurrogate): the documented structure in one block.
#pragma once

#include "nt/token_data.hpp"
#include "win32/information_block.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

class TokenInformationView {
 public:
  explicit TokenInformationView(const nt::TokenInformation& value);
  TokenInformationView(const TokenInformationView&) = delete;
  TokenInformationView& operator=(const TokenInformationView&) = delete;
  LSA_TOKEN_INFORMATION_TYPE type() const { return type_; }
  void* get() { return storage_.data(); }

 private:
  LSA_TOKEN_INFORMATION_TYPE type_;
  base::Bytes storage_;
};

}  // namespace openlsa::host::marshal
