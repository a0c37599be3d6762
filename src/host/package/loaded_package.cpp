#include "host/package/loaded_package.hpp"

#include "nt/utf.hpp"

namespace openlsa::host {

std::string LoadedPackage::display_name() const {
  if (info.name.empty()) return "number " + std::to_string(index_in_file + 1) + " (nameless so far)";
  return nt::to_utf8_lossy(info.name);
}

}  // namespace openlsa::host
