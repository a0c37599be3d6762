#include "programs/lsactl/admin.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" std::int32_t openlsa_admin_call(const char* verb, const char* const* arguments, int argument_count,
                                           const int* files, int file_count, char** json, char** message);

namespace openlsa::lsactl {

Answer ask(const std::string& verb, const std::vector<std::string>& arguments, const std::vector<int>& files) {
  std::vector<const char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
  char* json = nullptr;
  char* message = nullptr;
  const std::int32_t status = openlsa_admin_call(verb.c_str(), pointers.data(), static_cast<int>(pointers.size()),
                                                 files.data(), static_cast<int>(files.size()), &json, &message);
  Answer answer{status >= 0, json == nullptr ? "" : json, message == nullptr ? "" : message};
  std::free(json);
  std::free(message);
  if (!answer.ok && answer.message.empty()) {
    char code[16];
    std::snprintf(code, sizeof code, "0x%08X", static_cast<std::uint32_t>(status));
    answer.message =
        "The authority refused '" + verb + "' with status " + code +
        ". Run lsactl as root (or as the user that lsad runs as), and look at its audit log for the reason.";
  }
  return answer;
}

}  // namespace openlsa::lsactl
