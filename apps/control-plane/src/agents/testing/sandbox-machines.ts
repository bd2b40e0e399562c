import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { silentLog } from "@vibecaas/kernel/log"
import { openDrivers } from "@vibecaas/microvm/drivers"
import { makeFleet } from "@vibecaas/microvm/fleet"
import { makeHost } from "@vibecaas/microvm/host"
import type { Caps } from "@vibecaas/microvm/port"
import { makeListener } from "@vibecaas/reconcile/listen"
import { makeLoops } from "@vibecaas/reconcile/loops"
import { makeApps, makeSnapshots, type Sessions } from "../../apps/index.ts"
import { makePool } from "../../db/pool.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { makeMachines } from "../../machines/index.ts"
import { makePackages } from "../../packages/make-packages.ts"
import { layersIn, sourcesIn } from "../../packages/testing/packages-in.ts"
import { makeSaving, type Repositories } from "../../projects/index.ts"
import { secrets } from "../../secrets/testing/test-secrets.ts"

/** The product's own machines: with the strongest isolation that this computer has. */
export async function sandboxMachines(
  repositories: Repositories,
  db: TestDatabase,
  npm?: string,
): Promise<Sessions & { caps: Caps; close(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), "avm-"))
  await chmod(root, 0o711)
  const sources = await sourcesIn(root, { clock: db.clock, log: silentLog, npm })
  const { clock, scope, newId, database } = db
  const drivers = await openDrivers({
    stateDir: join(root, "state"),
    dataRoot: join(root, "data"),
    layersDir: layersIn(root),
    nodePath: process.execPath,
    ...{ clock, log: silentLog },
  })
  const policy = { allowWeak: true, allowNoIsolation: true, requireIsolation: false }
  const host = makeHost({ id: "local", drivers, policy, clock, log: silentLog })
  const fleet = makeFleet([host])
  const parts = { scope, clock, newId, log: silentLog, database }
  const machines = makeMachines({ ...parts, fleet })
  const listener = makeListener({ url: db.urls.app, clock, log: silentLog })
  const packages = makePackages({ ...parts, ...sources, fleet, repositories })
  const apps = makeApps({
    secrets,
    ...{
      ...parts,
      packages,
      repositories,
      saving: makeSaving(),
      variables: async () => ({}),
      live: machines.live,
      listener,
      server: "test",
    },
    snapshots: makeSnapshots({ root: join(root, "snapshots"), clock }),
    previewUrl: (slug) => `http://${slug}.preview.localhost`,
  })
  const pool = makePool({ url: db.urls.queue, log: silentLog, name: "test-loops", max: 6 })
  const loops = makeLoops({
    ...{ pool, listener, clock, log: silentLog },
    backoff: { delayMs: 50, delayMsMax: 1000, jitter: 0.2 },
    holder: { holder: "test", instance: "test" },
  })
  for (const loop of [...machines.kind.loops, ...apps.kind.loops]) loops.add(loop)
  listener.start()
  await loops.start()
  return {
    ...apps.sessions,
    caps: await host.probe(),
    async close() {
      await loops.stop(2000)
      await listener.close()
      machines.close()
      await host.close()
      await pool.end()
      await rm(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
