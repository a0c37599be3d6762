#include "programs/lsactl/secret_input.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/printable.hpp"

namespace openlsa::lsactl {
namespace {

constexpr std::size_t max_password_bytes = 4096;

// No echo while this lives. Signals that would leave the terminal mute wait until the line is read.
class MuteTerminal {
 public:
  explicit MuteTerminal(int terminal) : terminal_(terminal) {
    sigset_t signals;
    ::sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGTSTP}) ::sigaddset(&signals, signal);
    ::sigprocmask(SIG_BLOCK, &signals, &before_);
    mute_ = ::tcgetattr(terminal_, &settings_) == 0;
    termios silent = settings_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ISIG);
    mute_ = mute_ && ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
  }
  ~MuteTerminal() {
    if (mute_) ::tcsetattr(terminal_, TCSAFLUSH, &settings_);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  explicit operator bool() const { return mute_; }

 private:
  const int terminal_;
  termios settings_{};
  sigset_t before_{};
  bool mute_ = false;
};

// Up to the end of the line, or of the input; byte by byte, for what follows is not ours.
base::OrFailure<base::Secret> read_line(int descriptor) {
  base::Secret line(max_password_bytes + 1);
  std::size_t size = 0;
  for (;;) {
    std::uint8_t& place = line.reveal_mutable()[size];
    const ssize_t got = ::read(descriptor, &place, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure("The password cannot be read: " + std::string(std::strerror(errno)) + ".");
    if (got == 0 || place == '\n') return base::Secret(line.reveal().first(size));
    if (place == 3) return base::failure("Nothing was changed.");  // Ctrl-C
    if (++size > max_password_bytes) return base::failure("The password is too long.");
  }
}

base::OrFailure<base::Secret> ask_once(int terminal, const std::string& prompt) {
  const MuteTerminal mute(terminal);
  if (!mute) return base::failure("The terminal cannot be told to hide the password. Use --password-fd.");
  (void)!::write(terminal, prompt.data(), prompt.size());
  auto line = read_line(terminal);
  (void)!::write(terminal, "\n", 1);
  return line;
}

}  // namespace

base::OrFailure<base::Secret> read_password(const std::string& whose, int descriptor) {
  if (descriptor >= 0) return read_line(descriptor);
  const base::UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
  if (!terminal)
    return base::failure(
        "There is no terminal to ask for the password. Give it with --password-fd N, for example "
        "--password-fd 0 < FILE.");
  base::Secret first = OPENLSA_TRY(ask_once(terminal.get(), "New password of " + base::printable(whose) + ": "));
  const base::Secret second = OPENLSA_TRY(ask_once(terminal.get(), "The same again: "));
  if (!base::equal_constant_time(first.reveal(), second.reveal()))
    return base::failure("The two passwords differ. Nothing was changed.");
  if (first.empty()) return base::failure("The password is empty. Nothing was changed.");
  return first;
}

base::OrFailure<base::Secret> read_secret(int descriptor, std::size_t limit) {
  base::Secret read(limit + 1);
  std::size_t size = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, read.reveal_mutable().data() + size, read.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure("The secret cannot be read: " + std::string(std::strerror(errno)) + ".");
    if (got == 0) return base::Secret(read.reveal().first(size));
    size += static_cast<std::size_t>(got);
    if (size > limit) return base::failure("The secret is longer than " + std::to_string(limit) + " bytes.");
  }
}

base::OrFailure<SecretFile> SecretFile::make(const base::Secret& secret) {
  SecretFile made{base::UniqueFd(::memfd_create("secret", MFD_CLOEXEC))};
  if (!made.file_) return base::failure("A file for the secret cannot be made: " + std::string(std::strerror(errno)));
  for (std::size_t done = 0; done < secret.size();) {
    const ssize_t written = ::write(made.file_.get(), secret.reveal().data() + done, secret.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return base::failure("The secret cannot be passed on: " + std::string(std::strerror(errno)));
    done += static_cast<std::size_t>(written);
  }
  return made;
}

// The authority holds the same file a moment longer: overwritten, there is nothing left in it.
SecretFile::~SecretFile() {
  struct stat status{};
  if (!file_ || ::fstat(file_.get(), &status) != 0) return;
  const std::uint8_t zeros[512] = {};
  for (off_t at = 0; at < status.st_size; at += static_cast<off_t>(sizeof zeros))
    (void)!::pwrite(file_.get(), zeros,
                    std::min<std::size_t>(sizeof zeros, static_cast<std::size_t>(status.st_size - at)), at);
}

}  // namespace openlsa::lsactl
