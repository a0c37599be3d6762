#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

NTSTATUS NTAPI initialize(ULONG_PTR package_id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE lsa) noexcept;
NTSTATUS NTAPI shutdown_package() noexcept;
NTSTATUS NTAPI get_info(PSecPkgInfoW info) noexcept;
NTSTATUS NTAPI get_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS information_class,
                                        PSECPKG_EXTENDED_INFORMATION* information) noexcept;
NTSTATUS NTAPI set_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS information_class,
                                        PSECPKG_EXTENDED_INFORMATION information) noexcept;

}  // namespace sshkey
