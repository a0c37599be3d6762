// GetUserNameEx: the calling thread's user. "If the user account is not in a domain, only NameSamCompatible is
// supported"; a package that logged a user of another domain on may have given more.
#include "client/connection/current_client.hpp"
#include "client/names/name_result.hpp"
#include "client/win32_edge.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

namespace {

template <class Character>
BOOLEAN user_name(EXTENDED_NAME_FORMAT format, Character* buffer, PULONG size) {
  return win32_edge([&]() -> DWORD {
    if (size == nullptr || !is_name_format(format)) return ERROR_INVALID_PARAMETER;
    auto reply = CurrentClient().call(&openlsa::seam::AuthorityCalls::names_of_token, {openlsa_private_thread_token()},
                                      STATUS_PORT_DISCONNECTED);
    if (!openlsa::nt::succeeded(reply.status)) return RtlNtStatusToDosError(reply.status);
    const auto name = in_format({std::move(reply.domain), std::move(reply.name), std::move(reply.user_principal_name),
                                 std::move(reply.dns_domain)},
                                format);
    return name.empty() ? ERROR_NONE_MAPPED : give_name(name, buffer, size, SizeMeans::length);
  });
}

}  // namespace

BOOLEAN GetUserNameExA(EXTENDED_NAME_FORMAT NameFormat, LPSTR lpNameBuffer, PULONG nSize) {
  return user_name(NameFormat, lpNameBuffer, nSize);
}

BOOLEAN GetUserNameExW(EXTENDED_NAME_FORMAT NameFormat, LPWSTR lpNameBuffer, PULONG nSize) {
  return user_name(NameFormat, lpNameBuffer, nSize);
}
