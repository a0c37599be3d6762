// What a client process asks of a package's host over its own channel: the LSA-mode half of SSPI.
// Credential and context handles are slot + generation, made by the host for the client of the channel; the handle a
// package gave out never leaves the host, so a forged one finds nothing.
#pragma once

#include <array>

#include "seam/authority_calls.hpp"
#include "seam/values.hpp"

namespace openlsa::seam {

// Documented identity structures (SEC_WINNT_AUTH_IDENTITY and its forms) travel as pieces of client memory that
// CopyFromClientBuffer then reads; reads outside them fail.
struct AcquireCredentialsRequest {
  ClientCallFrame frame;
  OptionalText principal;
  std::uint32_t credential_use = 0;  // SECPKG_CRED_*
  std::optional<nt::Luid> logon_id;
  std::uint64_t authorization_data = 0;  // client address, or 0
  std::vector<ClientMemory> submitted;   // wiped by both sides
  std::uint64_t get_key_fn = 0;
  std::uint64_t get_key_argument = 0;
  OPENLSA_FIELDS(frame, principal, credential_use, logon_id, authorization_data, submitted, get_key_fn,
                 get_key_argument)
};
struct AcquireCredentialsReply {
  nt::Status status = 0;
  SecHandleValue credential;
  nt::FileTime expiry;
  OPENLSA_FIELDS(status, credential, expiry)
};

struct FreeCredentialsRequest {
  SecHandleValue credential;
  OPENLSA_FIELDS(credential)
};
using FreeCredentialsReply = StatusReply;

// The answer of an attribute query: the structure's bytes, whose pointers are addresses in the call's window.
struct QueryAttributesReply {
  nt::Status status = 0;
  base::Bytes buffer;
  ClientWrites writes;
  OPENLSA_FIELDS(status, buffer, writes)
};
struct QueryCredentialsAttributesRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  std::uint32_t attribute = 0;
  std::uint32_t buffer_size_bytes = 0;  // of the structure
  OPENLSA_FIELDS(frame, credential, attribute, buffer_size_bytes)
};
using QueryCredentialsAttributesReply = QueryAttributesReply;
struct QueryContextAttributesRequest {
  ClientCallFrame frame;
  SecHandleValue context;
  std::uint32_t attribute = 0;
  std::uint32_t buffer_size_bytes = 0;
  OPENLSA_FIELDS(frame, context, attribute, buffer_size_bytes)
};
using QueryContextAttributesReply = QueryAttributesReply;

struct InitializeContextRequest {
  ClientCallFrame frame;
  SecHandleValue credential;  // {0,0}: none
  SecHandleValue context;     // {0,0}: the first leg
  OptionalText target_name;
  std::uint32_t requirements = 0;  // ISC_REQ_*
  std::uint32_t data_representation = 0;
  std::vector<SecBufferValue> input;
  std::vector<SecBufferValue> output;  // types and capacities
  OPENLSA_FIELDS(frame, credential, context, target_name, requirements, data_representation, input, output)
};
struct AcceptContextRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  SecHandleValue context;
  std::uint32_t requirements = 0;  // ASC_REQ_*
  std::uint32_t data_representation = 0;
  std::vector<SecBufferValue> input;
  std::vector<SecBufferValue> output;
  OPENLSA_FIELDS(frame, credential, context, requirements, data_representation, input, output)
};
struct ContextReply {
  nt::Status status = 0;
  SecHandleValue context;
  std::vector<SecBufferValue> input;  // cbBuffer and types as the package left them (SECBUFFER_EXTRA, _MISSING)
  std::vector<SecBufferValue> output;
  std::uint32_t attributes = 0;  // ISC_RET_* or ASC_RET_*
  nt::FileTime expiry;
  bool mapped = false;
  base::Secret context_data;  // for SpInitUserModeContext: session keys, once
  // What SpInitUserModeContext gets as its LSA context handle; an opaque value.
  std::uint64_t lsa_context = 0;
  ClientWrites writes;
  OPENLSA_FIELDS(status, context, input, output, attributes, expiry, mapped, context_data, lsa_context, writes)
};
using InitializeContextReply = ContextReply;
using AcceptContextReply = ContextReply;

struct DeleteContextRequest {
  SecHandleValue context;
  OPENLSA_FIELDS(context)
};
using DeleteContextReply = StatusReply;

struct ApplyControlTokenRequest {
  ClientCallFrame frame;
  SecHandleValue context;
  std::vector<SecBufferValue> input;
  OPENLSA_FIELDS(frame, context, input)
};
using ApplyControlTokenReply = StatusReply;

struct AddCredentialsRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  OptionalText principal;
  OptionalText package;
  std::uint32_t credential_use = 0;
  std::uint64_t authorization_data = 0;  // as for AcquireCredentials
  std::vector<ClientMemory> submitted;
  std::uint64_t get_key_fn = 0;
  std::uint64_t get_key_argument = 0;
  OPENLSA_FIELDS(frame, credential, principal, package, credential_use, authorization_data, submitted, get_key_fn,
                 get_key_argument)
};
struct AddCredentialsReply {
  nt::Status status = 0;
  nt::FileTime expiry;
  OPENLSA_FIELDS(status, expiry)
};

// The structure travels in its W form; what its pointers name, and the structure at its own address, are pieces that
// CopyFromClientBuffer reads.
struct SetContextAttributesRequest {
  ClientCallFrame frame;
  SecHandleValue context;
  std::uint32_t attribute = 0;
  base::Secret buffer;  // some attributes are keys
  std::uint64_t buffer_address = 0;
  std::vector<ClientMemory> submitted;
  OPENLSA_FIELDS(frame, context, attribute, buffer, buffer_address, submitted)
};
using SetContextAttributesReply = StatusReply;
struct SetCredentialsAttributesRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  std::uint32_t attribute = 0;
  base::Secret buffer;
  std::uint64_t buffer_address = 0;
  std::vector<ClientMemory> submitted;
  OPENLSA_FIELDS(frame, credential, attribute, buffer, buffer_address, submitted)
};
using SetCredentialsAttributesReply = StatusReply;

// By package alone: whoever changes a password need not have credentials yet.
struct ChangeAccountPasswordRequest {
  ClientCallFrame frame;
  Text domain;
  Text account;
  base::Secret old_password;  // UTF-16LE without terminator
  base::Secret new_password;
  SecBufferValue response;  // SECBUFFER_CHANGE_PASS_RESPONSE: capacity
  OPENLSA_FIELDS(frame, domain, account, old_password, new_password, response)
};
struct ChangeAccountPasswordReply {
  nt::Status status = 0;
  SecBufferValue response;  // with data also after a refusal: it may say which passwords would do
  ClientWrites writes;
  OPENLSA_FIELDS(status, response, writes)
};

// NEGOEX: what a package says before its handshake, and what its peer said.
struct QueryMetaDataRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  SecHandleValue context;  // {0,0}: the call makes one
  OptionalText target_name;
  std::uint32_t requirements = 0;
  OPENLSA_FIELDS(frame, credential, context, target_name, requirements)
};
struct QueryMetaDataReply {
  nt::Status status = 0;
  SecHandleValue context;
  base::Secret meta_data;
  OPENLSA_FIELDS(status, context, meta_data)
};
struct ExchangeMetaDataRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  SecHandleValue context;
  OptionalText target_name;
  std::uint32_t requirements = 0;
  base::Secret meta_data;
  OPENLSA_FIELDS(frame, credential, context, target_name, requirements, meta_data)
};
struct ExchangeMetaDataReply {
  nt::Status status = 0;
  SecHandleValue context;
  OPENLSA_FIELDS(status, context)
};

// SECURITY_USER_DATA as values.
struct GetUserInfoRequest {
  ClientCallFrame frame;
  std::optional<nt::Luid> logon_id;  // none: the caller's own session
  std::uint32_t flags = 0;
  OPENLSA_FIELDS(frame, logon_id, flags)
};
struct GetUserInfoReply {
  nt::Status status = 0;
  OptionalText user_name;
  OptionalText logon_domain_name;
  OptionalText logon_server;
  std::optional<nt::Sid> sid;
  OPENLSA_FIELDS(status, user_name, logon_domain_name, logon_server, sid)
};

using CredentialType = std::array<std::uint8_t, 16>;  // SEC_WINNT_AUTH_DATA_TYPE_*
struct GetCredUiContextRequest {
  ClientCallFrame frame;
  SecHandleValue context;
  CredentialType type{};
  OPENLSA_FIELDS(frame, context, type)
};
struct GetCredUiContextReply {
  nt::Status status = 0;
  base::Secret flat;
  OPENLSA_FIELDS(status, flat)
};
struct UpdateContextCredentialsRequest {
  ClientCallFrame frame;
  SecHandleValue context;
  CredentialType type{};
  base::Secret flat;
  OPENLSA_FIELDS(frame, context, type, flat)
};
using UpdateContextCredentialsReply = StatusReply;

// Credentials that the package keeps for a user.
struct SaveCredentialsRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  std::uint32_t type = 0;  // SECBUFFER_*
  base::Secret credentials;
  OPENLSA_FIELDS(frame, credential, type, credentials)
};
using SaveCredentialsReply = StatusReply;
struct GetSavedCredentialsRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  std::uint32_t type = 0;
  std::uint32_t capacity_bytes = 0;  // 0: the package allocates
  OPENLSA_FIELDS(frame, credential, type, capacity_bytes)
};
struct GetSavedCredentialsReply {
  nt::Status status = 0;
  std::uint32_t type = 0;
  std::uint32_t needed_bytes = 0;  // when the capacity was too small
  base::Secret credentials;
  OPENLSA_FIELDS(status, type, needed_bytes, credentials)
};
struct DeleteSavedCredentialsRequest {
  ClientCallFrame frame;
  SecHandleValue credential;
  std::uint32_t type = 0;
  base::Secret key;
  OPENLSA_FIELDS(frame, credential, type, key)
};
using DeleteSavedCredentialsReply = StatusReply;

#define OPENLSA_SSPI_CALLS(X)                                                      \
  X(1, acquire_credentials, AcquireCredentials, anyone, blocking)                  \
  X(2, free_credentials, FreeCredentials, anyone, blocking)                        \
  X(3, query_credentials_attributes, QueryCredentialsAttributes, anyone, blocking) \
  X(4, initialize_context, InitializeContext, anyone, blocking)                    \
  X(5, accept_context, AcceptContext, anyone, blocking)                            \
  X(6, delete_context, DeleteContext, anyone, blocking)                            \
  X(7, apply_control_token, ApplyControlToken, anyone, blocking)                   \
  X(8, query_context_attributes, QueryContextAttributes, anyone, blocking)         \
  X(9, add_credentials, AddCredentials, anyone, blocking)                          \
  X(10, set_context_attributes, SetContextAttributes, anyone, blocking)            \
  X(11, set_credentials_attributes, SetCredentialsAttributes, anyone, blocking)    \
  X(12, change_account_password, ChangeAccountPassword, anyone, blocking)          \
  X(13, query_meta_data, QueryMetaData, anyone, blocking)                          \
  X(14, exchange_meta_data, ExchangeMetaData, anyone, blocking)                    \
  X(15, get_user_info, GetUserInfo, anyone, blocking)                              \
  X(16, get_cred_ui_context, GetCredUiContext, anyone, blocking)                   \
  X(17, update_context_credentials, UpdateContextCredentials, anyone, blocking)    \
  X(18, save_credentials, SaveCredentials, anyone, blocking)                       \
  X(19, get_saved_credentials, GetSavedCredentials, anyone, blocking)              \
  X(20, delete_saved_credentials, DeleteSavedCredentials, anyone, blocking)

class SspiCalls {
 public:
  virtual ~SspiCalls() = default;
#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  virtual Message##Reply function(Message##Request request) = 0;
  OPENLSA_SSPI_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE
};

// The one up-call: a package calls a function of its user-mode half (ClientCallback), on the thread that waits.
struct ClientCallbackRequest {
  PackageId package = 0;
  std::uint64_t callback = 0;  // an id; names are sent in `name`
  std::string name;
  std::uint64_t argument1 = 0;
  std::uint64_t argument2 = 0;
  SecBufferValue input;
  // A section of CreateSharedMemory: nothing is called, the client maps it, once for each `section`, and answers with
  // the address in `output.client_address` (MapSharedMemory of openlsa.h).
  std::uint64_t section = 0;
  base::UniqueFd memory;
  OPENLSA_FIELDS(package, callback, name, argument1, argument2, input, section, memory)
};
struct ClientCallbackReply {
  nt::Status status = 0;
  SecBufferValue output;
  OPENLSA_FIELDS(status, output)
};
#define OPENLSA_CLIENT_CALLS(X) X(1, client_callback, ClientCallback, anyone, inline_)
class ClientCalls {
 public:
  virtual ~ClientCalls() = default;
  virtual ClientCallbackReply client_callback(ClientCallbackRequest request) = 0;
};

}  // namespace openlsa::seam
