// A sub-authentication package: the exports of subauth.h, each of them optional, at least one there.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "base/module.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/door_calls.hpp"

#include <openlsa/subauth.h>

namespace openlsa::host {

class Runtime;

class SubAuthenticationDoor {
 public:
  // The entry points that the file exports, or why it cannot be used (a predicate, for "FILE ..."). `initialize`: it is
  // to be used, and `door` is made; otherwise the file is only looked at.
  static std::expected<std::vector<std::string>, std::string> open(Runtime& runtime, const base::Module& module,
                                                                   bool initialize,
                                                                   std::unique_ptr<SubAuthenticationDoor>& door);

  // STATUS_PROCEDURE_NOT_FOUND: the file does not export what is asked for. STATUS_INTERNAL_ERROR: what it answered is
  // none of the documented answers.
  seam::SubAuthenticateReply sub_authenticate(seam::SubAuthenticateRequest request);
  seam::SubAuthenticateGenericReply sub_authenticate_generic(seam::SubAuthenticateGenericRequest request);

 private:
  using Routine = std::remove_pointer_t<decltype(&Msv1_0SubAuthenticationRoutine)>;
  using RoutineEx = std::remove_pointer_t<decltype(&Msv1_0SubAuthenticationRoutineEx)>;
  using Generic = std::remove_pointer_t<decltype(&Msv1_0SubAuthenticationRoutineGeneric)>;

  SubAuthenticationDoor(Runtime& runtime, const base::Module& module);
  std::vector<std::string> entry_points() const;
  seam::SubAuthenticateReply call(Routine& routine, const char* name, const seam::SubAuthenticateRequest& request);
  seam::SubAuthenticateReply call_ex(const seam::SubAuthenticateRequest& request);
  seam::SubAuthenticateReply refuse(const char* name, const char* what) const;

  Runtime& runtime_;
  LoadedPackage self_;
  Routine* routine_;
  RoutineEx* routine_ex_;
  Generic* generic_;
  Routine* filter_;
};

}  // namespace openlsa::host
