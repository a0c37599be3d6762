#include "authority/side_doors/notification_packages.hpp"

#include <openlsa/ntsecapi.h>

#include "authority/authority.hpp"
#include "authority/side_doors/side_door.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

seam::Text text_of(const std::string& utf8) { return nt::to_utf16(utf8).value_or(u""); }

nt::Status refuse(Authority& authority, const PackageFile& file, const NewPassword& fresh, nt::Status status,
                  const char* why) {
  AuditEvent event;
  event.event = "password-refused";
  event.status = status;
  event.package = file.drop_in()->name;
  event.account = fresh.account_name;
  event.detail = why;
  authority.audit().record(event);
  base::log(base::LogLevel::warning, "The new password of '" + fresh.account_name +
                                         "' was refused: the password filter '" + file.drop_in()->name + "' " + why +
                                         ".");
  return status;
}

nt::Status ask(Authority& authority, PackageFile& file, const NewPassword& fresh,
               RunningCalls::Clock::time_point until) {
  Registry& registry = authority.registry();
  const std::optional<RunningHost> host = file.running(registry.patience());
  if (!host)
    return refuse(authority, file, fresh, STATUS_PASSWORD_RESTRICTION, "does not run (`lsactl package list` says why)");
  const seam::FilterPasswordReply reply =
      registry.call_until(*host, until, SAM_PASSWORD_FILTER_ROUTINE, [&](seam::PackageHost& target) {
        return target.filter_password(
            {text_of(fresh.account_name), text_of(fresh.full_name), fresh.password.duplicate(), fresh.set_operation});
      });
  if (reply.status == STATUS_NOT_SUPPORTED) return STATUS_SUCCESS;  // it only wants to be told
  if (reply.status != STATUS_SUCCESS)
    return refuse(authority, file, fresh, STATUS_PASSWORD_RESTRICTION, "did not answer");
  return reply.accepted ? STATUS_SUCCESS
                        : refuse(authority, file, fresh, STATUS_ILL_FORMED_PASSWORD, "does not accept it");
}

// Those that have still to be told, and what; it goes, wiped, when the last one has been.
struct Notice {
  seam::Text user_name;
  std::uint32_t relative_id = 0;
  base::Secret password;
  base::Mutex mutex;
  base::ConditionVariable changed;
  std::size_t untold OPENLSA_GUARDED_BY(mutex) = 0;
};

void tell(Registry& registry, const RunningHost& host, const Notice& notice) {
  const seam::PasswordChangedReply reply =
      registry.call(host, CallKind::package, SAM_PASSWORD_CHANGE_NOTIFY_ROUTINE, [&](seam::PackageHost& target) {
        return target.password_changed({notice.user_name, notice.relative_id, notice.password.duplicate()});
      });
  if (reply.status != STATUS_SUCCESS && reply.status != STATUS_NOT_SUPPORTED)
    base::log(base::LogLevel::warning, "The notification package '" + host.context->drop_in->name +
                                           "' did not take note of a changed password.");
}

}  // namespace

nt::Status ask_password_filters(Authority& authority, const NewPassword& fresh, RunningCalls::Clock::time_point until) {
  for (const std::shared_ptr<PackageFile>& file : side_doors(authority.registry(), seam::Door::notification))
    if (const nt::Status status = ask(authority, *file, fresh, until); status != STATUS_SUCCESS) return status;
  return STATUS_SUCCESS;
}

// Each on its keeper's thread, which knows when the host runs.
void notify_password_changed(Authority& authority, const NewPassword& fresh, std::uint32_t relative_id,
                             RunningCalls::Clock::time_point until) {
  const std::vector<std::shared_ptr<PackageFile>> files = side_doors(authority.registry(), seam::Door::notification);
  if (files.empty()) return;
  auto notice = std::make_shared<Notice>();
  notice->user_name = text_of(fresh.account_name);
  notice->relative_id = relative_id;
  notice->password = fresh.password.duplicate();
  {
    base::MutexLock lock(notice->mutex);
    notice->untold = files.size();
  }
  for (const std::shared_ptr<PackageFile>& file : files)
    file->post([&registry = authority.registry(), notice](const RunningHost& host) { tell(registry, host, *notice); },
               [notice] {
                 base::MutexLock lock(notice->mutex);
                 --notice->untold;
                 notice->changed.notify_all();
               });
  notice->mutex.lock();
  const bool all = notice->changed.wait_until(
      notice->mutex, until, [&notice]() OPENLSA_REQUIRES(notice->mutex) { return notice->untold == 0; });
  notice->mutex.unlock();
  if (!all)
    base::log(base::LogLevel::warning, "The password of '" + fresh.account_name +
                                           "' has changed, and not every notification package has taken note in time.");
}

}  // namespace openlsa::authority
