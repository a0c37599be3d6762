// account-import: format=csv|json, offset=, line=; the whole import file in the call's file. One call adds the rows of
// a part of it, at most a thousand; lsactl calls until `end`. The file is read here, so that it is judged in one place
// and passwords in it pass through no message.
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "authority/accounts/import_batch.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {
namespace {

constexpr std::size_t part_bytes = std::size_t{1} << 20;

base::OrFailure<base::Secret> read_part(int file, std::uint64_t offset, std::size_t size) {
  base::Secret text(size);
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got =
        ::pread(file, text.reveal_mutable().data() + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure("The import file cannot be read. Check the disk that it is on.");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return base::Secret(text.reveal().first(done));
}

// The columns that the first line names, and where the rows begin.
base::OrFailure<std::pair<std::vector<std::string>, std::uint64_t>> read_header(int file) {
  base::Secret text = OPENLSA_TRY(read_part(file, 0, max_import_line_bytes));
  base::MutableByteView line = text.reveal_mutable();
  const auto end = std::find(line.begin(), line.end(), '\n');
  if (end == line.end() && text.size() == max_import_line_bytes)
    return base::failure("The first line is longer than 65536 bytes. Begin the file with: name,uid,...");
  const std::size_t size = static_cast<std::size_t>(end - line.begin());
  const std::uint64_t rows_begin = size + (end == line.end() ? 0 : 1);
  line = line.first(size);
  if (!line.empty() && line.back() == '\r') line = line.first(line.size() - 1);
  return std::pair(OPENLSA_TRY(parse_csv_header(line)), rows_begin);
}

std::string result_json(const ImportResult& result, std::uint64_t next, std::uint64_t line, bool end) {
  JsonArray problems;
  for (const ImportProblem& problem : result.problems)
    problems.raw(JsonObject().number("line", problem.line).text("message", problem.message).str());
  return JsonObject()
      .number("next", next)
      .number("line", line)
      .flag("end", end)
      .number("added", result.added)
      .number("skipped", result.skipped)
      .number("failed", result.failed)
      .raw("problems", problems.str())
      .str();
}

}  // namespace

seam::AdminReply account_import(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"format", "offset", "line"}));
  const std::string format = OPENLSA_ARGUMENT(arguments.required("format"));
  std::uint64_t offset = OPENLSA_ARGUMENT(arguments.number("offset")).value_or(0);
  if (format != "csv" && format != "json") return refused(STATUS_INVALID_PARAMETER, "'format' must be csv or json.");
  struct stat status{};
  if (call.request.files.size() != 1 || ::fstat(call.request.files[0].get(), &status) != 0 ||
      !S_ISREG(status.st_mode) || status.st_size > 0xffffffff)
    return refused(STATUS_INVALID_PARAMETER,
                   "An import needs one regular file below 4 GiB. Split it, or save it first.");
  const int file = call.request.files[0].get();
  ImportPart part;
  part.first_line = OPENLSA_ARGUMENT(arguments.number("line")).value_or(1);
  part.is_foreign_uid = [&](std::uint32_t uid) { return call.authority.configuration().host_uids.contains(uid); };
  if (format == "csv") {
    const auto [columns, rows_begin] = OPENLSA_ARGUMENT(read_header(file));
    part.columns = columns;
    if (offset < rows_begin) {
      offset = rows_begin;
      part.first_line = 2;
    }
  } else {
    part.format = ImportFormat::json_lines;
  }
  base::Secret text = OPENLSA_ARGUMENT(read_part(file, offset, part_bytes));
  part.is_end = text.size() < part_bytes;
  const AccountResult<ImportResult> result = import_batch(call.authority.accounts(), text.reveal_mutable(), part);
  if (!result) {
    record(call, "account-import", result.error().status, "", "", result.error().message);
    return refused(result.error().status, result.error().message);
  }
  if (result->taken_bytes == 0 && !part.is_end)
    return refused(STATUS_INVALID_PARAMETER,
                   fmt::format("Line {} is longer than 65536 bytes. Shorten it.", part.first_line));
  record(call, "account-import", STATUS_SUCCESS, "", "",
         fmt::format("added={} skipped={} failed={}", result->added, result->skipped, result->failed));
  const bool end = part.is_end && result->taken_bytes == text.size();
  return answer(result_json(*result, offset + result->taken_bytes, part.first_line + result->lines, end));
}

}  // namespace openlsa::authority::admin
