import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Registry } from "@vibecaas/registry/registry"
import type { TaskMachines } from "../machines/index.ts"
import type { LayerStore } from "./layer-store.ts"
import { lockFile, manifestFile, type NpmPlan } from "./npm-plan.ts"
import { installFolder, runNpm } from "./run-npm.ts"

export interface InstallParts {
  tasks: TaskMachines
  registry: Registry
  store: LayerStore
}

export interface Watched {
  signal: AbortSignal
  /** hears what is printed meanwhile */
  print(text: string): void
}

/** Makes the layer of a lock file in a machine of its own. @throws Fault `packages_failed` */
export async function installLayer(
  { tasks, registry, store }: InstallParts,
  { layer, files }: NpmPlan,
  watched: Watched,
): Promise<void> {
  await tasks.use(watched.signal, async (guest) => {
    await writeNpmFiles(guest, files)
    await runNpm(guest, ["ci"], { registry, ...watched })
    await keepPackages(guest, store, layer)
  })
}

export async function writeNpmFiles(
  guest: Guest,
  { manifest, lock }: { manifest: string; lock?: string },
): Promise<void> {
  const file = (name: string, text: string) => ({
    path: `${installFolder}/${name}`,
    content: Buffer.from(text),
  })
  await guest.writeFiles([
    file(manifestFile, manifest),
    ...(lock === undefined ? [] : [file(lockFile, lock)]),
  ])
}

/** Takes what npm installed out of the machine. */
export async function keepPackages(guest: Guest, store: LayerStore, layer: string): Promise<void> {
  await guest.remove([`${installFolder}/${manifestFile}`, `${installFolder}/${lockFile}`])
  await store.keep(layer, guest.pack(installFolder))
}
