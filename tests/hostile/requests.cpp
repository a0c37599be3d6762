#include "hostile/requests.hpp"

namespace openlsa::test {

base::Secret secret_of(const std::string& text) { return base::Secret(base::as_bytes(text)); }

Attacker::Attacker() {
  connection.greet();
  seam::ConnectRequest connect;
  connect.logon_process = true;
  connect.name = "hostile";
  lsa_handle = connection.authority().connect(std::move(connect)).lsa_handle;
  probe = connection.authority().lookup_package({lsa_handle, "Probe"}).package;
}

seam::LsaLogonUserRequest Attacker::logon(const std::string& script) const {
  seam::LsaLogonUserRequest request;
  request.frame.thread_id = 1;
  request.frame.window = {window_base, window_size};
  request.lsa_handle = lsa_handle;
  request.origin_name = "hostile";
  request.logon_type = 2;
  request.package = probe;
  request.submit_buffer = secret_of(script);
  request.submit_address = 0x1000;
  request.source.name = "hostile";
  return request;
}

seam::LsaCallPackageRequest Attacker::call(const std::string& script) const {
  seam::LsaCallPackageRequest request;
  request.frame.thread_id = 1;
  request.frame.window = {window_base, window_size};
  request.lsa_handle = lsa_handle;
  request.package = probe;
  request.submit_buffer = secret_of(script);
  request.submit_address = 0x1000;
  return request;
}

seam::OpenChannelRequest probe_channel() { return {0, u"Probe"}; }

seam::AcquireCredentialsRequest probe_credentials(std::uint32_t use) {
  seam::AcquireCredentialsRequest request;
  request.frame.thread_id = 1;
  request.frame.window = {window_base, window_size};
  request.credential_use = use;
  return request;
}

std::unique_ptr<RawConnection> open_probe_channel(RawConnection& connection) {
  seam::OpenChannelReply reply = connection.authority().open_channel(probe_channel());
  if (reply.status != STATUS_SUCCESS || !reply.socket) return nullptr;
  return std::make_unique<RawConnection>(std::move(reply.socket));
}

}  // namespace openlsa::test
