// TranslateName: the name of an account in one form, as every form that this authority has.
#include "authority/connection/connection.hpp"
#include "authority/domain/domains.hpp"
#include "authority/names/translator.hpp"

namespace openlsa::authority {

seam::TranslateNameReply Connection::translate_name(seam::TranslateNameRequest request) {
  seam::TranslateNameReply reply;
  if (living() == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  std::optional<Translation> found = Translator(authority_.accounts()).by_name(request.name);
  if (!found) found = authority_.domains().translate(request.name, nullptr);  // this call does not wait
  if (!found || found->name.empty()) {
    reply.status = STATUS_NONE_MAPPED;
    return reply;
  }
  reply.domain = found->domain_name;
  reply.name = found->name;
  return reply;
}

}  // namespace openlsa::authority
