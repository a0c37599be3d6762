#include "samba/ldap.hpp"

#include <arpa/inet.h>
#include <openlsa/winerror.h>

#include <cerrno>
#include <cstring>

#include "support/temporary_directory.hpp"

namespace openlsa::test {

LdapConnection::LdapConnection(const std::string& address) {
  if (::ldap_initialize(&ldap_, ("ldap://" + address).c_str()) != LDAP_SUCCESS) give_up("no LDAP handle");
  const int version = LDAP_VERSION3;
  ::ldap_set_option(ldap_, LDAP_OPT_PROTOCOL_VERSION, &version);
  ::ldap_set_option(ldap_, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  const timeval limit{60, 0};
  ::ldap_set_option(ldap_, LDAP_OPT_NETWORK_TIMEOUT, &limit);
  ::ldap_set_option(ldap_, LDAP_OPT_TIMEOUT, &limit);
}

LdapConnection::~LdapConnection() { ::ldap_unbind_ext_s(ldap_, nullptr, nullptr); }

int LdapConnection::bind(Credential& credential, const std::string& target, ULONG requirements) {
  leg_ = context_.initialize(credential, target, "", requirements);
  int result = LDAP_SASL_BIND_IN_PROGRESS;
  while (result == LDAP_SASL_BIND_IN_PROGRESS) {
    if (leg_.status < 0) return LDAP_LOCAL_ERROR;
    berval token{leg_.token.size(), leg_.token.data()};
    berval* answer = nullptr;
    result = ::ldap_sasl_bind_s(ldap_, nullptr, "GSS-SPNEGO", &token, nullptr, nullptr, &answer);
    const std::string from_server = answer == nullptr ? "" : std::string(answer->bv_val, answer->bv_len);
    ::ber_bvfree(answer);
    if (result != LDAP_SUCCESS && result != LDAP_SASL_BIND_IN_PROGRESS) return result;
    if (leg_.status == SEC_E_OK && from_server.empty()) break;
    leg_ = context_.initialize(credential, target, from_server, requirements);
  }
  if (leg_.status != SEC_E_OK) return LDAP_LOCAL_ERROR;  // the server is content, our side is not
  if ((leg_.attributes & ISC_RET_CONFIDENTIALITY) == 0) return result;
  layer_.context = &context_;
  Sockbuf* socket = nullptr;
  if (::ldap_get_option(ldap_, LDAP_OPT_SOCKBUF, &socket) != LDAP_SUCCESS ||
      ::ber_sockbuf_add_io(socket, &protection, LBER_SBIOD_LEVEL_APPLICATION, &layer_) != 0)
    give_up("libldap takes no layer");
  return result;
}

std::vector<std::string> LdapConnection::search(const std::string& base, int scope, const char* filter,
                                                const char* attribute, int* result) {
  char* attributes[] = {const_cast<char*>(attribute), nullptr};
  LDAPMessage* found = nullptr;
  const int done = ::ldap_search_ext_s(ldap_, base.c_str(), scope, filter, attributes, 0, nullptr, nullptr, nullptr,
                                       LDAP_NO_LIMIT, &found);
  if (result != nullptr) *result = done;
  std::vector<std::string> texts;
  LDAPMessage* entry = found == nullptr ? nullptr : ::ldap_first_entry(ldap_, found);
  berval** values = entry == nullptr ? nullptr : ::ldap_get_values_len(ldap_, entry, attribute);
  for (int i = 0; values != nullptr && values[i] != nullptr; ++i)
    texts.emplace_back(values[i]->bv_val, values[i]->bv_len);
  ::ldap_value_free_len(values);
  ::ldap_msgfree(found);
  return texts;
}

int LdapConnection::set_up(Sockbuf_IO_Desc* descriptor, void* layer) {
  descriptor->sbiod_pvt = layer;
  return 0;
}

int LdapConnection::remove(Sockbuf_IO_Desc*) { return 0; }

// What is opened and waits here is data, too.
int LdapConnection::control(Sockbuf_IO_Desc* descriptor, int option, void* argument) {
  if (option == LBER_SB_OPT_DATA_READY && !static_cast<Layer*>(descriptor->sbiod_pvt)->incoming.empty()) return 1;
  return LBER_SBIOD_CTRL_NEXT(descriptor, option, argument);
}

// RFC 4422 3.7: four bytes of length, then the sealed buffer. The socket blocks.
ber_slen_t LdapConnection::read(Sockbuf_IO_Desc* descriptor, void* buffer, ber_len_t size) {
  auto* layer = static_cast<Layer*>(descriptor->sbiod_pvt);
  const auto whole = [descriptor](void* into, std::size_t wanted) {
    for (std::size_t got = 0; got < wanted;) {
      const ber_slen_t part = LBER_SBIOD_READ_NEXT(descriptor, static_cast<char*>(into) + got, wanted - got);
      if (part <= 0) return false;
      got += static_cast<std::size_t>(part);
    }
    return true;
  };
  while (layer->incoming.empty()) {
    std::uint32_t length = 0;
    if (!whole(&length, sizeof length)) return 0;
    length = ntohl(length);
    if (length > 0x1000000) return 0;
    std::string message(length, '\0');
    if (!whole(message.data(), message.size())) return 0;
    SECURITY_STATUS status = SEC_E_INVALID_TOKEN;
    layer->incoming = layer->context->unseal(std::move(message), 0, &status);
    if (status != SEC_E_OK) {
      errno = EBADMSG;
      return -1;
    }
    ++layer->received;
  }
  const std::size_t part = std::min<std::size_t>(size, layer->incoming.size());
  std::memcpy(buffer, layer->incoming.data(), part);
  layer->incoming.erase(0, part);
  return static_cast<ber_slen_t>(part);
}

ber_slen_t LdapConnection::write(Sockbuf_IO_Desc* descriptor, void* buffer, ber_len_t size) {
  auto* layer = static_cast<Layer*>(descriptor->sbiod_pvt);
  const std::string sealed = layer->context->seal({static_cast<char*>(buffer), size}, 0);
  if (sealed.empty()) {
    errno = EIO;
    return -1;
  }
  const std::uint32_t length = htonl(static_cast<std::uint32_t>(sealed.size()));
  std::string message(reinterpret_cast<const char*>(&length), sizeof length);
  message += sealed;
  for (std::size_t sent = 0; sent < message.size();) {
    const ber_slen_t part = LBER_SBIOD_WRITE_NEXT(descriptor, message.data() + sent, message.size() - sent);
    if (part <= 0) return -1;
    sent += static_cast<std::size_t>(part);
  }
  ++layer->sent;
  return static_cast<ber_slen_t>(size);
}

Sockbuf_IO LdapConnection::protection = {set_up, remove, control, read, write, nullptr};

}  // namespace openlsa::test
