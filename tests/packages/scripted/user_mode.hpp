// The user-mode half: it runs in the application.
#pragma once

#include <memory>
#include <mutex>

#include "scripted.hpp"

namespace scripted {

struct UserContext {
  std::mutex mutex;
  bool initiator = false;
  bool complete = true;
  bool stream = false;
  bool counts = false;  // messages are numbered here, whatever the caller says
  ULONG sent = 0;
  ULONG received = 0;
  std::string key;
  std::string user;
  HANDLE token = nullptr;
  ~UserContext();  // closes the token
};

std::shared_ptr<UserContext> user_context(LSA_SEC_HANDLE handle);  // NULL: unknown
void keep_user_context(LSA_SEC_HANDLE handle, std::shared_ptr<UserContext> context);
std::shared_ptr<UserContext> take_user_context(LSA_SEC_HANDLE handle);

void add_user_context_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package);
void add_user_message_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package);
void add_user_attribute_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package);
void add_user_credential_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package);
void add_user_export_slots(SECPKG_USER_FUNCTION_TABLE& table, unsigned package);

template <template <unsigned> class Slots>
void fill(SECPKG_USER_FUNCTION_TABLE& table, unsigned package) {
  if (package == 0) Slots<0>::fill(table);
  if (package == 1) Slots<1>::fill(table);
  if (package == 2) Slots<2>::fill(table);
  if (package == 3) Slots<3>::fill(table);
}

}  // namespace scripted
