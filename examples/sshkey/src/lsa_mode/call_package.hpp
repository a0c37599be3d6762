#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

// CallPackage and CallPackageUntrusted: the messages check the caller themselves.
NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
                            PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept;

}  // namespace sshkey
