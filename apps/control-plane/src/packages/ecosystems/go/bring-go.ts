import type { Toolchains } from "@vibecaas/microvm/toolchains"

/** Go as its makers publish it as a module, by platform, with the hash that the public database has of it. */
const version = "go1.26.8"
const hashes: Readonly<Record<string, { platform: string; hash: string }>> = {
  "linux-x64": {
    platform: "linux-amd64",
    hash: "h1:ZOmGe1OnfREDMIdb1Qi4G9JSuDPBLGExZMQ4nis1RXM=",
  },
  "linux-arm64": {
    platform: "linux-arm64",
    hash: "h1:sYL/O6MqS68ML0kjsQ36WoYIpJqkw60TxizWUYUKQMc=",
  },
}
const marked = "brought "
/** Older ones cannot build what modules ask for today. */
const minorMin = 24

/** The same with a Go that comes through the registry, where the host has none or an old one. */
export function withGo(toolchains: Toolchains, platform: string): Toolchains {
  const minor = Number(/^go1\.(\d+)/.exec(toolchains.go ?? "")?.[1] ?? 0)
  if (minor >= minorMin || !hashes[platform]) return toolchains
  return { ...toolchains, go: `${marked}${version}-${platform}` }
}

/** The module that Go comes as, and its hash; nothing where the host's own is used. */
export function broughtGo(toolchain: string): { module: string; hash: string } | undefined {
  if (!toolchain.startsWith(marked)) return undefined
  const known = hashes[toolchain.slice(marked.length + version.length + 1)]
  return known && { module: `v0.0.1-${version}.${known.platform}`, hash: known.hash }
}
