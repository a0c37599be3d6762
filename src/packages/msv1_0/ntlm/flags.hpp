// NegotiateFlags ([MS-NLMP] 2.2.2.5).
#pragma once

#include <cstdint>

namespace msv1_0::flag {

inline constexpr std::uint32_t unicode = 0x00000001;                     // A
inline constexpr std::uint32_t oem = 0x00000002;                         // B
inline constexpr std::uint32_t request_target = 0x00000004;              // C
inline constexpr std::uint32_t sign = 0x00000010;                        // D
inline constexpr std::uint32_t seal = 0x00000020;                        // E
inline constexpr std::uint32_t datagram = 0x00000040;                    // F
inline constexpr std::uint32_t lm_key = 0x00000080;                      // G
inline constexpr std::uint32_t ntlm = 0x00000200;                        // H
inline constexpr std::uint32_t anonymous = 0x00000800;                   // J
inline constexpr std::uint32_t oem_domain_supplied = 0x00001000;         // K
inline constexpr std::uint32_t oem_workstation_supplied = 0x00002000;    // L
inline constexpr std::uint32_t always_sign = 0x00008000;                 // M
inline constexpr std::uint32_t target_type_domain = 0x00010000;          // N
inline constexpr std::uint32_t target_type_server = 0x00020000;          // O
inline constexpr std::uint32_t extended_session_security = 0x00080000;   // P
inline constexpr std::uint32_t identify = 0x00100000;                    // Q
inline constexpr std::uint32_t request_non_nt_session_key = 0x00400000;  // R
inline constexpr std::uint32_t target_info = 0x00800000;                 // S
inline constexpr std::uint32_t version = 0x02000000;                     // T
inline constexpr std::uint32_t key_128 = 0x20000000;                     // U
inline constexpr std::uint32_t key_exchange = 0x40000000;                // V
inline constexpr std::uint32_t key_56 = 0x80000000;                      // W

inline constexpr std::uint32_t session_security = sign | seal;

}  // namespace msv1_0::flag
