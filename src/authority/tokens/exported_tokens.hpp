// Tokens as descriptors: one end of a socket pair whose other end stays here. Import recognises the far end by its
// SO_COOKIE; the last close of it anywhere releases the token. What a holder writes into it nobody reads.
#pragma once

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

#include "authority/tokens/token.hpp"
#include "base/mutex.hpp"
#include "base/unique_fd.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

class ExportedTokens : public std::enable_shared_from_this<ExportedTokens> {
 public:
  using Watch = std::function<void(int fd, std::function<void()> closed)>;
  static constexpr std::size_t max_exported = 4096;
  static constexpr std::size_t max_exported_per_uid = 512;  // of a uid outside of the TCB
  explicit ExportedTokens(Watch watch) : watch_(std::move(watch)) {}

  // STATUS_NOT_SUPPORTED when nobody would tell us of the last close; STATUS_QUOTA_EXCEEDED, of all or of the
  // `exporter`.
  std::expected<base::UniqueFd, nt::Status> export_token(std::shared_ptr<Token> token, std::uint32_t exporter,
                                                         bool exporter_has_tcb) OPENLSA_EXCLUDES(mutex_);
  // Nothing when the descriptor is not one of ours.
  std::shared_ptr<Token> import_token(const base::UniqueFd& descriptor) OPENLSA_EXCLUDES(mutex_);
  void clear() OPENLSA_EXCLUDES(mutex_);

 private:
  struct Exported {
    std::shared_ptr<Token> token;
    base::UniqueFd near_end;
    std::uint32_t exporter = 0;  // uid
  };
  void closed(std::uint64_t cookie) OPENLSA_EXCLUDES(mutex_);

  const Watch watch_;
  base::Mutex mutex_;
  std::unordered_map<std::uint64_t, Exported> exported_ OPENLSA_GUARDED_BY(mutex_);  // by cookie of the far end
  std::map<std::uint32_t, std::size_t> of_uid_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
