#include "authority/packages/load_host.hpp"

#include <algorithm>

#include "authority/packages/package_files.hpp"
#include "authority/packages/package_policy.hpp"
#include "authority/packages/winbind_places.hpp"
#include "base/printable.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// SECPKG_STATE_STANDALONE | _ENCRYPTION_PERMITTED | _STRONG_ENCRYPTION_PERMITTED (ntsecpkg.h): a machine with a domain
// of its own.
constexpr std::uint32_t machine_state_standalone = 0x10 | 0x01 | 0x02;
// What a host's runtime returns at most. The limits are here again because all clients get what stands here: one host
// must not make the list of packages larger than a message can be.
constexpr std::size_t max_name_units = 256;
constexpr std::size_t max_comment_units = 1024;
constexpr std::size_t max_context_thunks = 256;
constexpr std::size_t max_oid_bytes = 256;
constexpr std::size_t max_extra_oids = 64;
constexpr std::size_t max_path_units = 1024;
constexpr std::size_t max_reason_bytes = 2048;
constexpr std::size_t max_entry_points = 16;

// Names are looked up, logged and shown to administrators.
bool is_name(const seam::Text& name) {
  return !name.empty() && name.size() <= max_name_units && nt::to_utf8(name).has_value() &&
         std::none_of(name.begin(), name.end(),
                      [](char16_t unit) { return unit < 0x20 || (unit >= 0x7f && unit < 0xa0); });
}

bool is_sound(const seam::ExtendedInformation& extended) {
  return extended.gss_oid.size() <= max_oid_bytes && extended.extra_oids.size() <= max_extra_oids &&
         (!extended.wow_client_dll || extended.wow_client_dll->size() <= max_path_units) &&
         std::all_of(extended.extra_oids.begin(), extended.extra_oids.end(),
                     [](const seam::SerializedOid& oid) { return oid.value.size() <= max_oid_bytes; });
}

bool is_sound(const HostContext& context, const seam::PackageInfo& info) {
  return context.packages.contains(info.id) && is_name(info.name) && info.comment.size() <= max_comment_units &&
         info.context_thunks.size() <= max_context_thunks && is_sound(info.extended);
}

std::string bounded_reason(std::string_view reason) { return base::printable(reason.substr(0, max_reason_bytes)); }

// The words of a host that is not believed yet.
void bound_words(seam::LoadReply& reply) {
  reply.reason = bounded_reason(reply.reason);
  if (reply.dropped.size() > ids_per_file) reply.dropped.resize(ids_per_file);
  if (reply.entry_points.size() > max_entry_points) reply.entry_points.resize(max_entry_points);
  for (std::string& entry : reply.entry_points) entry = bounded_reason(entry);
  for (seam::DroppedPackage& dropped : reply.dropped) {
    if (dropped.name.size() > max_name_units) dropped.name.resize(max_name_units);
    dropped.reason = bounded_reason(dropped.reason);
  }
}

// Ids of this file's block, each once; names that are names, each once.
bool is_sound(const HostContext& context, const seam::LoadReply& reply) {
  if (reply.table_count > ids_per_file || reply.packages.size() > ids_per_file) return false;
  if (context.drop_in->door != seam::Door::security_packages && !reply.packages.empty()) return false;
  for (auto info = reply.packages.begin(); info != reply.packages.end(); ++info) {
    if (!is_sound(context, *info)) return false;
    for (auto earlier = reply.packages.begin(); earlier != info; ++earlier)
      if (earlier->id == info->id || nt::equal_names(earlier->name, info->name)) return false;
  }
  return true;
}

// A filter that did not get the password could not judge it, and one that always accepts is none.
base::OrFailure<> check_rights_of_door(const DropIn& drop_in) {
  if (drop_in.door == seam::Door::notification && !drop_in.rights.clear_text_passwords)
    return base::failure("Package file '" + drop_in.name +
                         "' is a notification package, which gets passwords in clear text, and its drop-in does not "
                         "give it that right. Add it again with `lsactl package add --clear-text-passwords`.");
  return {};
}

// Number 0 is asked as the filter, the others are asked as a routine or with a message.
base::OrFailure<> check_entry_points(const DropIn& drop_in, const seam::LoadReply& reply) {
  if (drop_in.door != seam::Door::sub_authentication) return {};
  constexpr std::string_view filter = "Msv1_0SubAuthenticationFilter";
  const auto is_filter = [&](const std::string& entry) { return entry == filter; };
  if (drop_in.number == 0 ? std::any_of(reply.entry_points.begin(), reply.entry_points.end(), is_filter)
                          : !std::all_of(reply.entry_points.begin(), reply.entry_points.end(), is_filter))
    return {};
  return base::failure("Package file '" + drop_in.name + "' (" + drop_in.file + ") " +
                       (drop_in.number == 0 ? "exports no Msv1_0SubAuthenticationFilter, and number 0 is the filter's. "
                                              "Give another --number."
                                            : "exports the filter alone, whose number is 0. Add it with --number 0."));
}

}  // namespace

seam::HostSpec LoadHost::spec(const HostContext& context) const {
  seam::HostSpec spec;
  spec.id = context.id;
  spec.name = context.drop_in->name;
  spec.path = context.drop_in->file;
  // A host that only checks a file gets no state: the directory may not be there yet, and is another package's if it
  // is.
  if (!check_only) spec.state_directory = configuration.state_directory + "/hosts/" + context.drop_in->name;
  spec.uid = context.drop_in->uid;
  spec.gid = context.drop_in->uid;
  spec.network = context.drop_in->rights.network;
  if (context.drop_in->built_in && context.drop_in->door == seam::Door::domain) {
    spec.service_directories = {winbind_socket_directory, winbind_privileged_directory};
    spec.gid = winbind_gid().value_or(spec.gid);
  }
  return spec;
}

seam::LoadRequest LoadHost::request(const HostContext& context) const {
  seam::LoadRequest request;
  request.path = context.drop_in->file;
  request.door = context.drop_in->door;
  if (!check_only) request.state_directory = configuration.state_directory + "/hosts/" + context.drop_in->name;
  request.authority_id = machine.authority_id;
  request.first_id = context.packages.first;
  request.machine_state = machine_state_standalone;
  request.domain_sid = machine.domain_sid;
  request.domain_name = machine.domain_name;
  request.dns_domain_name = machine.dns_domain_name;
  request.check_only = check_only;
  request.context_thunks = context.drop_in->context_thunks;
  return request;
}

base::OrFailure<RunningHost> LoadHost::run(const std::shared_ptr<HostContext>& context,
                                           std::shared_ptr<seam::SupportCalls> support, std::function<void()> lost,
                                           seam::LoadReply& reply) const {
  const DropIn& drop_in = *context->drop_in;
  if (!drop_in.built_in)
    if (const PolicyVerdict verdict = judge_package(configuration, drop_in.name); !verdict.allowed)
      return base::failure(verdict.violation);
  if (!check_only) OPENLSA_TRY(check_rights_of_door(drop_in));
  OPENLSA_TRY(verify_trusted_file(drop_in.file));
  OPENLSA_TRY(verify_hash(drop_in.file, drop_in.sha256));
  RunningHost running;
  running.context = context;
  running.host = OPENLSA_TRY(starter.start(spec(*context), std::move(support), std::move(lost)));
  {
    RunningCalls::Guard guard(calls, {running.host, context->id, deadline, "load", drop_in.name});
    reply = running.host->load(request(*context));
  }
  bound_words(reply);
  if (!nt::succeeded(reply.status)) {
    running.host->kill();
    return base::failure("Package file '" + drop_in.name + "' (" + drop_in.file + ") was refused: " +
                         (reply.reason.empty() ? "its host " + running.host->how_it_ended() + "." : reply.reason));
  }
  if (!is_sound(*context, reply)) {
    running.host->kill();
    return base::failure("The host of package file '" + drop_in.name +
                         "' reported ids or names that it does not have. Do not use this file.");
  }
  if (const base::OrFailure<> usable = check_entry_points(drop_in, reply); !usable) {
    running.host->kill();
    return std::unexpected(usable.error());
  }
  running.packages = reply.packages;
  return running;
}

}  // namespace openlsa::authority
