#include "lsa_mode/session_credentials.hpp"

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::uint32_t version = 1;
constexpr std::size_t max_account = 1024;
char primary_key[] = "session-key";

LSA_STRING key_name() {
  LSA_STRING name{};
  name.Length = name.MaximumLength = sizeof primary_key - 1;
  name.Buffer = primary_key;
  return name;
}

Secret encode(const Credential& credential) {
  const Bytes head =
      Writer().u32(version).string(credential.statement).string(credential.sshsig).string(credential.account).take();
  Secret out(head.size() + key_size);
  MutableView bytes = out.reveal_mutable();
  std::memcpy(bytes.data(), head.data(), head.size());
  std::memcpy(bytes.data() + head.size(), credential.session_private.reveal().data(), key_size);
  return out;
}

std::shared_ptr<const Credential> decode(View bytes) {
  Reader reader(bytes);
  auto credential = std::make_shared<Credential>();
  const std::uint32_t found_version = reader.u32();
  credential->statement = copy_of(reader.string(max_statement));
  credential->sshsig = copy_of(reader.string(max_sshsig));
  credential->account = text_of(reader.string(max_account));
  credential->session_private = Secret(reader.raw(key_size));
  const auto fields = decode_statement(credential->statement);
  if (!reader.finished() || found_version != version || !fields) return nullptr;
  credential->fields = *fields;
  return credential;
}

// What the LSA keeps for us in the session: after a restart of this process it is all there is.
std::shared_ptr<const Credential> read_back(const Package& package, std::uint64_t logon_id) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *package.setting.lsa;
  LUID luid = luid_of(logon_id);
  LSA_STRING name = key_name();
  LSA_STRING value{};
  ULONG cursor = 0;
  ULONG name_length = 0;
  if (lsa.GetCredentials(&luid, package.setting.id, &cursor, FALSE, &name, &name_length, &value) != STATUS_SUCCESS ||
      value.Buffer == nullptr)
    return nullptr;
  const MutableView bytes{reinterpret_cast<std::uint8_t*>(value.Buffer), value.Length};
  auto credential = decode(bytes);
  wipe(bytes);
  lsa.FreeLsaHeap(value.Buffer);
  return credential;
}

// Handshakes that use the session's key let go of it: at once, or at the end of the leg that runs now.
void revoke_handshakes(Package& package, std::uint64_t logon_id) {
  std::vector<std::shared_ptr<Context>> contexts;
  {
    const std::lock_guard lock(package.mutex);
    for (const auto& [handle, context] : package.contexts.all())
      if (context->logon_id == logon_id) contexts.push_back(context);
  }
  for (const auto& context : contexts) {
    context->revoked = true;
    if (const std::unique_lock leg(context->mutex, std::try_to_lock); leg) context->handshake = std::monostate{};
  }
}

}  // namespace

NTSTATUS keep_credential(Package& package, const LUID& logon_id, std::shared_ptr<const Credential> credential) {
  Secret encoded = encode(*credential);
  const MutableView bytes = encoded.reveal_mutable();
  LUID luid = logon_id;
  LSA_STRING name = key_name();
  LSA_STRING value{};
  value.Length = value.MaximumLength = static_cast<USHORT>(bytes.size());  // bounded by the limits of decode()
  value.Buffer = reinterpret_cast<PCHAR>(bytes.data());
  const NTSTATUS status = package.setting.lsa->AddCredential(&luid, package.setting.id, &name, &value);
  if (status < 0) return status;
  const std::lock_guard lock(package.mutex);
  package.sessions[value_of(logon_id)] = std::move(credential);
  return STATUS_SUCCESS;
}

std::shared_ptr<const Credential> find_credential(Package& package, std::uint64_t logon_id) {
  std::shared_ptr<const Credential> credential;
  {
    const std::lock_guard lock(package.mutex);
    if (const auto found = package.sessions.find(logon_id); found != package.sessions.end()) credential = found->second;
  }
  if (!credential) {
    credential = read_back(package, logon_id);
    if (!credential) return nullptr;
    {
      const std::lock_guard lock(package.mutex);
      package.sessions[logon_id] = credential;
    }
    // The session may have ended meanwhile. drop_credential deletes in the LSA first: either it has done so by now, and
    // we see it, or it will still find what we have just put into the map.
    if (!read_back(package, logon_id)) {
      drop_credential(package, logon_id);
      return nullptr;
    }
  }
  if (package.now() <= credential->fields.not_after) return credential;
  drop_credential(package, logon_id);
  return nullptr;
}

void drop_credential(Package& package, std::uint64_t logon_id) {
  LUID luid = luid_of(logon_id);
  LSA_STRING name = key_name();
  package.setting.lsa->DeleteCredential(&luid, package.setting.id, &name);  // there may be none
  std::shared_ptr<const Credential> dropped;                                // wiped outside the lock
  {
    const std::lock_guard lock(package.mutex);
    if (const auto found = package.sessions.find(logon_id); found != package.sessions.end()) {
      dropped = std::move(found->second);
      package.sessions.erase(found);
    }
  }
  revoke_handshakes(package, logon_id);
}

void drop_expired_credentials(Package& package) {
  std::vector<std::uint64_t> expired;
  const std::int64_t now = package.now();
  {
    const std::lock_guard lock(package.mutex);
    for (const auto& [logon_id, credential] : package.sessions)
      if (now > credential->fields.not_after) expired.push_back(logon_id);
  }
  for (const std::uint64_t logon_id : expired) drop_credential(package, logon_id);
}

}  // namespace sshkey
