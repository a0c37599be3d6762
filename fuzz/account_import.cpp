// A line of an import, CSV or JSON: an account, or a reason. What was decoded stays within the line that it came in.
#include "authority/accounts/import_row.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;

namespace {

void read(const base::OrFailure<authority::ImportFields>& fields, base::ByteView line) {
  if (!fields) return fuzz::require(!fields.error().message.empty());
  for (const auto& [name, text] : *fields) {
    const auto* begin = reinterpret_cast<const std::uint8_t*>(text.data());
    fuzz::require(text.empty() || (begin >= line.data() && begin + text.size() <= line.data() + line.size()));
  }
  const auto row = authority::parse_import_row(*fields);
  fuzz::require(row ? !row->account.name.empty() : !row.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  base::Bytes line(data + 1, data + size);
  switch (data[0] % 3) {
    case 0:
      read(authority::parse_json_line(line), line);
      break;
    case 1:
      read(authority::parse_csv_line(line, {"name", "uid", "groups", "password", "logon_hours"}), line);
      break;
    default:
      if (const auto columns = authority::parse_csv_header(line)) fuzz::require(!columns->empty());
  }
  return 0;
}
