/** A registry of ours before a public one on a real socket, and machines that visit it. */
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { clockAt, type ManualClock, systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { makeRegistry, type Registry, type Visit } from "../registry.ts"
import type { WireName } from "../wire.ts"
import { type PublicRegistry, publicRegistry } from "./public-registry.ts"

export const plenty = { requests: 1000, bytes: 1e9 }
export const left = { name: "left", version: "1.0.0", scripts: { postinstall: "echo" } }

export type RegistryWorld = Awaited<ReturnType<typeof registryWorld>>

/** Upstream has `left` 1.0.0 and `@scope/right` 2.0.0. */
export async function registryWorld() {
  const dir = await mkdtemp(join(tmpdir(), "registry-"))
  const upstream: PublicRegistry = await publicRegistry()
  upstream.publish(left, { name: "@scope/right", version: "2.0.0" })
  const clock: ManualClock = clockAt("2026-01-01T00:00:00Z")
  const servers: Server[] = []
  const visits: Visit[] = []

  /** Another process of ours on the same directory. */
  const open = (given: { patienceMs?: number; fileBytesMax?: number } = {}) =>
    makeRegistry({
      ...{ root: dir, log: silentLog, fetch },
      clock: given.patienceMs === undefined ? { ...clock, sleep: systemClock.sleep } : systemClock,
      upstreams: { npm: upstream, pypi: upstream, go: upstream, crates: upstream },
      ...given,
    })
  const registry = open()

  /** Some server on this machine. */
  const listen = async (server: Server): Promise<number> => {
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    return (server.address() as AddressInfo).port
  }
  /** A visit behind a real port, as a machine has it. */
  const visited = async (of: Registry = registry, allowance = plenty, wire: WireName = "npm") => {
    const visit = of.visit(wire, allowance)
    visits.push(visit)
    const server = createServer()
    server.removeAllListeners("connection")
    server.on("connection", (socket) => visit.connect(socket))
    const port = await listen(server)
    const get = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
      return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const say = async (path: string) => {
      const { status, bytes } = await get(path)
      return { status, error: JSON.parse(bytes.toString()).error as string }
    }
    return { visit, get, say, port }
  }
  return {
    ...{ upstream, clock, registry, open, listen, visited },
    async close() {
      for (const visit of visits) visit.close()
      for (const server of servers) server.close()
      await upstream.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
