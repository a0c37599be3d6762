// The areas of the table.
#pragma once

#include <vector>

namespace openlsa::walk {

void add_credential_rows();
void add_context_rows();
void add_message_rows();
void add_attribute_rows();
void add_package_rows();
void add_package_list_rows();
void add_sasl_rows();
void add_openlsa_rows();
void add_identity_rows();
void add_name_rows();
void add_logon_rows();
void add_policy_rows();
void add_trust_rows();
void add_audit_rows();
void add_object_rows();
void add_sid_rows();
void add_string_rows();
void add_token_rows();

void add_all_rows();

// A slot of the tables that InitSecurityInterface gives.
struct Slot {
  const char* table;
  const char* name;
  void* function;
  void* exported;
};
std::vector<Slot> slots();

}  // namespace openlsa::walk
