// The table.
#include <openlsa/openlsa.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "domain.hpp"
#include "storage.hpp"

DOMAIN_OBSERVED test_domain_observed;

namespace domain_door {
namespace {

std::string state_directory() {
  static const auto* const functions = static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
  char path[4096];
  ULONG size = sizeof path;
  return functions != nullptr && functions->GetStateDirectory(path, &size) == STATUS_SUCCESS ? path : "";
}

bool offline() { return state_has("offline"); }

void free_account(OPENLSA_DOMAIN_ACCOUNT* account) {
  delete static_cast<Storage*>(account->Private);
  --test_domain_observed.live_accounts;
  explicit_bzero(account, sizeof *account);
}

NTSTATUS log_on(const OPENLSA_DOMAIN_ATTEMPT* attempt, OPENLSA_DOMAIN_ACCOUNT* out) {
  ++test_domain_observed.logons;
  if (attempt->Size < sizeof *attempt || out->Size < sizeof *out) return STATUS_INVALID_PARAMETER;
  log_call(attempt->Password != nullptr ? "log-on password" : "log-on response", text_of(&attempt->UserName),
           text_of(&attempt->DomainName));
  if (offline()) return STATUS_NO_LOGON_SERVERS;
  const Account* account = find_account(text_of(&attempt->UserName), text_of(&attempt->DomainName));
  if (account == nullptr) return STATUS_NO_SUCH_USER;
  if (account->name == u"throw") throw std::runtime_error("the door throws");
  OPENLSA_DOMAIN_ACCOUNT filled{};
  filled.Size = out->Size;
  const NTSTATUS status = judge(*account, *attempt, filled);
  if (status < 0) return status;
  fill(*account, filled);
  fill_logon(filled);
  lie(*account, filled);
  *out = filled;
  return status;
}

NTSTATUS look_up(PSID sid, PCUNICODE_STRING user, PCUNICODE_STRING domain, OPENLSA_DOMAIN_ACCOUNT* out) {
  ++test_domain_observed.look_ups;
  log_call(sid != nullptr ? "look-up sid" : "look-up name", text_of(user), text_of(domain));
  if (offline()) return STATUS_NO_LOGON_SERVERS;
  const Account* account = sid != nullptr ? find_account(sid) : find_account(text_of(user), text_of(domain));
  if (account == nullptr) return STATUS_NONE_MAPPED;
  fill(*account, *out);
  lie(*account, *out);
  return STATUS_SUCCESS;
}

struct Names {
  Storage storage;
  OPENLSA_DOMAIN_NAME names[2];
};
std::mutex mutex;
std::map<OPENLSA_DOMAIN_NAME*, std::unique_ptr<Names>> given;

NTSTATUS enumerate(OPENLSA_DOMAIN_NAME** domains, ULONG* count) {
  log_call("enumerate", u"", u"");
  if (offline()) return STATUS_NO_LOGON_SERVERS;
  auto names = std::make_unique<Names>();
  names->names[0] = {names->storage.text(corp_netbios), names->storage.text(corp_dns), names->storage.sid(corp_sid())};
  names->names[1] = {names->storage.text(trust_netbios), names->storage.text(trust_dns),
                     names->storage.sid(trust_sid())};
  if (state_has("liar-domains")) names->names[1].Sid = nullptr;
  *domains = names->names;
  *count = state_has("liar-domain-count") ? 257 : 2;
  const std::lock_guard lock(mutex);
  OPENLSA_DOMAIN_NAME* const first = names->names;
  given[first] = std::move(names);
  ++test_domain_observed.live_domains;
  return STATUS_SUCCESS;
}

void free_domains(OPENLSA_DOMAIN_NAME* domains, ULONG) {
  const std::lock_guard lock(mutex);
  test_domain_observed.live_domains -= static_cast<std::uint32_t>(given.erase(domains));
}

NTSTATUS change(PCUNICODE_STRING user, PCUNICODE_STRING domain, PCUNICODE_STRING old_password,
                PCUNICODE_STRING new_password) {
  log_call("change-password", text_of(user), text_of(domain));
  if (offline()) return STATUS_NO_LOGON_SERVERS;
  const Account* account = find_account(text_of(user), text_of(domain));
  if (account == nullptr) return STATUS_NO_SUCH_USER;
  return change_password(*account, text_of(old_password), text_of(new_password));
}

constexpr OPENLSA_DOMAIN_INTERFACE table{sizeof(OPENLSA_DOMAIN_INTERFACE),
                                         OPENLSA_DOMAIN_INTERFACE_VERSION,
                                         log_on,
                                         look_up,
                                         free_account,
                                         enumerate,
                                         free_domains,
                                         change};

}  // namespace

bool state_has(const char* name) {
  const std::string directory = state_directory();
  return !directory.empty() && ::access((directory + "/" + name).c_str(), F_OK) == 0;
}

void log_call(const char* call, std::u16string_view user, std::u16string_view domain) {
  const std::string directory = state_directory();
  if (directory.empty()) return;
  std::string line = call;
  for (const std::u16string_view name : {domain, user}) {
    line += ' ';
    for (const char16_t unit : name) line += unit < 0x7f ? static_cast<char>(unit) : '?';
  }
  line += '\n';
  const int file = ::open((directory + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  static_cast<void>(!::write(file, line.data(), line.size()));
  ::close(file);
}

}  // namespace domain_door

extern "C" __attribute__((visibility("default"))) NTSTATUS
OpenlsaDomainInitialize(ULONG version, const OPENLSA_DOMAIN_INTERFACE** out) {
  if (version < OPENLSA_DOMAIN_INTERFACE_VERSION) return STATUS_REVISION_MISMATCH;
  *out = &domain_door::table;
  return STATUS_SUCCESS;
}
