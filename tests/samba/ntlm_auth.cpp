#include "samba/ntlm_auth.hpp"

#include <openssl/evp.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

std::string to_base64(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Empty when it is no base64, as the name in an AF line is not.
std::string from_base64(const std::string& text) {
  if (text.empty() || text.size() % 4 != 0) return "";
  std::string bytes(3 * text.size() / 4, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return "";
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

}  // namespace

NtlmAuth::NtlmAuth(const char* protocol, const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"ntlm_auth", "--configfile=/etc/samba/smb.conf",
                                    std::string("--helper-protocol=") + protocol};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  int in[2], out[2];
  if (::pipe(in) != 0 || ::pipe(out) != 0) give_up("cannot make pipes");
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in[0], 0);
    ::dup2(out[1], 1);
    ::closefrom(3);
    ::execvp(pointers[0], pointers.data());
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  to_ = ::fdopen(in[1], "w");
  from_ = ::fdopen(out[0], "r");
}

NtlmAuth::~NtlmAuth() {
  std::fclose(to_);
  std::fclose(from_);
  ::waitpid(process_, nullptr, 0);
}

NtlmAuth::Answer NtlmAuth::ask(const std::string& code) { return ask_line(code); }

NtlmAuth::Answer NtlmAuth::ask(const std::string& code, const std::string& token) {
  return ask_line(code + " " + to_base64(token));
}

NtlmAuth::Answer NtlmAuth::ask_line(const std::string& line) {
  std::fputs((line + "\n").c_str(), to_);
  std::fflush(to_);
  std::string text;
  for (int byte = std::fgetc(from_); byte != '\n'; byte = std::fgetc(from_)) {
    if (byte == EOF) return {"", "", "ntlm_auth has ended"};
    text += static_cast<char>(byte);
  }
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return {text, "", ""};
  const std::string rest = text.substr(space + 1);
  return {text.substr(0, space), from_base64(rest.substr(0, rest.find(' '))), rest};
}

void want_protection(NtlmAuth& peer) {
  const NtlmAuth::Answer answer = peer.ask("SF NTLMSSP_FEATURE_SESSION_KEY NTLMSSP_FEATURE_SIGN NTLMSSP_FEATURE_SEAL");
  if (answer.code != "OK") give_up("ntlm_auth takes no features: " + answer.code + " " + answer.rest);
}

}  // namespace openlsa::test
