// A part of an import file becomes accounts, in one transaction. Rows that are there already and equal are skipped, so
// that an import that was interrupted begins again from the start.
#pragma once

#include "authority/accounts/account_store.hpp"
#include "authority/accounts/import_row.hpp"

namespace openlsa::authority {

struct ImportProblem {
  std::uint64_t line = 0;
  std::string message;
};

struct ImportResult {
  std::size_t taken_bytes = 0;  // whole lines of the part
  std::uint64_t lines = 0;
  std::size_t added = 0;
  std::size_t skipped = 0;
  std::size_t failed = 0;
  std::vector<ImportProblem> problems;  // the first of them
};

struct ImportPart {
  ImportFormat format = ImportFormat::csv;
  std::vector<std::string> columns;                            // of the CSV file
  std::uint64_t first_line = 1;                                // of the part, for messages
  bool is_end = false;                                         // the file ends with it: the last line may have no end
  std::function<bool(std::uint32_t uid)> is_foreign_uid = {};  // uids that no account may have
};

// Decodes `text` in its place. The failure is the disk's: nothing of the part was added.
AccountResult<ImportResult> import_batch(AccountStore& accounts, base::MutableByteView text, const ImportPart& part);

inline constexpr std::size_t max_import_batch_rows = 1000;

}  // namespace openlsa::authority
