import { fault } from "@vibecaas/kernel/fault"
import { type Guest, layersFolder } from "@vibecaas/microvm/guest-client"
import type { LayerStore } from "./layer-store.ts"

/** Makes a folder of a machine use a layer, and brings it there where the machine does not see it. */
export async function bringLayer(
  guest: Pick<Guest, "useLayer" | "unpack">,
  store: LayerStore,
  { name, folder }: { name: string; folder: string },
): Promise<void> {
  if ((await guest.useLayer(name, folder)) !== null) return
  await guest.unpack(`${layersFolder}/${name}`, store.open(name))
  if ((await guest.useLayer(name, folder)) !== null) return
  throw fault("guest_broken", {
    say: "The machine does not take the packages it was sent. Restart it; files and data are kept.",
    note: `layer ${name}`,
    retryable: true,
  })
}
