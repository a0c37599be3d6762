#include "host/doors/validation_information.hpp"

#include "host/marshal/strings.hpp"
#include "win32/midl_memory.hpp"

namespace openlsa::host {
namespace {

constexpr ULONG known_fields = MSV1_0_VALIDATION_LOGOFF_TIME | MSV1_0_VALIDATION_KICKOFF_TIME |
                               MSV1_0_VALIDATION_LOGON_SERVER | MSV1_0_VALIDATION_LOGON_DOMAIN |
                               MSV1_0_VALIDATION_SESSION_KEY | MSV1_0_VALIDATION_USER_FLAGS | MSV1_0_VALIDATION_USER_ID;
constexpr std::size_t max_name_bytes = 1024;

// The documentation does not say whose memory it is: a static string is as good as one that is handed over.
const char* take_name(const UNICODE_STRING& string, seam::OptionalText& name) {
  std::size_t room = 0;
  const bool block = string.Buffer != nullptr && openlsa_private_midl_block(string.Buffer, &room);
  const bool bounded = string.Length <= max_name_bytes && (!block || string.Length <= room);
  auto copied = bounded ? marshal::copy_text_member(string, marshal::Reach::anywhere)
                        : marshal::Copied<seam::OptionalText>(std::nullopt);
  if (block) MIDL_user_free(string.Buffer);
  if (!bounded) return "a name beyond its block, or of more than 1024 bytes";
  if (!copied) return copied.error().what;
  name = std::move(*copied).value_or(u"");
  return nullptr;
}

}  // namespace

const char* take_validation(MSV1_0_VALIDATION_INFO& validation, seam::SubAuthenticateReply& reply) {
  const ULONG fields = validation.WhichFields;
  const auto named = [fields](ULONG field) { return (fields & field) != 0; };
  const char* wrong = (fields & ~known_fields) != 0 ? "WhichFields with fields that there are not" : nullptr;
  const auto also = [&wrong](const char* another) {
    if (wrong == nullptr) wrong = another;
  };
  if (named(MSV1_0_VALIDATION_LOGOFF_TIME)) reply.logoff_time = validation.LogoffTime.QuadPart;
  if (named(MSV1_0_VALIDATION_KICKOFF_TIME)) reply.kickoff_time = validation.KickoffTime.QuadPart;
  if (reply.logoff_time.value_or(0) < 0 || reply.kickoff_time.value_or(0) < 0) also("a time before 1601");
  if (named(MSV1_0_VALIDATION_LOGON_SERVER)) also(take_name(validation.LogonServer, reply.logon_server));
  if (named(MSV1_0_VALIDATION_LOGON_DOMAIN)) also(take_name(validation.LogonDomainName, reply.logon_domain_name));
  if (named(MSV1_0_VALIDATION_SESSION_KEY))
    reply.session_key = base::Secret(base::as_bytes(&validation.SessionKey, sizeof validation.SessionKey));
  if (named(MSV1_0_VALIDATION_USER_FLAGS)) reply.user_flags = validation.UserFlags;
  if (named(MSV1_0_VALIDATION_USER_ID)) reply.user_id = validation.UserId;
  base::wipe(&validation.SessionKey, sizeof validation.SessionKey);
  return wrong;
}

}  // namespace openlsa::host
