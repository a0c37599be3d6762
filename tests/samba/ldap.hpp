// A connection to an LDAP server over libldap, with SASL's GSS-SPNEGO by our SSPI ([MS-ADTS] 5.1.1.1.2): what
// `ldapsearch -Y GSS-SPNEGO` does over Cyrus SASL and GSSAPI.
#pragma once

#include <ldap.h>

#include <string>
#include <vector>

#include "support/sspi_client.hpp"

namespace openlsa::test {

class LdapConnection {
 public:
  explicit LdapConnection(const std::string& address);
  ~LdapConnection();
  LdapConnection(const LdapConnection&) = delete;
  LdapConnection& operator=(const LdapConnection&) = delete;

  // The LDAP result of the bind. With ISC_RET_CONFIDENTIALITY everything afterwards is sealed. Our side's own failure
  // is LDAP_LOCAL_ERROR, with `leg`.
  int bind(Credential& credential, const std::string& target, ULONG requirements);
  const Leg& leg() const { return leg_; }
  Context& context() { return context_; }

  // The values of one attribute of the first entry that is found; the result code in `result`.
  std::vector<std::string> search(const std::string& base, int scope, const char* filter, const char* attribute,
                                  int* result = nullptr);
  // How many protected buffers went out and came in.
  int sent() const { return layer_.sent; }
  int received() const { return layer_.received; }

 private:
  struct Layer {
    Context* context = nullptr;
    std::string incoming;  // opened, not yet read
    int sent = 0, received = 0;
  };
  static int set_up(Sockbuf_IO_Desc* descriptor, void* layer);
  static int remove(Sockbuf_IO_Desc* descriptor);
  static int control(Sockbuf_IO_Desc* descriptor, int option, void* argument);
  static ber_slen_t read(Sockbuf_IO_Desc* descriptor, void* buffer, ber_len_t size);
  static ber_slen_t write(Sockbuf_IO_Desc* descriptor, void* buffer, ber_len_t size);
  static Sockbuf_IO protection;

  LDAP* ldap_ = nullptr;
  Context context_;
  Leg leg_;
  Layer layer_;
};

}  // namespace openlsa::test
