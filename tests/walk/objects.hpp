// What good calls are about: made when first asked for, gone with this.
#pragma once

#include <openlsa/ntsecapi.h>
#include <openlsa/sspi.h>
#include <openlsa/windows.h>

#include <memory>
#include <string>
#include <vector>

#include "support/lsa_client.hpp"
#include "support/policy_client.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::walk {

enum class Kind {
  none,
  credential,
  initiator,
  acceptor,
  half_open,
  uncompleted,
  sasl,  // an acceptor whose mechanism is complete, and whose offer of a security layer is still to come
  connection,
  policy,
  token,
  event
};

class Objects {
 public:
  Objects() = default;
  ~Objects();
  Objects(const Objects&) = delete;
  Objects& operator=(const Objects&) = delete;

  SecHandle credential();
  SecHandle context(Kind side);
  HANDLE handle(Kind kind);
  test::Connection& connection();
  HANDLE impersonation_token();  // of the token

  std::string sealed();  // by the initiator, for the acceptor
  std::vector<std::string> signed_message();
  const std::string& packed();           // the acceptor, exported
  const std::string& identity();         // an identity block
  const std::string& cred_ui_context();  // a marshaled one of half_open's context
  void* provided_context();              // what SspiUnmarshalCredUIContext makes of it
  ULONG package();                       // the number of the scripted one

  // Closes the object with the function that is there for it; false when that failed.
  bool close(Kind kind);

 private:
  test::Conversation& talk();
  SecHandle sasl_acceptor();
  std::unique_ptr<test::Conversation> talk_, uncompleted_;
  std::unique_ptr<test::Credential> credential_;
  std::unique_ptr<test::Context> half_open_;
  SecHandle sasl_{};
  bool has_sasl_ = false;
  std::unique_ptr<test::Connection> connection_;
  std::unique_ptr<test::Policy> policy_;
  test::TokenHandle token_, impersonation_;
  HANDLE event_ = nullptr;
  void* provided_ = nullptr;
  std::string packed_, identity_, cred_ui_;
};

// Handles that were closed before.
SecHandle stale_sec_handle(Kind kind);
HANDLE stale_handle(Kind kind);
bool is_sec_handle(Kind kind);

}  // namespace openlsa::walk
