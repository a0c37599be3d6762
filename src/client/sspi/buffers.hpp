// SecBufferDesc of the application: checked, sent as values, and written when the reply is back. No output buffer is
// written beyond the size that the application gave.
#pragma once

#include <openlsa/sspi.h>

#include "client/memory/client_window.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

inline constexpr ULONG max_sspi_buffers = 64;
// What the input buffers of one call may hold; the message that carries them is limited.
inline constexpr std::size_t max_input_bytes = std::size_t{15} << 20;

// SECBUFFER_VERSION, a bounded count, and an array where a count says so. A NULL descriptor is not valid here.
bool valid_buffers(const SecBufferDesc* buffers);
// And the same of a message that a half works on in place: no buffer has a size without memory, but those that carry
// no bytes (SECBUFFER_EMPTY, SECBUFFER_MISSING).
bool valid_message(const SecBufferDesc* message);

// Input of a leg or a control token; NULL is none. SEC_E_INVALID_PARAMETER.
nt::Status copy_input(const SecBufferDesc* buffers, std::vector<seam::SecBufferValue>& values);
// Types and capacities; with `allocate` (..._REQ_ALLOCATE_MEMORY) the buffers' own memory does not count.
nt::Status describe_output(const SecBufferDesc* buffers, bool allocate, std::vector<seam::SecBufferValue>& values);

// What the package left in the input's types and sizes (SECBUFFER_EXTRA, SECBUFFER_MISSING). False, with nothing
// written, for a size that no input has.
bool write_input(const std::vector<seam::SecBufferValue>& values, const SecBufferDesc* buffers);

// The output of a leg that succeeded, checked as a whole before the first byte is written. The window's blocks are the
// application's already. SEC_E_BUFFER_TOO_SMALL, SEC_E_INSUFFICIENT_MEMORY; SEC_E_INTERNAL_ERROR for what is no answer.
nt::Status write_output(const std::vector<seam::SecBufferValue>& values, bool allocate, const ClientWindow& window,
                        const SecBufferDesc* buffers);
// After a failure: a message for the peer (..._REQ_EXTENDED_ERROR), or how much memory is needed.
void write_output_of_failure(const std::vector<seam::SecBufferValue>& values, bool allocate, nt::Status status,
                             const SecBufferDesc* buffers);

}  // namespace openlsa::client
