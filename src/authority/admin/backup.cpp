// backup: accounts.db as it is now, into the call's file. Whole and consistent, while the authority works.
#include <sys/stat.h>

#include "authority/accounts/backup_database.hpp"
#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

seam::AdminReply backup(const Call& call) {
  OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {}));
  struct stat status{};
  if (call.request.files.size() != 1 || ::fstat(call.request.files[0].get(), &status) != 0 || !S_ISREG(status.st_mode))
    return refused(STATUS_INVALID_PARAMETER, "A backup goes into one regular file. Name one that is not there yet.");
  const auto written = backup_database(call.authority.accounts().path(), call.request.files[0].get());
  record(call, "backup", written ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL, "", "",
         written ? std::to_string(*written) + " bytes" : written.error().message);
  if (!written) return refused(STATUS_UNSUCCESSFUL, written.error().message);
  return answer(JsonObject()
                    .number("bytes", *written)
                    .text("sealed_with", call.authority.configuration().state_directory + "/master.key")
                    .str());
}

}  // namespace openlsa::authority::admin
