#include "host/doors/notification_door.hpp"

#include "base/log.hpp"
#include "host/doors/door.hpp"
#include "host/marshal/strings.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// The package's own copy: what it does to it is nobody else's, and it is wiped after the call.
UNICODE_STRING view_of_password(base::Secret& password) {
  UNICODE_STRING view{};
  view.Length = view.MaximumLength = static_cast<USHORT>(password.size());
  view.Buffer = password.empty() ? nullptr : reinterpret_cast<PWSTR>(password.reveal_mutable().data());
  return view;
}

constexpr std::size_t max_password_bytes = 0xfffe;  // of a counted string

}  // namespace

NotificationDoor::NotificationDoor(Runtime& runtime, const base::Module& module)
    : runtime_(runtime),
      initialize_(module.function<Initialize>(SAM_INIT_NOTIFICATION_ROUTINE)),
      filter_(module.function<Filter>(SAM_PASSWORD_FILTER_ROUTINE)),
      notify_(module.function<Notify>(SAM_PASSWORD_CHANGE_NOTIFY_ROUTINE)) {
  name_after_file(self_, module);
}

std::vector<std::string> NotificationDoor::entry_points() const {
  std::vector<std::string> names;
  if (initialize_ != nullptr) names.emplace_back(SAM_INIT_NOTIFICATION_ROUTINE);
  if (filter_ != nullptr) names.emplace_back(SAM_PASSWORD_FILTER_ROUTINE);
  if (notify_ != nullptr) names.emplace_back(SAM_PASSWORD_CHANGE_NOTIFY_ROUTINE);
  return names;
}

std::expected<std::vector<std::string>, std::string> NotificationDoor::open(Runtime& runtime,
                                                                            const base::Module& module, bool initialize,
                                                                            std::unique_ptr<NotificationDoor>& door) {
  std::unique_ptr<NotificationDoor> opened(new NotificationDoor(runtime, module));
  std::vector<std::string> found = opened->entry_points();
  if (opened->filter_ == nullptr && opened->notify_ == nullptr)
    return std::unexpected(
        "exports neither PasswordFilter nor PasswordChangeNotify; is it a notification package, and are its entry "
        "points exported with default visibility?");
  if (!initialize) return found;
  if (!opened->initialize()) return std::unexpected("is not initialised: its InitializeChangeNotify did not give TRUE");
  door = std::move(opened);
  return found;
}

// "called by the LSA to verify that the password notification DLL is loaded and initialized"; one that has nothing to
// initialise may leave it out.
bool NotificationDoor::initialize() {
  if (initialize_ == nullptr) return true;
  BOOLEAN done = FALSE;
  CurrentCall current(runtime_, self_, nullptr);
  const nt::Status status = current.enter(SAM_INIT_NOTIFICATION_ROUTINE, STATUS_UNHANDLED_EXCEPTION, [&] {
    done = initialize_();
    return STATUS_SUCCESS;
  });
  return status == STATUS_SUCCESS && done != FALSE;
}

seam::FilterPasswordReply NotificationDoor::filter_password(seam::FilterPasswordRequest request) {
  if (filter_ == nullptr) return {STATUS_NOT_SUPPORTED, false};
  if (request.password.size() > max_password_bytes) return {STATUS_INVALID_PARAMETER, false};
  UNICODE_STRING account = marshal::view_of(request.account_name), full = marshal::view_of(request.full_name),
                 password = view_of_password(request.password);
  BOOLEAN accepted = FALSE;
  CurrentCall current(runtime_, self_, nullptr);
  seam::FilterPasswordReply reply;
  reply.status = current.enter(SAM_PASSWORD_FILTER_ROUTINE, STATUS_UNHANDLED_EXCEPTION, [&] {
    accepted = filter_(&account, &full, &password, request.set_operation ? TRUE : FALSE);
    return STATUS_SUCCESS;
  });
  reply.accepted = reply.status == STATUS_SUCCESS && accepted != FALSE;
  return reply;
}

seam::PasswordChangedReply NotificationDoor::password_changed(seam::PasswordChangedRequest request) {
  if (notify_ == nullptr) return {STATUS_NOT_SUPPORTED};
  if (request.password.size() > max_password_bytes) return {STATUS_INVALID_PARAMETER};
  UNICODE_STRING user = marshal::view_of(request.user_name), password = view_of_password(request.password);
  CurrentCall current(runtime_, self_, nullptr);
  const nt::Status status = current.enter(SAM_PASSWORD_CHANGE_NOTIFY_ROUTINE, STATUS_UNHANDLED_EXCEPTION,
                                          [&] { return notify_(&user, request.relative_id, &password); });
  return {status};
}

}  // namespace openlsa::host
