#include "programs/lsactl/pages.hpp"

#include <nlohmann/json.hpp>

namespace openlsa::lsactl {

Answer all_accounts() {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (std::string from = "0";;) {
    Answer part = ask("account-list", {"from=" + from, "limit=1000"});
    if (!part.ok) return part;
    auto parsed = nlohmann::ordered_json::parse(part.json, nullptr, false);
    if (!parsed.is_object() || !parsed["accounts"].is_array() || !parsed["next"].is_number_unsigned())
      return {false, "", "The authority's answer cannot be read. Use an lsactl of its version."};
    for (auto& account : parsed["accounts"]) all.push_back(std::move(account));
    if (parsed["next"] == 0u) return {true, all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), ""};
    from = parsed["next"].dump();
  }
}

}  // namespace openlsa::lsactl
