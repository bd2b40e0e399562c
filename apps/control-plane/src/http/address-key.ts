import { isIPv4, isIPv6 } from "node:net"

/**
 * Whom an address belongs to, as far as counting goes: one IPv4 address, or the 64 bits of IPv6
 * that a single household or server is given, within which it has as many as it likes.
 */
export function addressKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  if (isIPv4(mapped) || !isIPv6(mapped)) return mapped
  const [left = "", right] = mapped.toLowerCase().split("%", 1).join("").split("::")
  const head = left.split(":").filter(Boolean)
  const tail = (right ?? "").split(":").filter(Boolean)
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length)
  const groups = [...head, ...Array.from({ length: zeros }, () => "0"), ...tail]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`
}
