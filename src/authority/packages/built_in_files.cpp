#include "authority/packages/built_in_files.hpp"

#include <algorithm>

#include "authority/policy/configuration.hpp"

namespace openlsa::authority {

const std::vector<BuiltInFile>& built_in_files() {
  static const std::vector<BuiltInFile> files{
      {"msv1_0", "msv1_0.so", &Configuration::ntlm_enabled},
      {"winbind", "winbind.so", &Configuration::domain_enabled, seam::Door::domain},
  };
  return files;
}

bool is_built_in_file(std::string_view name) {
  return std::any_of(built_in_files().begin(), built_in_files().end(),
                     [&](const BuiltInFile& file) { return file.name == name; });
}

Rights built_in_rights(seam::Door door) {
  Rights rights;
  if (door != seam::Door::security_packages) return rights;
  rights.every_account = true;
  rights.account_keys = true;
  return rights;
}

}  // namespace openlsa::authority
