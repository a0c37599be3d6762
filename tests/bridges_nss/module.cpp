#include "bridges_nss/module.hpp"

#include <dlfcn.h>

#include <atomic>
#include <cerrno>
#include <functional>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

template <class Function>
void find(void* library, const char* name, Function& function) {
  const std::string symbol = std::string("_nss_openlsa_") + name;
  function = reinterpret_cast<Function>(::dlsym(library, symbol.c_str()));
  if (function == nullptr) give_up("the module has no " + symbol);
}

Module load() {
  void* const library = ::dlopen(OPENLSA_TEST_LIBRARIES "/libnss_openlsa.so.2", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) give_up(::dlerror());
  Module found{};
  find(library, "getpwnam_r", found.getpwnam_r);
  find(library, "getpwuid_r", found.getpwuid_r);
  find(library, "setpwent", found.setpwent);
  find(library, "getpwent_r", found.getpwent_r);
  find(library, "getgrnam_r", found.getgrnam_r);
  find(library, "getgrgid_r", found.getgrgid_r);
  find(library, "setgrent", found.setgrent);
  find(library, "getgrent_r", found.getgrent_r);
  find(library, "initgroups_dyn", found.initgroups_dyn);
  return found;
}

std::atomic<bool> patient{true};

bool came_too_late(const Answer& answer) {
  return answer.status == NSS_STATUS_UNAVAIL && answer.time > std::chrono::milliseconds(49);
}

// The buffer is odd on purpose (glibc promises no alignment), and what lies around it must stay.
template <class Entry>
Answer ask_once(std::size_t size, const std::function<enum nss_status(Entry*, char*, std::size_t, int*)>& call) {
  constexpr char guard = 0x5c;
  std::vector<char> room(size + 17, guard);
  Answer answer;
  Entry entry{};
  answer.error = 4711;
  const auto begin = std::chrono::steady_clock::now();
  answer.status = call(&entry, room.data() + 1, size, &answer.error);
  answer.time = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  if (answer.status == NSS_STATUS_SUCCESS) answer.text = text_of(entry);
  bool kept = room[0] == guard;
  for (std::size_t i = size + 1; i < room.size(); ++i) kept = kept && room[i] == guard;
  if (!kept) give_up("the module wrote outside of the buffer");
  return answer;
}

template <class Entry>
Answer ask(std::size_t size, const std::function<enum nss_status(Entry*, char*, std::size_t, int*)>& call) {
  Answer answer = ask_once<Entry>(size, call);
  for (int i = 0; i < 40 && patient && came_too_late(answer); ++i) answer = ask_once<Entry>(size, call);
  return answer;
}

}  // namespace

void be_patient(bool wanted) { patient = wanted; }

const Module& module() {
  static const Module loaded = load();
  return loaded;
}

std::string text_of(const passwd& user) {
  return std::string(user.pw_name) + ":" + user.pw_passwd + ":" + std::to_string(user.pw_uid) + ":" +
         std::to_string(user.pw_gid) + ":" + user.pw_gecos + ":" + user.pw_dir + ":" + user.pw_shell;
}

std::string text_of(const group& group) {
  std::string text = std::string(group.gr_name) + ":" + group.gr_passwd + ":" + std::to_string(group.gr_gid) + ":";
  for (char** member = group.gr_mem; *member != nullptr; ++member)
    text += (member == group.gr_mem ? "" : ",") + std::string(*member);
  return text;
}

Answer user_named(const std::string& name, std::size_t size) {
  return ask<passwd>(size, [&](passwd* user, char* room, std::size_t bytes, int* error) {
    return module().getpwnam_r(name.c_str(), user, room, bytes, error);
  });
}

Answer user_of(uid_t uid, std::size_t size) {
  return ask<passwd>(size, [&](passwd* user, char* room, std::size_t bytes, int* error) {
    return module().getpwuid_r(uid, user, room, bytes, error);
  });
}

Answer next_user(std::size_t size) { return ask<passwd>(size, module().getpwent_r); }

Answer group_named(const std::string& name, std::size_t size) {
  return ask<group>(size, [&](group* found, char* room, std::size_t bytes, int* error) {
    return module().getgrnam_r(name.c_str(), found, room, bytes, error);
  });
}

Answer group_of(gid_t gid, std::size_t size) {
  return ask<group>(size, [&](group* found, char* room, std::size_t bytes, int* error) {
    return module().getgrgid_r(gid, found, room, bytes, error);
  });
}

Answer next_group(std::size_t size) { return ask<group>(size, module().getgrent_r); }

}  // namespace openlsa::test
