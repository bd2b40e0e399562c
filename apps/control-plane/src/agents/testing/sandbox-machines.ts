import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { silentLog } from "@vibecaas/kernel/log"
import { makeSandboxDriver } from "@vibecaas/microvm/drivers/sandbox/driver"
import type { Caps } from "@vibecaas/microvm/port"
import { makeListener } from "@vibecaas/reconcile/listen"
import { makeLoops } from "@vibecaas/reconcile/loops"
import { makePool } from "../../db/pool.ts"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import { type Machines, makeMicrovms } from "../../microvms/index.ts"
import type { Repositories } from "../../projects/index.ts"

/** The product's own machines: the sandbox driver with the strongest rung that this computer has. */
export async function sandboxMachines(
  repositories: Repositories,
  db: TestDatabase,
): Promise<Machines & { caps: Caps; close(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), "avm-"))
  await chmod(root, 0o711)
  const { clock, scope, newId, database } = db
  const driver = await makeSandboxDriver({
    stateDir: join(root, "state"),
    dataRoot: join(root, "data"),
    nodePath: process.execPath,
    ...{ clock, log: silentLog, allowWeak: true, allowNoIsolation: true },
  })
  await mkdir(join(root, "data"), { recursive: true })
  const microvms = makeMicrovms({
    ...{ scope, clock, newId, log: silentLog, database, driver, repositories },
    dataRoot: join(root, "data"),
    previewUrl: (slug) => `http://${slug}.preview.localhost`,
  })
  const pool = makePool({ url: db.urls.queue, log: silentLog, name: "test-loops", max: 6 })
  const listener = makeListener({ url: db.urls.app, clock, log: silentLog })
  const loops = makeLoops({
    ...{ pool, listener, clock, log: silentLog },
    backoff: { delayMs: 50, delayMsMax: 1000, jitter: 0.2 },
    holder: { holder: "test", instance: "test" },
  })
  for (const loop of microvms.kind.loops) loops.add(loop)
  listener.start()
  await loops.start()
  return {
    ...microvms.machines,
    caps: await driver.probe(),
    async close() {
      await loops.stop(2000)
      await listener.close()
      microvms.close()
      await driver.close()
      await pool.end()
      await rm(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
