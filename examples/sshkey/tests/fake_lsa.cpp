#include "fake_lsa.hpp"

#include <openlsa/windows.h>

namespace sshkey::test {
namespace {

FakeLsa* instance = nullptr;
HANDLE caller_token() { return reinterpret_cast<HANDLE>(std::uintptr_t{0x7ffffff8}); }
std::uint64_t number(const LUID* luid) { return static_cast<std::uint64_t>(luid->HighPart) << 32 | luid->LowPart; }
std::uint32_t number(HANDLE handle) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(handle)); }
HANDLE handle_of(std::uint32_t value) { return reinterpret_cast<HANDLE>(std::uintptr_t{value}); }
std::string text(const LSA_STRING* string) { return {string->Buffer, string->Length}; }

NTSTATUS create_logon_session(PLUID id) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_NO_MEMORY;
  const std::lock_guard lock(lsa.mutex);
  return lsa.sessions.emplace(number(id), std::map<std::string, Bytes>{}).second ? STATUS_SUCCESS
                                                                                 : STATUS_LOGON_SESSION_COLLISION;
}
NTSTATUS delete_logon_session(PLUID id) {
  FakeLsa& lsa = FakeLsa::current();
  const std::lock_guard lock(lsa.mutex);
  return lsa.sessions.erase(number(id)) == 1 ? STATUS_SUCCESS : STATUS_NO_SUCH_LOGON_SESSION;
}
NTSTATUS add_credential(PLUID id, ULONG, PLSA_STRING key, PLSA_STRING value) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_NO_MEMORY;
  const std::lock_guard lock(lsa.mutex);
  const auto session = lsa.sessions.find(number(id));
  if (session == lsa.sessions.end()) return STATUS_NO_SUCH_LOGON_SESSION;
  session->second[text(key)] = Bytes(value->Buffer, value->Buffer + value->Length);
  return STATUS_SUCCESS;
}
PVOID allocate_lsa_heap(ULONG size) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return nullptr;
  void* block = std::calloc(1, size == 0 ? 1 : size);
  const std::lock_guard lock(lsa.mutex);
  lsa.heap[block] = size;
  return block;
}
VOID free_lsa_heap(PVOID block) {
  FakeLsa& lsa = FakeLsa::current();
  const std::lock_guard lock(lsa.mutex);
  if (lsa.heap.erase(block) == 1) std::free(block);
}
NTSTATUS get_credentials(PLUID id, ULONG, PULONG, BOOLEAN, PLSA_STRING key, PULONG, PLSA_STRING value) {
  FakeLsa& lsa = FakeLsa::current();
  Bytes found;
  {
    const std::lock_guard lock(lsa.mutex);
    const auto session = lsa.sessions.find(number(id));
    if (session == lsa.sessions.end() || !session->second.contains(text(key))) return STATUS_NOT_FOUND;
    found = session->second[text(key)];
  }
  value->Buffer = static_cast<PCHAR>(allocate_lsa_heap(static_cast<ULONG>(found.size())));
  if (value->Buffer == nullptr) return STATUS_NO_MEMORY;
  std::memcpy(value->Buffer, found.data(), found.size());
  value->Length = value->MaximumLength = static_cast<USHORT>(found.size());
  return STATUS_SUCCESS;
}
NTSTATUS delete_credential(PLUID id, ULONG, PLSA_STRING key) {
  FakeLsa& lsa = FakeLsa::current();
  const std::lock_guard lock(lsa.mutex);
  const auto session = lsa.sessions.find(number(id));
  return session != lsa.sessions.end() && session->second.erase(text(key)) == 1 ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}
NTSTATUS allocate_client_buffer(PLSA_CLIENT_REQUEST, ULONG size, PVOID* address) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_NO_MEMORY;
  *address = std::calloc(1, size + 1);
  const std::lock_guard lock(lsa.mutex);
  lsa.client_memory[*address] = Bytes(size);
  return STATUS_SUCCESS;
}
NTSTATUS free_client_buffer(PLSA_CLIENT_REQUEST, PVOID address) {
  FakeLsa& lsa = FakeLsa::current();
  const std::lock_guard lock(lsa.mutex);
  if (lsa.client_memory.erase(address) != 1) return STATUS_INVALID_PARAMETER;
  std::free(address);
  return STATUS_SUCCESS;
}
NTSTATUS copy_to_client_buffer(PLSA_CLIENT_REQUEST, ULONG size, PVOID address, PVOID source) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_ACCESS_VIOLATION;
  const std::lock_guard lock(lsa.mutex);
  const auto found = lsa.client_memory.find(address);
  if (found == lsa.client_memory.end() || size > found->second.size()) return STATUS_ACCESS_VIOLATION;
  std::memcpy(found->second.data(), source, size);
  return STATUS_SUCCESS;
}
NTSTATUS duplicate_handle(HANDLE source, PHANDLE target) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_NO_MEMORY;
  const std::lock_guard lock(lsa.mutex);
  const auto found = lsa.tokens.find(number(source));
  if (found == lsa.tokens.end()) return STATUS_INVALID_HANDLE;
  *target = handle_of(lsa.next_token);
  lsa.client_tokens[lsa.next_token] = found->second;
  lsa.next_token += 8;
  return STATUS_SUCCESS;
}
NTSTATUS get_client_info(PSECPKG_CLIENT_INFO info) {
  const FakeCaller& who = caller();
  *info = {};
  info->LogonId.LowPart = static_cast<DWORD>(who.logon_id);
  info->HasTcbPrivilege = who.trusted;
  info->Restricted = who.restricted;
  info->ImpersonationLevel = who.level;
  info->ClientToken = caller_token();
  return STATUS_SUCCESS;
}
NTSTATUS create_token(PLUID id, PTOKEN_SOURCE source, SECURITY_LOGON_TYPE type, SECURITY_IMPERSONATION_LEVEL level,
                      LSA_TOKEN_INFORMATION_TYPE information_type, PVOID information, PTOKEN_GROUPS, PUNICODE_STRING,
                      PUNICODE_STRING, PUNICODE_STRING, PUNICODE_STRING, PHANDLE token, PNTSTATUS) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return STATUS_ACCESS_DENIED;
  const std::lock_guard lock(lsa.mutex);
  if (!lsa.sessions.contains(number(id)) || std::strncmp(source->SourceName, "sshkey", 8) != 0 ||
      information_type != LsaTokenInformationV1)
    return STATUS_INVALID_PARAMETER;
  const auto* v1 = static_cast<const LSA_TOKEN_INFORMATION_V1*>(information);
  if (v1->PrimaryGroup.PrimaryGroup == nullptr) return STATUS_INVALID_PARAMETER;
  const auto* sid = static_cast<const std::uint8_t*>(v1->User.User.Sid);
  *token = handle_of(lsa.next_token);
  lsa.tokens[lsa.next_token] = {number(id), Bytes(sid, sid + 8 + 4 * sid[1]), level, type};
  lsa.next_token += 8;
  return STATUS_SUCCESS;
}
VOID audit_logon(NTSTATUS, NTSTATUS, PUNICODE_STRING, PUNICODE_STRING, PUNICODE_STRING, PSID, SECURITY_LOGON_TYPE,
                 PTOKEN_SOURCE, PLUID) {}

// ---- the interface "package" ----------------------------------------------------------------------------------------

NTSTATUS get_state_directory(char* buffer, ULONG* size) {
  const std::string& path = FakeLsa::current().state_directory;
  const ULONG capacity = *size;
  *size = static_cast<ULONG>(path.size() + 1);
  if (capacity < *size) return STATUS_BUFFER_TOO_SMALL;
  std::memcpy(buffer, path.c_str(), *size);
  return STATUS_SUCCESS;
}
NTSTATUS get_token_posix_identity(HANDLE token, OPENLSA_POSIX_IDENTITY* identity) {
  if (token != caller_token()) return STATUS_INVALID_HANDLE;
  *identity = {};
  identity->Uid = identity->Gid = caller().uid;
  identity->HasIdentity = 1;
  return STATUS_SUCCESS;
}
NTSTATUS get_authority_id(UCHAR* id) {
  std::memcpy(id, FakeLsa::current().authority_id.data(), 32);
  return STATUS_SUCCESS;
}
NTSTATUS lookup_account_name(PCUNICODE_STRING name, PSID sid, ULONG* size, OPENLSA_POSIX_IDENTITY*) {
  std::u16string wanted(name->Buffer, name->Length / 2);
  for (char16_t& c : wanted)
    if (c >= u'A' && c <= u'Z') c = static_cast<char16_t>(c + 32);
  for (const FakeAccount& account : FakeLsa::current().accounts) {
    if (account.name != wanted) continue;
    const ULONG capacity = *size;
    *size = static_cast<ULONG>(account.sid.size());
    if (capacity < *size) return STATUS_BUFFER_TOO_SMALL;
    std::memcpy(sid, account.sid.data(), account.sid.size());
    return STATUS_SUCCESS;
  }
  return STATUS_NONE_MAPPED;
}
NTSTATUS lookup_account_sid(PSID sid, PUNICODE_STRING name, OPENLSA_POSIX_IDENTITY* identity) {
  for (const FakeAccount& account : FakeLsa::current().accounts) {
    if (std::memcmp(account.sid.data(), sid, account.sid.size()) != 0) continue;
    const std::u16string full = u"HERE\\" + account.name;
    name->Length = static_cast<USHORT>(full.size() * 2);
    if (name->MaximumLength < name->Length) return STATUS_BUFFER_TOO_SMALL;
    std::memcpy(name->Buffer, full.data(), name->Length);
    if (identity != nullptr) *identity = {account.uid, account.uid, 0, {}, 1};
    return STATUS_SUCCESS;
  }
  return STATUS_NONE_MAPPED;
}

const OPENLSA_PACKAGE_INTERFACE package_interface{sizeof(OPENLSA_PACKAGE_INTERFACE),
                                                  1,
                                                  get_state_directory,
                                                  get_token_posix_identity,
                                                  get_authority_id,
                                                  lookup_account_name,
                                                  lookup_account_sid};

}  // namespace

FakeCaller& caller() {
  thread_local FakeCaller value;
  return value;
}

FakeLsa::FakeLsa() {
  instance = this;
  accounts = {{u"ada", test_sid(1001), 1001}, {u"web", test_sid(1002), 1002}, {u"bob", test_sid(1003), 1003}};
}
FakeLsa::~FakeLsa() {
  for (const auto& [block, size] : heap) std::free(block);
  for (const auto& [block, bytes] : client_memory) std::free(block);
  instance = nullptr;
}
FakeLsa& FakeLsa::current() { return *instance; }

const FakeAccount& FakeLsa::account(std::u16string_view name) const {
  for (const FakeAccount& account : accounts)
    if (account.name == name) return account;
  std::abort();
}

void FakeLsa::fail_at(int n) {
  fail_countdown_ = n;
  failed_ = false;
}
bool FakeLsa::may_fail() {
  if (fail_countdown_ == 0 || --fail_countdown_ != 0) return false;
  failed_ = true;
  return true;
}

LSA_SECPKG_FUNCTION_TABLE FakeLsa::table() {
  LSA_SECPKG_FUNCTION_TABLE table{};
  table.CreateLogonSession = create_logon_session;
  table.DeleteLogonSession = delete_logon_session;
  table.AddCredential = add_credential;
  table.GetCredentials = get_credentials;
  table.DeleteCredential = delete_credential;
  table.AllocateLsaHeap = allocate_lsa_heap;
  table.FreeLsaHeap = free_lsa_heap;
  table.AllocateClientBuffer = allocate_client_buffer;
  table.FreeClientBuffer = free_client_buffer;
  table.CopyToClientBuffer = copy_to_client_buffer;
  table.DuplicateHandle = duplicate_handle;
  table.GetClientInfo = get_client_info;
  table.CreateToken = create_token;
  table.AuditLogon = audit_logon;
  return table;
}

}  // namespace sshkey::test

// ---- what libopenlsa has
// ----------------------------------------------------------------------------------------------

using sshkey::test::FakeLsa;

const void* OpenLsaGetInterface(const char* name, uint32_t version) {
  return std::strcmp(name, OPENLSA_PACKAGE_INTERFACE_NAME) == 0 && version == 1 ? &sshkey::test::package_interface
                                                                                : nullptr;
}

BOOL AllocateLocallyUniqueId(PLUID luid) {
  FakeLsa& lsa = FakeLsa::current();
  if (lsa.may_fail()) return FALSE;
  const std::lock_guard lock(lsa.mutex);
  *luid = {};
  luid->LowPart = static_cast<DWORD>(lsa.next_luid++);
  return TRUE;
}

// A session ends with its last token.
BOOL CloseHandle(HANDLE object) {
  using namespace sshkey::test;
  FakeLsa& lsa = FakeLsa::current();
  const std::lock_guard lock(lsa.mutex);
  const auto value = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(object));
  std::uint64_t logon_id = 0;
  if (const auto found = lsa.tokens.find(value); found != lsa.tokens.end()) {
    logon_id = found->second.logon_id;
    lsa.tokens.erase(found);
  } else if (const auto mapped = lsa.client_tokens.find(value); mapped != lsa.client_tokens.end()) {
    logon_id = mapped->second.logon_id;
    lsa.client_tokens.erase(mapped);
    lsa.closed_in_client.insert(object);
  } else {
    return FALSE;
  }
  for (const auto* all : {&lsa.tokens, &lsa.client_tokens})
    for (const auto& [handle, token] : *all)
      if (token.logon_id == logon_id) return TRUE;
  lsa.sessions.erase(logon_id);
  return TRUE;
}

BOOL GetTokenInformation(HANDLE, TOKEN_INFORMATION_CLASS information_class, LPVOID information, DWORD size,
                         PDWORD needed) {
  using namespace sshkey::test;
  struct Block {
    union {
      TOKEN_USER user;
      TOKEN_GROUPS groups;
    };
    std::uint8_t sid[68];
  };
  *needed = sizeof(Block);
  if (size < sizeof(Block)) return FALSE;
  auto* block = static_cast<Block*>(information);
  std::memset(static_cast<void*>(block), 0, sizeof *block);
  if (information_class == TokenUser) {
    std::memcpy(block->sid, caller().sid.data(), caller().sid.size());
    block->user.User.Sid = block->sid;
  } else {
    const std::uint8_t interactive_or_network[] = {
        1, 1, 0, 0, 0, 0, 0, 5, caller().network ? std::uint8_t{2} : std::uint8_t{4}, 0, 0, 0};
    std::memcpy(block->sid, interactive_or_network, sizeof interactive_or_network);
    block->groups.GroupCount = 1;
    block->groups.Groups[0].Sid = block->sid;
  }
  return TRUE;
}
