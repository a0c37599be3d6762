// An authority for one row: a private directory with its lsa.toml, and lsad on it, from the build that the bench is of.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace openlsa::bench {

// The directory of the bench's own build: bin/ and lib/ are below it.
std::string build_directory();
// Runs a program of the build to its end with OPENLSA_AUTHORITY set; a failure ends the bench with the program's words.
void run_program(const std::string& authority, const std::vector<std::string>& arguments);

class PrivateAuthority {
 public:
  // "isolated", "in-authority" or "embedded"; with the last no daemon runs.
  explicit PrivateAuthority(const std::string& composition);
  ~PrivateAuthority();
  PrivateAuthority(const PrivateAuthority&) = delete;
  PrivateAuthority& operator=(const PrivateAuthority&) = delete;

  const std::string& directory() const { return directory_; }
  // Of lsad and its hosts, as they run now; none in the embedded composition.
  std::vector<pid_t> processes() const;
  // What OPENLSA_AUTHORITY has to say to reach it.
  std::string address() const;
  // `lsactl ...`, which in the embedded composition is an authority of its own on the same files: only for what stays
  // on disk.
  void control(std::vector<std::string> arguments) const;

 private:
  void start();

  std::string directory_;
  bool embedded_;
  pid_t process_ = -1;
};

}  // namespace openlsa::bench
