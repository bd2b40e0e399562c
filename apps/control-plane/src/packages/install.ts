import { basename, dirname } from "node:path"
import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Registry } from "@vibecaas/registry/registry"
import type { TaskMachine } from "../machines/index.ts"
import { type Ecosystem, type InstallPlan, installFolder, type Watched } from "./ecosystem.ts"
import type { LayerStore } from "./layer-store.ts"
import { bringLayer } from "./use-layers.ts"

export interface InstallParts {
  tasks: TaskMachine
  registry: Registry
  store: LayerStore
}

/** Makes the layer of a lock file in a machine of its own. @throws Fault `packages_failed` */
export async function installLayer(
  { tasks, registry, store }: InstallParts,
  { ecosystem, plan }: { ecosystem: Ecosystem; plan: InstallPlan },
  watched: Watched,
): Promise<void> {
  await tasks.use(watched.signal, async (guest) => {
    await beginInstall(guest, store, plan.base)
    await ecosystem.install({ guest, registry, ...watched }, plan)
    await keepPackages(guest, store, plan.layer)
  })
}

/** Makes the folder of what becomes the layer, with what its installer needs. */
export async function beginInstall(
  guest: Guest,
  store: LayerStore,
  base: InstallPlan | undefined,
): Promise<void> {
  // By a name below its root: programs may find it at another path than the one that we call it by.
  await guest.exec(["mkdir", "-p", basename(installFolder)], { cwd: dirname(installFolder) })
  if (base) await bringLayer(guest, store, { name: base.layer, folder: installFolder })
}

/** Takes what was installed out of the machine. */
export const keepPackages = (guest: Guest, store: LayerStore, layer: string): Promise<void> =>
  store.keep(layer, guest.pack(installFolder))
