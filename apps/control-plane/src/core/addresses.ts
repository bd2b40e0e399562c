import { BlockList, isIP } from "node:net"

/** Addresses of this machine and of private networks. */
const privateOnes = listOf(
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["::1", 128],
  ["fc00::", 7],
)

/** Link-local ones, where clouds tell machines their secrets, and what no server has. */
const strangeOnes = listOf(
  ["0.0.0.0", 8],
  ["169.254.0.0", 16],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
)

/** Of IPv6, only these are given to anybody; of all others some lead to IPv4 by a detour. */
const publicV6 = listOf(["2000::", 3])

function listOf(...ranges: [string, number][]): BlockList {
  const list = new BlockList()
  for (const [net, bits] of ranges) list.addSubnet(net, bits, isIP(net) === 6 ? "ipv6" : "ipv4")
  return list
}

/** `strange`: nobody is asked there because of a name. */
export function kindOfAddress(address: string): "public" | "private" | "strange" {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const family = isIP(address)
  if (mapped) return kindOfAddress(mapped)
  if (family === 0) return "strange"
  const type = family === 6 ? "ipv6" : "ipv4"
  if (strangeOnes.check(address, type)) return "strange"
  if (privateOnes.check(address, type)) return "private"
  return family === 4 || publicV6.check(address, type) ? "public" : "strange"
}

/** The address that a URL names by itself, without brackets. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1")
  return isIP(bare) > 0 ? bare : undefined
}
