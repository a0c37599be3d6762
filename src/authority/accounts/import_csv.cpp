#include <fmt/core.h>

#include "authority/accounts/import_row.hpp"

namespace openlsa::authority {
namespace {

std::string_view text_of(base::MutableByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The next field, decoded where it stands; `at` moves behind it and its comma. False: a quote is not closed, or
// something follows it.
bool take_field(base::MutableByteView line, std::size_t& at, std::string_view& field, bool& last) {
  const std::size_t start = at;
  std::size_t end = start;
  if (at < line.size() && line[at] == '"') {
    for (++at;; ++at) {
      if (at >= line.size()) return false;
      if (line[at] == '"') {
        ++at;
        if (at >= line.size() || line[at] != '"') break;  // "" is one quote
      }
      line[end++] = line[at];
    }
    if (at < line.size() && line[at] != ',') return false;
  } else {
    for (; at < line.size() && line[at] != ','; ++at, ++end)
      if (line[at] == '"') return false;
  }
  field = text_of(line.subspan(start, end - start));
  last = at >= line.size();
  ++at;
  return true;
}

}  // namespace

base::OrFailure<std::vector<std::string>> parse_csv_header(base::MutableByteView line) {
  std::vector<std::string> columns;
  std::string_view field;
  bool last = line.empty(), named = false;
  for (std::size_t at = 0; !last;) {
    if (!take_field(line, at, field, last) || columns.size() == 64)
      return base::failure("The first line is no header. Begin the file with the names of the columns: name,uid,...");
    for (const std::string& column : columns)
      if (column == field) return base::failure(fmt::format("The column '{}' is there twice. Take one away.", field));
    columns.emplace_back(field);
    named |= field == "name";
  }
  if (!named) return base::failure("The header has no column 'name'. Begin the file with: name,uid,...");
  return columns;
}

base::OrFailure<ImportFields> parse_csv_line(base::MutableByteView line, const std::vector<std::string>& columns) {
  ImportFields fields;
  std::string_view field;
  bool last = false;
  for (std::size_t at = 0; !last;) {
    if (!take_field(line, at, field, last))
      return base::failure("A quoted field is not closed, or a quote stands within a field. Double it: \"\".");
    if (fields.size() == columns.size())
      return base::failure(
          fmt::format("There are more fields than the {} columns. Quote what holds a comma.", columns.size()));
    fields.emplace_back(columns[fields.size()], field);
  }
  if (fields.size() != columns.size())
    return base::failure(
        fmt::format("There are {} fields for {} columns. Give each column a field.", fields.size(), columns.size()));
  std::erase_if(fields, [](const auto& entry) { return entry.second.empty(); });
  return fields;
}

}  // namespace openlsa::authority
