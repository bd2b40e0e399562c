import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { simulatorEngine } from "../../../engines/simulator/engine.ts"
import { anyEngine, makeEngines } from "../../../engines.ts"
import type { ReachableBackend } from "../../../reachable.ts"
import { openLocalBackend } from "../open.ts"
import type { LocalOptions } from "../options.ts"

export const newId = makeNewId(systemClock)

export interface LocalWorld {
  dir: string
  options: LocalOptions
  backend: ReachableBackend
  /** ends the backend and opens another on the same folders, as a restart does */
  reopen(): Promise<ReachableBackend>
  close(): Promise<void>
}

/** A local backend with directories and users of its own. */
export async function localWorld(more: Partial<LocalOptions> = {}): Promise<LocalWorld> {
  const dir = await mkdtemp(join(tmpdir(), "st-"))
  await chmod(dir, 0o711)
  const options: LocalOptions = {
    ...{ dataRoot: `${dir}/data`, stateDir: `${dir}/run`, enginesDir: `${dir}/engines` },
    engines: makeEngines([anyEngine(simulatorEngine)]),
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog },
    // Files of tests run side by side.
    uidRange: { first: 230_000 + (process.pid % 5000) * 20, count: 20 },
    ...more,
  }
  const world: LocalWorld = {
    ...{ dir, options },
    backend: await openLocalBackend(options),
    async reopen() {
      await world.backend.close()
      world.backend = await openLocalBackend(options)
      return world.backend
    },
    async close() {
      for (const id of await world.backend.list()) await world.backend.destroy(id)
      await world.backend.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
  return world
}
