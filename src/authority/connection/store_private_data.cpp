// LsaStorePrivateData
#include "authority/connection/connection.hpp"
#include "authority/policy/policy_access.hpp"
#include "authority/policy/private_data.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::StorePrivateDataReply Connection::store_private_data(seam::StorePrivateDataRequest request) {
  Client* const client = living();
  if (client == nullptr) return {STATUS_ACCESS_DENIED};
  const std::shared_ptr<Token> token = client->token(request.token);
  if (token == nullptr) return {STATUS_INVALID_HANDLE};
  PolicyStore& policy = authority_.policy();
  nt::Status status = client->check_policy(request.policy, 0);
  if (status != STATUS_SUCCESS) return {status};
  status = check_private_data(*client, *token, request.token, request.key);
  // "The handle must have the POLICY_CREATE_SECRET access right if this is the first time."
  if (status == STATUS_SUCCESS && request.data && !policy.has_secret(request.key))
    status = client->check_policy(request.policy, policy_create_secret);
  if (status == STATUS_SUCCESS)
    status =
        request.data ? policy.store_secret(request.key, request.data->reveal()) : policy.remove_secret(request.key);
  AuditEvent event;
  event.event = request.data ? "store-private-data" : "delete-private-data";
  event.status = status;
  event.client_pid = peer_.process_id;
  event.client_uid = peer_.uid;
  event.detail = nt::to_utf8_lossy(std::u16string_view(request.key).substr(0, PolicyStore::max_secret_name_units));
  authority_.audit().record(event);
  if (status == STATUS_SUCCESS && is_machine_password(request.key))
    authority_.notifications().changed(PolicyNotification::machine_account_password);
  return {status};
}

}  // namespace openlsa::authority
