#include "host/calls/logon_results.hpp"

#include "host/marshal/primary_credentials.hpp"
#include "host/marshal/supplemental.hpp"
#include "host/marshal/token_information.hpp"
#include "host/refusal.hpp"

namespace openlsa::host {
namespace {

// SECPKG_PRIMARY_CRED_EX begins with the members of SECPKG_PRIMARY_CRED.
SECPKG_PRIMARY_CRED& head_of(SECPKG_PRIMARY_CRED_EX& credentials) {
  return reinterpret_cast<SECPKG_PRIMARY_CRED&>(credentials);
}
const SECPKG_PRIMARY_CRED& head_of(const SECPKG_PRIMARY_CRED_EX& credentials) {
  return reinterpret_cast<const SECPKG_PRIMARY_CRED&>(credentials);
}

constexpr auto heap = marshal::Reach::heap_only;

}  // namespace

bool offers_logon(const LoadedPackage& package) {
  const auto& table = package.table;
  return table.LogonUserEx3 != nullptr || table.LogonUserEx2 != nullptr || table.LogonUserEx != nullptr ||
         table.LogonUser != nullptr;
}

LogonResults::~LogonResults() {
  for (PUNICODE_STRING string : {account_, authority_, machine_}) marshal::free_returned(string);
  if (!succeeded_) return;
  marshal::free_token_information(token_type_, token_information_);
  marshal::free_primary_members(head_of(primary_));
  marshal::free_supplemental(supplemental_);
}

nt::Status LogonResults::run(CurrentCall& call, const Input& input) {
  const nt::Status status = enter_slot(call, input);
  succeeded_ = nt::succeeded(status);
  return status;
}

nt::Status LogonResults::enter_slot(CurrentCall& call, const Input& input) {
  const auto& table = call.package().table;
  auto** request = call.client_request();
  const auto type = static_cast<SECURITY_LOGON_TYPE>(input.logon_type);
  void* const buffer = input.submit.empty() ? nullptr : input.submit.data();
  auto* const base = reinterpret_cast<void*>(input.address);
  const auto size = static_cast<ULONG>(input.submit.size());
  if (table.LogonUserEx3 != nullptr)
    return call.enter("LogonUserEx3", STATUS_UNHANDLED_EXCEPTION, [&] {
      return table.LogonUserEx3(request, type, buffer, base, size, input.surrogate, &profile_, &profile_size_,
                                &logon_id_, &sub_status_, &token_type_, &token_information_, &account_, &authority_,
                                &machine_, &head_of(primary_), &supplemental_);
    });
  if (table.LogonUserEx2 != nullptr)
    return call.enter("LsaApLogonUserEx2", STATUS_UNHANDLED_EXCEPTION, [&] {
      return table.LogonUserEx2(request, type, buffer, base, size, &profile_, &profile_size_, &logon_id_, &sub_status_,
                                &token_type_, &token_information_, &account_, &authority_, &machine_,
                                &head_of(primary_), &supplemental_);
    });
  if (table.LogonUserEx != nullptr)
    return call.enter("LsaApLogonUserEx", STATUS_UNHANDLED_EXCEPTION, [&] {
      return table.LogonUserEx(request, type, buffer, base, size, &profile_, &profile_size_, &logon_id_, &sub_status_,
                               &token_type_, &token_information_, &account_, &authority_, &machine_);
    });
  return call.enter("LsaApLogonUser", STATUS_UNHANDLED_EXCEPTION, [&] {
    return table.LogonUser(request, type, buffer, base, size, &profile_, &profile_size_, &logon_id_, &sub_status_,
                           &token_type_, &token_information_, &account_, &authority_);
  });
}

const char* LogonResults::copy_success(CurrentCall& call, seam::LogonUserReply& reply) const {
  reply.sub_status = sub_status_;
  reply.logon_id = nt::Luid::from_parts(logon_id_.LowPart, logon_id_.HighPart);
  auto token_information =
      marshal::copy_token_information(static_cast<std::uint32_t>(token_type_), token_information_, heap);
  if (!token_information) return token_information.error().what;
  reply.token_information = std::move(*token_information);
  struct Name {
    seam::OptionalText& value;
    const UNICODE_STRING* string;
  };
  for (const Name& name : {Name{reply.account_name, account_}, Name{reply.authenticating_authority, authority_},
                           Name{reply.machine_name, machine_}}) {
    auto copied = marshal::copy_text(name.string, heap);
    if (!copied) return copied.error().what;
    name.value = std::move(*copied);
  }
  auto primary = marshal::copy_primary(head_of(primary_), heap);
  if (!primary) return primary.error().what;
  reply.primary = std::move(*primary);
  auto supplemental = marshal::copy_supplemental(supplemental_, heap);
  if (!supplemental) return supplemental.error().what;
  reply.supplemental = std::move(*supplemental);
  const auto profile = reinterpret_cast<std::uint64_t>(profile_);
  if (profile != 0 && !call.memory().is_block(profile, profile_size_))
    return "a profile buffer that AllocateClientBuffer did not give in this call, or a length beyond it";
  reply.profile_address = profile;
  reply.profile_size_bytes = profile == 0 ? 0 : profile_size_;
  return nullptr;
}

void LogonResults::copy_failure(const LoadedPackage& package, seam::LogonUserReply& reply) const {
  reply.sub_status = sub_status_;
  // AccountName is returned on failure too, for the audit record.
  constexpr const char* entry = "LogonUser, which failed,";
  if (auto name = accept(marshal::copy_text(account_, heap), package, entry)) reply.account_name = std::move(*name);
  if (auto name = accept(marshal::copy_text(authority_, heap), package, entry))
    reply.authenticating_authority = std::move(*name);
  if (auto name = accept(marshal::copy_text(machine_, heap), package, entry)) reply.machine_name = std::move(*name);
}

}  // namespace openlsa::host
