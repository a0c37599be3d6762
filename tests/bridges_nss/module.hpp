// The module as glibc has it: its functions, by dlopen.
#pragma once

#include <grp.h>
#include <nss.h>
#include <pwd.h>

#include <chrono>
#include <string>
#include <vector>

namespace openlsa::test {

struct Module {
  enum nss_status (*getpwnam_r)(const char*, passwd*, char*, std::size_t, int*);
  enum nss_status (*getpwuid_r)(uid_t, passwd*, char*, std::size_t, int*);
  enum nss_status (*setpwent)(int);
  enum nss_status (*getpwent_r)(passwd*, char*, std::size_t, int*);
  enum nss_status (*getgrnam_r)(const char*, group*, char*, std::size_t, int*);
  enum nss_status (*getgrgid_r)(gid_t, group*, char*, std::size_t, int*);
  enum nss_status (*setgrent)(int);
  enum nss_status (*getgrent_r)(group*, char*, std::size_t, int*);
  enum nss_status (*initgroups_dyn)(const char*, gid_t, long*, long*, gid_t**, long, int*);
};
const Module& module();

// What a call answered: the status, errno, and the entry as one line.
struct Answer {
  enum nss_status status = NSS_STATUS_UNAVAIL;
  int error = 0;
  std::string text;  // "name:*:70001:70001:gecos:home:shell", "name:*:gid:a,b"
  std::chrono::microseconds time{};
};
std::string text_of(const passwd& user);
std::string text_of(const group& group);

// On a machine that is busy 50 ms can pass before the server's turn comes: such an answer is asked for again, unless
// the test is about the time.
void be_patient(bool patient);

Answer user_named(const std::string& name, std::size_t size = 1024);
Answer user_of(uid_t uid, std::size_t size = 1024);
Answer next_user(std::size_t size = 1024);
Answer group_named(const std::string& name, std::size_t size = 1024);
Answer group_of(gid_t gid, std::size_t size = 1024);
Answer next_group(std::size_t size = 1024);

}  // namespace openlsa::test
