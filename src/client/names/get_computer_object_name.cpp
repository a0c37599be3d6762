// GetComputerObjectName: the object that a domain's directory has for this machine. A member of no domain has none.
#include "client/names/name_result.hpp"
#include "client/win32_edge.hpp"

using namespace openlsa::client;

namespace {

BOOLEAN computer_object_name(EXTENDED_NAME_FORMAT format, PULONG size) {
  return win32_failed(size == nullptr || !is_name_format(format) ? ERROR_INVALID_PARAMETER
                                                                 : ERROR_CANT_ACCESS_DOMAIN_INFO);
}

}  // namespace

BOOLEAN GetComputerObjectNameA(EXTENDED_NAME_FORMAT NameFormat, LPSTR, PULONG nSize) {
  return computer_object_name(NameFormat, nSize);
}

BOOLEAN GetComputerObjectNameW(EXTENDED_NAME_FORMAT NameFormat, LPWSTR, PULONG nSize) {
  return computer_object_name(NameFormat, nSize);
}
