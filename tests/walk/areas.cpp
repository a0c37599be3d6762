#include "walk/areas.hpp"

namespace openlsa::walk {

// Once the authority is there to be asked: some rows take their arguments from it.
void add_all_rows() {
  add_credential_rows();
  add_context_rows();
  add_message_rows();
  add_attribute_rows();
  add_package_rows();
  add_package_list_rows();
  add_sasl_rows();
  add_openlsa_rows();
  add_identity_rows();
  add_name_rows();
  add_logon_rows();
  add_policy_rows();
  add_trust_rows();
  add_audit_rows();
  add_object_rows();
  add_sid_rows();
  add_string_rows();
  add_token_rows();
}

}  // namespace openlsa::walk
