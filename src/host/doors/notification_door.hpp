// A notification package: InitializeChangeNotify, PasswordFilter, PasswordChangeNotify (ntsecapi.h). It is called from
// several threads at once, as the documentation says.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "base/module.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/door_calls.hpp"

#include <openlsa/ntsecapi.h>

namespace openlsa::host {

class Runtime;

class NotificationDoor {
 public:
  // The entry points that the file exports, or why it cannot be used (a predicate, for "FILE ..."). `initialize`: it is
  // to be used, InitializeChangeNotify is called, and `door` is made; otherwise the file is only looked at.
  static std::expected<std::vector<std::string>, std::string> open(Runtime& runtime, const base::Module& module,
                                                                   bool initialize,
                                                                   std::unique_ptr<NotificationDoor>& door);

  // STATUS_NOT_SUPPORTED: the file does not export the function.
  seam::FilterPasswordReply filter_password(seam::FilterPasswordRequest request);
  seam::PasswordChangedReply password_changed(seam::PasswordChangedRequest request);

 private:
  using Initialize = std::remove_pointer_t<PSAM_INIT_NOTIFICATION_ROUTINE>;
  using Filter = std::remove_pointer_t<PSAM_PASSWORD_FILTER_ROUTINE>;
  using Notify = std::remove_pointer_t<PSAM_PASSWORD_NOTIFICATION_ROUTINE>;

  NotificationDoor(Runtime& runtime, const base::Module& module);
  std::vector<std::string> entry_points() const;
  bool initialize();

  Runtime& runtime_;
  LoadedPackage self_;
  Initialize* initialize_;
  Filter* filter_;
  Notify* notify_;
};

}  // namespace openlsa::host
