// OpenLsaQueryMetaData and OpenLsaExchangeMetaData: what NEGOEX carries for a package ([MS-NEGOEX] 2.2.6.4), either
// before the first leg, when the call makes the context, or later.
#include <openlsa/openlsa.h>

#include <cstring>

#include "client/connection/process_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/context_leg.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

template <class Request>
nt::Status prepare(const LegParameters& parameters, const SEC_WCHAR* target, ULONG requirements, LegObjects& objects,
                   const ClientWindow& window, Request& request) {
  if (const nt::Status status = find_objects(parameters, objects); status != SEC_E_OK) return status;
  if (!copy_text(target, request.target_name)) return SEC_E_TARGET_UNKNOWN;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  request.frame = call_frame(window.view());
  if (objects.credential) request.credential = objects.credential->name;
  if (objects.context) request.context = objects.context->name();
  request.requirements = requirements;
  return SEC_E_OK;
}

// The context that the reply names, in the same way as for a leg.
nt::Status deliver(const LegParameters& parameters, const LegObjects& objects, ClientWindow& window, nt::Status status,
                   seam::SecHandleValue context) {
  seam::ContextReply reply;
  reply.status = status;
  reply.context = context;
  return deliver_leg(parameters, objects, window, std::move(reply));
}

nt::Status query(const LegParameters& parameters, const SEC_WCHAR* target, ULONG requirements, ULONG* size_bytes,
                 PUCHAR* meta_data) {
  if (size_bytes == nullptr || meta_data == nullptr) return SEC_E_INVALID_PARAMETER;
  LegObjects objects;
  ClientWindow window;
  seam::QueryMetaDataRequest request;
  if (const nt::Status status = prepare(parameters, target, requirements, objects, window, request); status != SEC_E_OK)
    return status;
  const auto reply = objects.channel->call(std::move(request));
  void* const block =
      nt::succeeded(reply.status) ? allocate_buffer(reply.meta_data.size(), FreedBy::free_context_buffer) : nullptr;
  if (block != nullptr && !reply.meta_data.empty())
    std::memcpy(block, reply.meta_data.reveal().data(), reply.meta_data.size());
  if (nt::succeeded(reply.status) && block == nullptr) {
    if (parameters.context == nullptr) objects.channel->free(seam::DeleteContextRequest{reply.context});
    return SEC_E_INSUFFICIENT_MEMORY;
  }
  const nt::Status status = deliver(parameters, objects, window, reply.status, reply.context);
  if (!nt::succeeded(status)) {
    if (block != nullptr) discard_buffer(block);
    return status;
  }
  *size_bytes = static_cast<ULONG>(reply.meta_data.size());
  *meta_data = static_cast<PUCHAR>(block);
  return status;
}

nt::Status exchange(const LegParameters& parameters, const SEC_WCHAR* target, ULONG requirements, ULONG size_bytes,
                    const UCHAR* meta_data) {
  if ((meta_data == nullptr && size_bytes != 0) || size_bytes > max_input_bytes) return SEC_E_INVALID_PARAMETER;
  LegObjects objects;
  ClientWindow window;
  seam::ExchangeMetaDataRequest request;
  if (const nt::Status status = prepare(parameters, target, requirements, objects, window, request); status != SEC_E_OK)
    return status;
  request.meta_data = base::Secret(base::as_bytes(meta_data, size_bytes));
  const auto reply = objects.channel->call(std::move(request));
  return deliver(parameters, objects, window, reply.status, reply.context);
}

}  // namespace

SECURITY_STATUS OpenLsaQueryMetaData(PCredHandle Credential, PCtxtHandle Context, PCWSTR TargetName, ULONG ContextReq,
                                     PCtxtHandle NewContext, ULONG* MetaDataLength, PUCHAR* MetaData) {
  return sspi_edge([&] {
    return query({.inbound = std::nullopt, .credential = Credential, .context = Context, .new_context = NewContext},
                 TargetName, ContextReq, MetaDataLength, MetaData);
  });
}

SECURITY_STATUS OpenLsaExchangeMetaData(PCredHandle Credential, PCtxtHandle Context, PCWSTR TargetName,
                                        ULONG ContextReq, PCtxtHandle NewContext, ULONG MetaDataLength,
                                        const UCHAR* MetaData) {
  return sspi_edge([&] {
    return exchange({.inbound = std::nullopt, .credential = Credential, .context = Context, .new_context = NewContext},
                    TargetName, ContextReq, MetaDataLength, MetaData);
  });
}
