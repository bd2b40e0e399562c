import { createServer } from "node:net"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { makeRegistry } from "@vibecaas/registry/registry"
import type { WireName } from "@vibecaas/registry/wire"
import { kept } from "./keep.ts"

/** The platform's registry at a port of this computer, for one installation. */
export async function openRegistry(
  wire: WireName,
  upstream: { base: string; fileHosts?: readonly string[] },
): Promise<AsyncDisposable & { url: string }> {
  const registry = makeRegistry({
    ...{ root: join(kept, "registry"), clock: systemClock, log: silentLog, fetch },
    upstreams: {
      ...{ npm: undefined, pypi: undefined, go: undefined, crates: undefined },
      [wire]: upstream,
    },
  })
  const visit = registry.visit(wire, { requests: 20_000, bytes: 2 ** 30 })
  const server = createServer((socket) => visit.connect(socket))
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`,
    async [Symbol.asyncDispose]() {
      visit.close()
      server.close()
    },
  }
}
