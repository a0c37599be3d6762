// What doors have in common: a file that is no security package has no table and no id, but its calls count, have a
// deadline and are contained like those of a package.
#pragma once

#include <string>

#include "base/module.hpp"
#include "host/package/loaded_package.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {

// Under the file's own name, for messages.
inline void name_after_file(LoadedPackage& self, const base::Module& module) {
  const std::string& path = module.path();
  self.info.name = nt::to_utf16(path.substr(path.find_last_of('/') + 1)).value_or(u"");
}

}  // namespace openlsa::host
