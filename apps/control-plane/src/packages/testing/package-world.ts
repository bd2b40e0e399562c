import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { openDrivers } from "@vibecaas/microvm/drivers"
import { makeFleet } from "@vibecaas/microvm/fleet"
import { connectGuest, type Guest } from "@vibecaas/microvm/guest-client"
import { makeHost, type OwnHost } from "@vibecaas/microvm/host"
import type { Wall } from "@vibecaas/microvm/port"
import type { Registry } from "@vibecaas/registry/registry"
import { makeTaskMachines, type TaskMachines } from "../../machines/index.ts"
import { makeGit, makeRepositories, type Repositories } from "../../projects/index.ts"
import type { LayerStore } from "../layer-store.ts"
import { makePackages, type Packages, type PackagesParts } from "../make-packages.ts"
import { layersIn, sourcesIn, type Upstreams } from "./packages-in.ts"

export interface PackageWorld {
  packages: Packages
  registry: Registry
  store: LayerStore
  tasks: TaskMachines
  host: OwnHost
  dir: string
  /** writes files and answers the commit */
  push(projectId: string, files: Readonly<Record<string, string>>): Promise<string>
  read: Repositories["of"]
  /** a small machine, as apps have it */
  machine(): Promise<Guest>
  /** the same packages, as another server process sees them */
  again(): Packages
  /** removes all layers; what was fetched from the registry stays */
  forgetLayers(): Promise<void>
  close(): Promise<void>
}

export const anySignal = new AbortController().signal

interface Given extends Partial<Pick<PackagesParts, "scriptsOf" | "starters" | "toolchains">> {
  /** walls of its machines; the best there are when absent */
  walls?: readonly Wall[]
}

/** A real host, real git and a registry that asks `upstream`. */
export async function packageWorld(
  upstream: string | Upstreams,
  { walls, ...given }: Given = {},
): Promise<PackageWorld> {
  const dir = await mkdtemp(join(tmpdir(), "pkg-"))
  await chmod(dir, 0o711)
  const around = { clock: systemClock, log: silentLog }
  const newId = makeNewId(systemClock)
  const asked = typeof upstream === "string" ? { npm: upstream } : { upstreams: upstream }
  const sources = await sourcesIn(dir, { ...around, ...asked })
  const places = { stateDir: `${dir}/state`, dataRoot: `${dir}/data`, layersDir: layersIn(dir) }
  const opened = await openDrivers({ ...places, ...around, nodePath: process.execPath })
  const drivers = walls
    ? opened.map((driver) => ({
        ...driver,
        rungs: driver.rungs.filter(({ wall }) => walls.includes(wall)),
      }))
    : opened
  const policy = { allowWeak: true, allowNoIsolation: true, requireIsolation: false }
  const host = makeHost({ ...around, id: "local", drivers, policy })
  const fleet = makeFleet([host])
  const repositories = makeRepositories({
    root: `${dir}/repositories`,
    ...{ git: makeGit("git"), newId, now: () => new Date() },
  })
  const tasks = makeTaskMachines({ ...around, fleet, newId })
  const parts = { ...around, ...sources, newId, fleet, repositories, tasks, ...given }
  const again = () => makePackages(parts)
  const guests: Guest[] = []
  return {
    ...{ packages: again(), again, ...sources, tasks, host, dir },
    read: repositories.of,
    async push(projectId, files) {
      const repository = repositories.of(projectId)
      const changes = Object.entries(files).map(([path, text]) => ({
        path,
        content: Buffer.from(text),
      }))
      const parent = await repository.head()
      return (await repository.commit({ parent, message: "Change", author: "Mara", changes })).id
    },
    async machine() {
      const size = { cpuCount: 1, memoryMiB: 384, diskMiB: 256 }
      const vm = await host.boot({ id: newId("vm"), ...size, trust: "untrusted" }, null)
      const guest = await connectGuest(vm, { clock: systemClock })
      guests.push(guest)
      return guest
    },
    forgetLayers: () => rm(`${dir}/layers/notes`, { recursive: true, force: true }),
    async close() {
      for (const guest of guests) guest.close()
      await host.close()
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
