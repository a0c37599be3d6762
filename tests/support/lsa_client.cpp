#include "support/lsa_client.hpp"

#include <openlsa/ntstatus.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace openlsa::test {
namespace {

TOKEN_SOURCE token_source() {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "SemTest", 7);
  source.SourceIdentifier = luid_of(0x1234);
  return source;
}

void take_profile(PVOID profile, LogonResult& result) {
  result.profile_given = profile != nullptr;
  if (profile == nullptr) return;
  const auto* header = static_cast<const ProbeProfile*>(profile);
  if (result.profile_size == sizeof *header && header->Magic == probe_profile_magic) {
    result.profile_text.assign(header->Text, header->TextLength);
    LsaFreeReturnBuffer(header->Text);
  }
  LsaFreeReturnBuffer(profile);
}

}  // namespace

TokenHandle& TokenHandle::operator=(TokenHandle&& other) noexcept {
  if (this != &other) {
    close();
    handle_ = other.release();
  }
  return *this;
}

HANDLE TokenHandle::release() { return std::exchange(handle_, nullptr); }

bool TokenHandle::close() {
  const HANDLE handle = release();
  return handle == nullptr || CloseHandle(handle) != FALSE;
}

Connection Connection::trusted(const char* name) {
  AnsiText text(name);
  HANDLE handle = nullptr;
  LSA_OPERATIONAL_MODE mode = 0;
  const NTSTATUS status = LsaRegisterLogonProcess(text.get(), &handle, &mode);
  return {handle, status};
}

Connection Connection::untrusted() {
  HANDLE handle = nullptr;
  const NTSTATUS status = LsaConnectUntrusted(&handle);
  return {handle, status};
}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), status_(other.status_) {}

Connection::~Connection() {
  if (handle_ != nullptr) LsaDeregisterLogonProcess(handle_);
}

HANDLE Connection::release() { return std::exchange(handle_, nullptr); }

ULONG Connection::package(const char* name) const {
  AnsiText text(name);
  ULONG id = 0;
  return LsaLookupAuthenticationPackage(handle_, text.get(), &id) == STATUS_SUCCESS ? id : 0xffffffff;
}

CallResult Connection::call(ULONG package, std::string_view script) const {
  CallResult result;
  std::string submit(script);
  PVOID returned = nullptr;
  ULONG size = 0;
  result.status = LsaCallAuthenticationPackage(handle_, package, submit.data(), static_cast<ULONG>(submit.size()),
                                               &returned, &size, &result.protocol_status);
  if (returned != nullptr) {
    result.bytes.assign(static_cast<const char*>(returned), size);
    LsaFreeReturnBuffer(returned);
  }
  result.answers = parse_answers(result.bytes);
  return result;
}

LogonResult Connection::logon(const char* package_name, std::string_view script, SECURITY_LOGON_TYPE type,
                              PTOKEN_GROUPS local_groups) const {
  LogonResult result;
  AnsiText origin("semantic");
  std::string submit(script);
  TOKEN_SOURCE source = token_source();
  PVOID profile = nullptr;
  LUID luid{};
  HANDLE token = nullptr;
  result.sub_status = static_cast<NTSTATUS>(0x55555555);
  result.status = LsaLogonUser(handle_, origin.get(), type, package(package_name), submit.data(),
                               static_cast<ULONG>(submit.size()), local_groups, &source, &profile, &result.profile_size,
                               &luid, &token, &result.quotas, &result.sub_status);
  result.luid = value_of(luid);
  result.token = TokenHandle(token);
  take_profile(profile, result);
  return result;
}

std::vector<unsigned long long> session_list() {
  ULONG count = 0;
  PLUID list = nullptr;
  std::vector<unsigned long long> result;
  if (LsaEnumerateLogonSessions(&count, &list) != STATUS_SUCCESS) return result;
  for (ULONG i = 0; i < count; ++i) result.push_back(value_of(list[i]));
  LsaFreeReturnBuffer(list);
  return result;
}

bool session_listed(unsigned long long luid) {
  const auto list = session_list();
  return std::find(list.begin(), list.end(), luid) != list.end();
}

}  // namespace openlsa::test
