#include "ntlm_parties.hpp"

#include <fmt/format.h>
#include <openlsa/security.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "measure.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t token_limit = 4096;
constexpr ULONG initiator_flags = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY;
constexpr ULONG acceptor_flags = ASC_REQ_CONFIDENTIALITY | ASC_REQ_INTEGRITY;
SEC_WCHAR package[] = {'N', 'T', 'L', 'M', 0};
SEC_WCHAR target[] = {'h', 't', 't', 'p', '/', 'l', 'o', 'c', 'a', 'l', 'h', 'o', 's', 't', 0};

void need_status(SECURITY_STATUS status, SECURITY_STATUS wanted, const char* what) {
  if (status != wanted) give_up(fmt::format("NTLM: {} answered {:#010x}", what, static_cast<std::uint32_t>(status)));
}

struct Token {
  std::array<std::uint8_t, token_limit> bytes;
  SecBuffer buffer{token_limit, SECBUFFER_TOKEN, bytes.data()};
  SecBufferDesc message{SECBUFFER_VERSION, 1, &buffer};
};

}  // namespace

NtlmAuthority::NtlmAuthority(const std::string& composition) : authority_(composition) {
  const int password = ::memfd_create("password", 0);
  if (password < 0 || ::write(password, ntlm_password, sizeof ntlm_password - 1) != sizeof ntlm_password - 1)
    give_up("no descriptor for the password");
  ::lseek(password, 0, SEEK_SET);
  authority_.control({"account", "add", ntlm_user, "--password-fd", std::to_string(password)});
  ::close(password);
  ::setenv("OPENLSA_AUTHORITY", authority_.address().c_str(), 1);
}

NtlmParties::NtlmParties() {
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  std::string user = ntlm_user, domain = ntlm_domain, password = ntlm_password;
  identity.User = reinterpret_cast<unsigned char*>(user.data());
  identity.UserLength = static_cast<ULONG>(user.size());
  identity.Domain = reinterpret_cast<unsigned char*>(domain.data());
  identity.DomainLength = static_cast<ULONG>(domain.size());
  identity.Password = reinterpret_cast<unsigned char*>(password.data());
  identity.PasswordLength = static_cast<ULONG>(password.size());
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  TimeStamp expiry{};
  need_status(AcquireCredentialsHandleW(nullptr, package, SECPKG_CRED_OUTBOUND, nullptr, &identity, nullptr, nullptr,
                                        &client_, &expiry),
              SEC_E_OK, "AcquireCredentialsHandle of the client");
  need_status(AcquireCredentialsHandleW(nullptr, package, SECPKG_CRED_INBOUND, nullptr, nullptr, nullptr, nullptr,
                                        &server_, &expiry),
              SEC_E_OK, "AcquireCredentialsHandle of the server");
}

NtlmParties::~NtlmParties() {
  FreeCredentialsHandle(&client_);
  FreeCredentialsHandle(&server_);
}

NtlmConversation::NtlmConversation(NtlmParties& parties) {
  Token negotiate, challenge, authenticate, nothing;
  ULONG attributes = 0;
  TimeStamp expiry{};
  need_status(InitializeSecurityContextW(parties.client(), nullptr, target, initiator_flags, 0, SECURITY_NATIVE_DREP,
                                         nullptr, 0, &client_, &negotiate.message, &attributes, &expiry),
              SEC_I_CONTINUE_NEEDED, "InitializeSecurityContext");
  need_status(AcceptSecurityContext(parties.server(), nullptr, &negotiate.message, acceptor_flags, SECURITY_NATIVE_DREP,
                                    &server_, &challenge.message, &attributes, &expiry),
              SEC_I_CONTINUE_NEEDED, "AcceptSecurityContext");
  need_status(InitializeSecurityContextW(parties.client(), &client_, target, initiator_flags, 0, SECURITY_NATIVE_DREP,
                                         &challenge.message, 0, &client_, &authenticate.message, &attributes, &expiry),
              SEC_E_OK, "InitializeSecurityContext, second leg");
  need_status(AcceptSecurityContext(parties.server(), &server_, &authenticate.message, acceptor_flags,
                                    SECURITY_NATIVE_DREP, &server_, &nothing.message, &attributes, &expiry),
              SEC_E_OK, "AcceptSecurityContext, second leg");
}

NtlmConversation::~NtlmConversation() {
  DeleteSecurityContext(&client_);
  DeleteSecurityContext(&server_);
}

}  // namespace openlsa::bench
