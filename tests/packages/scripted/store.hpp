// The directory of one half of the package: rules, counts and the record, in files that outlive the process.
#pragma once

#include <string>
#include <string_view>

namespace scripted {

enum class Half { lsa, user };

class Store {
 public:
  explicit Store(Half half);  // empty where the half has no directory (yet)

  std::string script(const std::string& entry) const;  // "" when there is none
  void set_script(const std::string& entry, const std::string& text) const;
  // The number of this call of the entry point by the package, from 1, since its script was set.
  unsigned long long count_call(const std::string& entry, const char* package) const;
  unsigned long long next_sequence() const;
  void append_record(const std::string& line) const;
  std::string record() const;
  bool released(const std::string& gate) const;  // the file go.GATE exists
  void clear() const;

  std::string file(const std::string& name) const;  // what the file holds
  void set_file(const std::string& name, const std::string& bytes) const;
  void remove_file(const std::string& name) const;

 private:
  std::string path(const std::string& name) const { return directory_ + "/" + name; }
  std::string directory_;
};

}  // namespace scripted
