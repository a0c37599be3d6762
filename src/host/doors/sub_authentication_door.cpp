#include "host/doors/sub_authentication_door.hpp"

#include "host/doors/door.hpp"
#include "host/doors/logon_information.hpp"
#include "host/doors/user_all_information.hpp"
#include "host/doors/validation_information.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"
#include "win32/midl_memory.hpp"

namespace openlsa::host {
namespace {

constexpr std::size_t max_returned_bytes = 64 * 1024;
constexpr std::uint32_t every_action = MSV1_0_SUBAUTH_ACCOUNT_DISABLED | MSV1_0_SUBAUTH_PASSWORD |
                                       MSV1_0_SUBAUTH_WORKSTATIONS | MSV1_0_SUBAUTH_LOGON_HOURS |
                                       MSV1_0_SUBAUTH_ACCOUNT_EXPIRY | MSV1_0_SUBAUTH_PASSWORD_EXPIRY |
                                       MSV1_0_SUBAUTH_ACCOUNT_TYPE | MSV1_0_SUBAUTH_LOCKOUT;

// "This function must return one of the following values": success is STATUS_SUCCESS alone, whatever else is positive.
nt::Status as_answered(nt::Status status) {
  return status == STATUS_SUCCESS || !nt::succeeded(status) ? status : STATUS_INTERNAL_ERROR;
}

seam::SubAuthenticateReply failed(nt::Status status) {
  seam::SubAuthenticateReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

SubAuthenticationDoor::SubAuthenticationDoor(Runtime& runtime, const base::Module& module)
    : runtime_(runtime),
      routine_(module.function<Routine>("Msv1_0SubAuthenticationRoutine")),
      routine_ex_(module.function<RoutineEx>("Msv1_0SubAuthenticationRoutineEx")),
      generic_(module.function<Generic>("Msv1_0SubAuthenticationRoutineGeneric")),
      filter_(module.function<Routine>("Msv1_0SubAuthenticationFilter")) {
  name_after_file(self_, module);
}

std::vector<std::string> SubAuthenticationDoor::entry_points() const {
  std::vector<std::string> names;
  if (routine_ != nullptr) names.emplace_back("Msv1_0SubAuthenticationRoutine");
  if (routine_ex_ != nullptr) names.emplace_back("Msv1_0SubAuthenticationRoutineEx");
  if (generic_ != nullptr) names.emplace_back("Msv1_0SubAuthenticationRoutineGeneric");
  if (filter_ != nullptr) names.emplace_back("Msv1_0SubAuthenticationFilter");
  return names;
}

std::expected<std::vector<std::string>, std::string> SubAuthenticationDoor::open(
    Runtime& runtime, const base::Module& module, bool initialize, std::unique_ptr<SubAuthenticationDoor>& door) {
  std::unique_ptr<SubAuthenticationDoor> opened(new SubAuthenticationDoor(runtime, module));
  std::vector<std::string> found = opened->entry_points();
  if (found.empty())
    return std::unexpected(
        "exports none of Msv1_0SubAuthenticationRoutine, Msv1_0SubAuthenticationRoutineEx, "
        "Msv1_0SubAuthenticationRoutineGeneric and Msv1_0SubAuthenticationFilter; is it a sub-authentication package, "
        "and are its entry points exported with default visibility?");
  if (initialize) door = std::move(opened);
  return found;
}

seam::SubAuthenticateReply SubAuthenticationDoor::refuse(const char* name, const char* what) const {
  log_refusal(self_, name, what);
  return failed(STATUS_INTERNAL_ERROR);
}

// MSV1_0_SUBAUTHENTICATION_DLL_EX asks for the Ex form; without it the routine is meant that the file has.
seam::SubAuthenticateReply SubAuthenticationDoor::sub_authenticate(seam::SubAuthenticateRequest request) {
  switch (request.entry) {
    case seam::SubAuthenticationEntry::filter:
      return filter_ != nullptr ? call(*filter_, "Msv1_0SubAuthenticationFilter", request)
                                : failed(STATUS_PROCEDURE_NOT_FOUND);
    case seam::SubAuthenticationEntry::routine:
      if (routine_ != nullptr) return call(*routine_, "Msv1_0SubAuthenticationRoutine", request);
      [[fallthrough]];
    case seam::SubAuthenticationEntry::routine_ex:
      return routine_ex_ != nullptr ? call_ex(request) : failed(STATUS_PROCEDURE_NOT_FOUND);
  }
  return failed(STATUS_INVALID_PARAMETER);
}

seam::SubAuthenticateReply SubAuthenticationDoor::call(Routine& routine, const char* name,
                                                       const seam::SubAuthenticateRequest& request) {
  const LogonInformation information(request);
  if (information.get() == nullptr) return failed(STATUS_INVALID_INFO_CLASS);
  UserAll user(request.user);
  ULONG which_fields = 0, user_flags = 0;
  BOOLEAN authoritative = TRUE;
  LARGE_INTEGER logoff{}, kickoff{};
  CurrentCall current(runtime_, self_, nullptr);
  seam::SubAuthenticateReply reply;
  reply.status = as_answered(current.enter(name, STATUS_UNHANDLED_EXCEPTION, [&] {
    return routine(information.level(), information.get(), request.flags, user.get(), &which_fields, &user_flags,
                   &authoritative, &logoff, &kickoff);
  }));
  reply.authoritative = authoritative != FALSE;
  const char* const wrong = user.take_parameters(which_fields, reply.parameters);
  if (reply.status != STATUS_SUCCESS) {
    reply.parameters.reset();  // "written only if [it] returns success"
    return reply;
  }
  if (wrong != nullptr) return refuse(name, wrong);
  reply.user_flags = user_flags;
  // 0 is what nobody has set.
  if (logoff.QuadPart != 0) reply.logoff_time = logoff.QuadPart;
  if (kickoff.QuadPart != 0) reply.kickoff_time = kickoff.QuadPart;
  if (logoff.QuadPart < 0 || kickoff.QuadPart < 0) return refuse(name, "a time before 1601");
  // "authentication is the responsibility of the subauthentication DLL and must be done by [the routine]"
  reply.actions_performed = every_action;
  return reply;
}

seam::SubAuthenticateReply SubAuthenticationDoor::call_ex(const seam::SubAuthenticateRequest& request) {
  constexpr const char* name = "Msv1_0SubAuthenticationRoutineEx";
  const LogonInformation information(request);
  if (information.get() == nullptr) return failed(STATUS_INVALID_INFO_CLASS);
  UserAll user(request.user);
  MSV1_0_VALIDATION_INFO validation{};
  validation.Authoritative = TRUE;
  ULONG actions = 0;
  CurrentCall current(runtime_, self_, nullptr);
  // UserHandle: no account is open here, and nothing of this release takes such a handle.
  const nt::Status status = as_answered(current.enter(name, STATUS_UNHANDLED_EXCEPTION, [&] {
    return routine_ex_(information.level(), information.get(), request.flags, user.get(), nullptr, &validation,
                       &actions);
  }));
  seam::SubAuthenticateReply reply;
  reply.status = status;
  reply.authoritative = validation.Authoritative != FALSE;
  seam::OptionalText unasked;
  (void)user.take_parameters(0, unasked);
  const char* wrong = (actions & ~every_action) != 0 ? "actions that there are not" : nullptr;
  if (const char* unsound = take_validation(validation, reply); wrong == nullptr) wrong = unsound;
  if (status != STATUS_SUCCESS) {
    reply = failed(status);
    reply.authoritative = validation.Authoritative != FALSE;
    return reply;
  }
  if (wrong != nullptr) return refuse(name, wrong);
  reply.actions_performed = actions;
  return reply;
}

// SubAuthSubmitBuffer of MSV1_0_SUBAUTH_REQUEST goes in, SubAuthReturnBuffer of the response comes out.
seam::SubAuthenticateGenericReply SubAuthenticationDoor::sub_authenticate_generic(
    seam::SubAuthenticateGenericRequest request) {
  constexpr const char* name = "Msv1_0SubAuthenticationRoutineGeneric";
  seam::SubAuthenticateGenericReply reply;
  if (generic_ == nullptr) {
    reply.status = STATUS_PROCEDURE_NOT_FOUND;
    return reply;
  }
  base::Secret& submitted = request.submit_buffer;
  ULONG size = 0;
  PVOID returned = nullptr;
  CurrentCall current(runtime_, self_, nullptr);
  reply.status = current.enter(name, STATUS_UNHANDLED_EXCEPTION, [&] {
    return generic_(submitted.empty() ? nullptr : submitted.reveal_mutable().data(),
                    static_cast<ULONG>(submitted.size()), &size, &returned);
  });
  if (returned == nullptr) return reply;
  std::size_t room = 0;
  const bool block = openlsa_private_midl_block(returned, &room);
  const bool fits = block && size <= room && size <= max_returned_bytes;
  if (fits && nt::succeeded(reply.status)) reply.returned = base::Secret(base::as_bytes(returned, size));
  if (block) MIDL_user_free(returned);
  if (!fits) {
    log_refusal(self_, name, "a buffer that MIDL_user_allocate did not give, or more than 64 KiB");
    reply.status = STATUS_INTERNAL_ERROR;
  }
  return reply;
}

}  // namespace openlsa::host
