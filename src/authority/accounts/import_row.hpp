// One account of an import file: a line of CSV or one JSON object. The line may hold a password, so it is decoded in
// its own place, in the caller's buffer, which the caller wipes; nothing of a password is copied.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authority/accounts/account.hpp"
#include "base/result.hpp"

namespace openlsa::authority {

struct ImportRow {
  NewAccount account;
  std::vector<std::string> member_of;  // names of groups of the authority
  std::vector<std::string> given;      // the columns that the row holds; others are not compared
};

enum class ImportFormat { csv, json_lines };

// The longest line that is read.
inline constexpr std::size_t max_import_line_bytes = 65536;

using ImportFields = std::vector<std::pair<std::string, std::string_view>>;

// The names in the first line of a CSV file. "name" must be one of them, and each a known one.
base::OrFailure<std::vector<std::string>> parse_csv_header(base::MutableByteView line);
// Splits a line (without its end) into fields: RFC 4180 without line ends within a field.
base::OrFailure<ImportFields> parse_csv_line(base::MutableByteView line, const std::vector<std::string>& columns);
// A flat object (RFC 8259): strings, numbers, booleans, null (not given), arrays of strings and numbers, which become
// one text with ';' between them, as CSV has it.
base::OrFailure<ImportFields> parse_json_line(base::MutableByteView line);
// What the fields say.
base::OrFailure<ImportRow> parse_import_row(const ImportFields& fields);

}  // namespace openlsa::authority
