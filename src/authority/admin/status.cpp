// status: the authority, its composition, and what that promises.
#include <fmt/core.h>
#include <unistd.h>

#include "authority/admin/host_state.hpp"
#include "authority/admin/memory_json.hpp"
#include "authority/admin/package_json.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {
namespace {

// What a person must know who relies on the default composition's promises.
std::string notes_of(Authority& authority, const std::vector<FileStatus>& files) {
  const Configuration& configuration = authority.configuration();
  JsonArray notes;
  bool all_isolated = true;
  for (const FileStatus& file : files) all_isolated &= file.state != FileState::running || file.isolated;
  const std::string_view composition = authority.registry().composition();
  if (composition != "isolated" || !all_isolated)
    notes.text(
        "packages run in the process of the authority: a package can read every secret of it, and one that "
        "crashes ends all logons");
  if (composition == "isolated" && ::geteuid() != 0)
    notes.text(
        fmt::format("not run by root: all hosts share uid {}, and are not protected from each other", ::geteuid()));
  if (configuration.audit_only)
    notes.text("audit_only: packages that the policies would refuse are loaded and audited");
  return notes.str();
}

std::string policy_json(const Configuration& configuration) {
  return JsonObject()
      .flag("no_custom_packages", configuration.no_custom_packages)
      .flag("audit_only", configuration.audit_only)
      .flag("signed_only", configuration.signed_only)
      .number("call_deadline_seconds", configuration.call_deadline_seconds)
      .number("session_end_deadline_seconds", configuration.session_end_deadline_seconds)
      .str();
}

std::string host_row(const FileStatus& file) {
  JsonObject row;
  row.text("name", file.drop_in->name).text("state", to_string(file.state));
  if (file.process_id != 0)
    row.number("pid", file.process_id);
  else
    row.null("pid");
  // What is not running is nobody's process.
  if (file.process_id != 0)
    row.number("uid", file.isolated ? host_uid(*file.drop_in) : ::geteuid()).flag("isolated", file.isolated);
  else
    row.null("uid").null("isolated");
  return row.number("restarts", file.restarts).number("packages", file.packages.size()).str();
}

}  // namespace

seam::AdminReply status(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  Authority& authority = call.authority;
  const Configuration& configuration = authority.configuration();
  const std::vector<FileStatus> files = authority.registry().status();
  JsonArray hosts;
  for (const FileStatus& file : files) hosts.raw(host_row(file));
  JsonObject object;
  object.text("composition", authority.registry().composition())
      .raw("notes", notes_of(authority, files))
      .number("pid", ::getpid())
      .number("uid", ::geteuid())
      .text("authority_id", to_hex(authority.authority_id()))
      .text("domain", authority.accounts().domain_name())
      .text("domain_sid", authority.accounts().domain_sid().to_string())
      .text("configuration", configuration.path.empty() ? "defaults" : configuration.path)
      .text("socket", configuration.socket)
      .text("state_directory", configuration.state_directory)
      .text("packages_directory", configuration.packages_directory)
      .text("audit_log", configuration.audit_log)
      .number("clients", authority.clients().list().size())
      .number("sessions", authority.sessions().size())
      .number("accounts", authority.accounts().count())
      .raw("policy", policy_json(configuration))
      .raw("hosts", hosts.str())
      .raw("memory", memory_json(authority));
  return answer(object.str());
}

}  // namespace openlsa::authority::admin
