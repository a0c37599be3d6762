#include "walk/identities.hpp"

namespace openlsa::walk {
namespace {

template <class Identity>
using Spoil = std::function<void(Identity&)>;

// The structure with texts of one character type, then spoilt.
template <class Identity, class Character>
Make placed(ULONG flags, Spoil<Identity> spoil = {}) {
  return [=](Call& call) {
    static constexpr char letters[] = "user";
    std::basic_string<Character> text(letters, letters + 4);
    Identity identity{};
    const auto place = [&] {
      return static_cast<Character*>(call.memory.copy(text.data(), text.size() * sizeof(Character)));
    };
    identity.User = place();
    identity.Password = place();
    identity.UserLength = identity.PasswordLength = static_cast<ULONG>(text.size());
    identity.Flags = flags;
    if constexpr (requires { identity.Version; }) {
      identity.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
      identity.Length = sizeof identity;
    }
    if (spoil) spoil(identity);
    return reinterpret_cast<Word>(call.memory.copy(identity));
  };
}

template <class Identity, class Ex, class Character>
Parameter identity(ULONG flags) {
  const auto wrong = [flags](Spoil<Identity> spoil) { return placed<Identity, Character>(flags, std::move(spoil)); };
  const auto wrong_ex = [flags](Spoil<Ex> spoil) { return placed<Ex, Character>(flags, std::move(spoil)); };
  return {placed<Identity, Character>(flags),
          {{"NULL", [](Call&) { return Word{0}; }},
           {"the EX form", placed<Ex, Character>(flags), Expect::succeeds},
           {"neither ANSI nor Unicode", wrong([](Identity& it) { it.Flags = 0; })},
           {"a length and no user", wrong([](Identity& it) { it.User = nullptr; })},
           {"a password beyond all memory", wrong([](Identity& it) { it.PasswordLength = 0xffffffff; })},
           {"the EX form, its next version",
            wrong_ex([](Ex& it) { it.Version = SEC_WINNT_AUTH_IDENTITY_VERSION_2 + 1; }), Expect::either},
           {"the EX form, too short", wrong_ex([](Ex& it) { it.Length = sizeof it - 1; })},
           {"the EX form, of length 0", wrong_ex([](Ex& it) { it.Length = 0; })},
           {"the EX form, a domain beyond all memory", wrong_ex([](Ex& it) { it.DomainLength = 0xffffffff; })}}};
}

Make block(std::function<void(SEC_WINNT_AUTH_IDENTITY_EX2&)> spoil) {
  return [spoil = std::move(spoil)](Call& call) {
    std::string bytes = call.objects.identity();
    spoil(*reinterpret_cast<SEC_WINNT_AUTH_IDENTITY_EX2*>(bytes.data()));
    return reinterpret_cast<Word>(call.memory.copy(bytes.data(), bytes.size(), alignof(void*)));
  };
}

}  // namespace

Parameter identity_w() {
  return identity<SEC_WINNT_AUTH_IDENTITY_W, SEC_WINNT_AUTH_IDENTITY_EXW, USHORT>(SEC_WINNT_AUTH_IDENTITY_UNICODE);
}
Parameter identity_a() {
  return identity<SEC_WINNT_AUTH_IDENTITY_A, SEC_WINNT_AUTH_IDENTITY_EXA, UCHAR>(SEC_WINNT_AUTH_IDENTITY_ANSI);
}

Parameter identity_block() {
  using Ex2 = SEC_WINNT_AUTH_IDENTITY_EX2;
  return {block([](Ex2&) {}),
          {{"NULL", [](Call&) { return Word{0}; }},
           {"version 0", block([](Ex2& it) { it.Version = 0; })},
           {"the next version", block([](Ex2& it) { ++it.Version; })},
           {"a short header", block([](Ex2& it) { it.cbHeaderLength = sizeof it - 1; })},
           {"a block shorter than its header", block([](Ex2& it) { it.cbStructureLength = sizeof it - 1; })},
           {"a block of length 0", block([](Ex2& it) { it.cbStructureLength = 0; })},
           {"a user behind the block", block([](Ex2& it) { it.UserOffset = it.cbStructureLength; })},
           {"a user of odd length", block([](Ex2& it) { --it.UserLength; })},
           {"a domain that wraps", block([](Ex2& it) { it.DomainOffset = 0xfffffffe; })},
           {"credentials that reach out", block([](Ex2& it) { it.PackedCredentialsLength = 0xfffe; })}}};
}

}  // namespace openlsa::walk
