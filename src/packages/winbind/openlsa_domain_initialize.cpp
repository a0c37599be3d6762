// The door's entry point.
#include <openlsa/ntstatus.h>

#include <cstdio>

#include "functions.hpp"
#include "library.hpp"

namespace winbind {
namespace {

constexpr OPENLSA_DOMAIN_INTERFACE table{sizeof(OPENLSA_DOMAIN_INTERFACE),
                                         OPENLSA_DOMAIN_INTERFACE_VERSION,
                                         log_on,
                                         look_up,
                                         free_account,
                                         enumerate_domains,
                                         free_domains,
                                         change_password};

}  // namespace
}  // namespace winbind

extern "C" __attribute__((visibility("default"))) NTSTATUS
OpenlsaDomainInitialize(ULONG Version, const OPENLSA_DOMAIN_INTERFACE** Interface) {
  if (Version < OPENLSA_DOMAIN_INTERFACE_VERSION) return STATUS_REVISION_MISMATCH;
  if (const std::string failure = winbind::load_library(); !failure.empty()) {
    std::fprintf(stderr, "winbind: %s\n", failure.c_str());
    return STATUS_DLL_NOT_FOUND;
  }
  *Interface = &winbind::table;
  return STATUS_SUCCESS;
}
