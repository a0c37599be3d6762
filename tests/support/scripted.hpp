// The scripted package (tests/packages/scripted/README.md): tells its entry points what to do, and reads what they were
// called with. "ENTRY" is a slot of LSA mode by its name in SECPKG_FUNCTION_TABLE, "user/ENTRY" one of the user-mode
// half in this process or its children.
//
//   Scripted scripted;                                   // no rule and no record of before
//   scripted.set("AcceptCredentials", "on=2 return=0xC0000001");
//   ... scripted.record("AcceptCredentials").at(1)["luid"] ...
#pragma once

#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/installation.hpp"
#include "support/text.hpp"

namespace openlsa::test {

// One call of an entry point, in the order in which they began.
struct ScriptedCall {
  std::string package;
  std::string entry;
  unsigned long long sequence = 0;
  Answers arguments;
  std::optional<NTSTATUS> status;  // nothing: it did not return
  Answers results;                 // the addresses of what it handed over, by output
  std::string operator[](const std::string& name) const { return answer(arguments, name); }
};

class Scripted {
 public:
  Scripted();  // of the authority of this run
  explicit Scripted(const Installation& place, const std::string& file_name = "scripted");
  ~Scripted();  // rules end with the test
  Scripted(const Scripted&) = delete;
  Scripted& operator=(const Scripted&) = delete;

  // `set` starts the count of the entry's calls anew. A further rule is for calls that those before it do not match.
  void set(const std::string& entry, const std::string& rule) const;
  void add(const std::string& entry, const std::string& rule) const;
  void clear() const;
  bool wait_at_gate(const std::string& gate) const;  // until a call of LSA mode is there
  void open_gate(const std::string& gate) const;     // of wait=GATE and late-wait=GATE, in both halves

  std::vector<ScriptedCall> record(const std::string& entry, const std::string& package = "Scripted") const;
  // The only call there was; a failed expectation and an empty one when there were none or more.
  ScriptedCall only(const std::string& entry, const std::string& package = "Scripted") const;
  std::size_t count(const std::string& entry, const std::string& package = "Scripted") const {
    return record(entry, package).size();
  }
  // Those whose argument NAME is VALUE. Sessions of earlier tests end whenever they end: name yours.
  std::vector<ScriptedCall> record_of(const std::string& entry, const std::string& name, const std::string& value,
                                      const std::string& package = "Scripted") const;
  // Waits until there were so many calls.
  bool wait(const std::string& entry, std::size_t calls = 1, const std::string& package = "Scripted") const;

  // What the record says of a secret that is these bytes, or this text as a UNICODE_STRING.
  static std::string digest(std::string_view bytes);
  static std::string wide_digest(std::string_view text);
  // Text as a value of a rule: spaces and the like are escaped.
  static std::string value(std::string_view text);

 private:
  std::string file(const std::string& entry, const char* prefix) const;
  std::string lsa_directory_;
  std::string user_directory_;
};

// Where the user-mode half looks for its rules; AuthorityEnvironment names it to the processes of a run.
std::string scripted_user_directory(const Installation& place);

}  // namespace openlsa::test
