// LsaLookupAuthenticationPackage
#include "authority/connection/connection.hpp"
#include "authority/logon/negotiate.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// As an authentication package MSV1_0 has a name of its own (MSV1_0_PACKAGE_NAME).
std::u16string_view security_package_name(std::u16string_view name) {
  return nt::equal_names(name, u"MICROSOFT_AUTHENTICATION_PACKAGE_V1_0") ? u"NTLM" : name;
}

}  // namespace

seam::LookupPackageReply Connection::lookup_package(seam::LookupPackageRequest request) {
  seam::LookupPackageReply reply;
  Client* const client = living();
  if (client == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
  } else if (!client->lsa_handle(request.lsa_handle)) {
    reply.status = STATUS_INVALID_HANDLE;
  } else if (const std::optional<std::u16string> name = nt::to_utf16(request.name); !name) {
    reply.status = STATUS_NO_SUCH_PACKAGE;
  } else if (const std::optional<PackageEntry> entry = authority_.registry().find(security_package_name(*name))) {
    reply.package = entry->info.id;
  } else if (nt::equal_names(*name, negotiate_name)) {
    reply.package = negotiate_package;
  } else {
    reply.status = STATUS_NO_SUCH_PACKAGE;
  }
  return reply;
}

}  // namespace openlsa::authority
