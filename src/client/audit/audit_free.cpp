#include <openlsa/ntsecapi.h>

#include "client/memory/client_buffers.hpp"

// An address that is none of ours is left alone.
VOID AuditFree(PVOID Buffer) {
  if (Buffer != nullptr) openlsa::client::free_buffer(Buffer, openlsa::client::FreedBy::audit_free);
}
