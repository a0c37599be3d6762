#include "host/marshal/strings.hpp"
#include "host/runtime.hpp"
#include "host/sspi/meta_data.hpp"

namespace openlsa::host {

seam::ExchangeMetaDataReply Channel::exchange_meta_data(seam::ExchangeMetaDataRequest request) {
  constexpr char entry_name[] = "SpExchangeMetaData";
  auto* slot = state_->package().table.ExchangeMetaData;
  UNICODE_STRING target = marshal::view_of(request.target_name);
  seam::ExchangeMetaDataReply reply;
  reply.status = meta_data_call(
      *state_, {entry_name, request.frame, request.credential, request.context}, slot != nullptr,
      [&](CurrentCall& call, LSA_SEC_HANDLE credential, LSA_SEC_HANDLE* context) {
        return call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] {
          return slot(credential, request.target_name ? &target : nullptr, request.requirements,
                      static_cast<ULONG>(request.meta_data.size()), request.meta_data.reveal_mutable().data(), context);
        });
      },
      reply.context);
  return reply;
}

}  // namespace openlsa::host
