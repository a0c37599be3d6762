#include "programs/lsactl/render.hpp"

#include <algorithm>
#include <vector>

#include "base/printable.hpp"

namespace openlsa::lsactl {
namespace {

using Json = nlohmann::ordered_json;

std::string cell(const Json& value) {
  if (value.is_string()) return base::printable(value.get<std::string>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_null()) return "-";
  if (value.is_array()) {
    std::string text;
    for (const Json& element : value) text += (text.empty() ? "" : ", ") + cell(element);
    return text.empty() ? "-" : text;
  }
  if (value.is_object()) {
    std::string text;
    for (const auto& [key, member] : value.items()) text += (text.empty() ? "" : " ") + key + "=" + cell(member);
    return text;
  }
  return value.dump();
}

bool is_table(const Json& value) {
  return value.is_array() && !value.empty() &&
         std::all_of(value.begin(), value.end(), [](const Json& row) { return row.is_object(); });
}

std::string table(const Json& rows, const std::string& indent) {
  std::vector<std::string> columns;
  for (const Json& row : rows)
    for (const auto& [key, value] : row.items())
      if (std::find(columns.begin(), columns.end(), key) == columns.end()) columns.push_back(key);
  std::vector<std::size_t> widths;
  for (const std::string& column : columns) {
    std::size_t width = column.size();
    for (const Json& row : rows)
      if (row.contains(column)) width = std::max(width, cell(row[column]).size());
    widths.push_back(width);
  }
  std::string text;
  const auto line = [&](auto&& value_of) {
    std::string row = indent;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::string value = value_of(columns[i]);
      if (i + 1 < columns.size()) value.resize(widths[i] + 2, ' ');
      row += value;
    }
    text += row + "\n";
  };
  line([](const std::string& column) { return column; });
  for (const Json& row : rows)
    line([&](const std::string& column) { return row.contains(column) ? cell(row[column]) : std::string("-"); });
  return text;
}

std::string block(const Json& value, const std::string& indent) {
  if (is_table(value)) return table(value, indent);
  if (!value.is_object()) return indent + cell(value) + "\n";
  std::size_t width = 0;
  for (const auto& [key, member] : value.items()) width = std::max(width, key.size());
  std::string text;
  for (const auto& [key, member] : value.items()) {
    const bool nested = is_table(member) || (member.is_object() && !member.empty());
    std::string label = key + ":";
    if (!nested) label.resize(width + 2, ' ');
    text += indent + label + (nested ? "\n" + block(member, indent + "  ") : cell(member) + "\n");
  }
  return text;
}

}  // namespace

std::string render(const Json& answer) {
  if (answer.is_array() && answer.empty()) return "(none)\n";
  return block(answer, "");
}

}  // namespace openlsa::lsactl
