#include "authority/admin/memory_json.hpp"

#include <algorithm>

#include "authority/audit/json_line.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority::admin {
namespace {

// A package that has unloaded itself has no name any more.
std::string name_of(const RunningHost& host, seam::PackageId package) {
  if (package == 0) return "(runtime)";
  const auto found = std::find_if(host.packages.begin(), host.packages.end(),
                                  [package](const seam::PackageInfo& info) { return info.id == package; });
  return found == host.packages.end() ? "(package " + std::to_string(package) + ")" : nt::to_utf8_lossy(found->name);
}

std::string memory_row(const std::string& host, const std::string& owner, const seam::MemoryOwner& memory) {
  JsonObject row;
  row.text("host", host).text("owner", owner);
  row.number("lsa_heap", memory.lsa_heap.blocks).number("lsa_heap_bytes", memory.lsa_heap.bytes);
  row.number("private_heap", memory.private_heap.blocks).number("private_heap_bytes", memory.private_heap.bytes);
  row.number("return_buffers", memory.return_buffers.blocks).number("return_buffer_bytes", memory.return_buffers.bytes);
  row.number("mixed_frees", memory.mixed_frees).number("refused_frees", memory.refused_frees);
  return row.str();
}

}  // namespace

std::string memory_json(Authority& authority) {
  JsonArray rows;
  for (const std::shared_ptr<PackageFile>& file : authority.registry().files()) {
    const std::optional<RunningHost> host = file->running();
    if (!host) continue;
    const seam::HostHealthReply health = authority.registry().call(
        *host, CallKind::health, "health", [](seam::PackageHost& target) { return target.host_health({}); });
    if (!nt::succeeded(health.status)) continue;
    for (const seam::MemoryOwner& owner : health.memory)
      if (owner.package == 0 || file->ids().contains(owner.package))
        rows.raw(memory_row(file->drop_in()->name, name_of(*host, owner.package), owner));
  }
  return rows.str();
}

}  // namespace openlsa::authority::admin
