import { readToolchains, type Toolchains } from "@vibecaas/microvm/toolchains"
import { makeRegistry } from "@vibecaas/registry/registry"
import { makeLayerStore, type PackagesParts, withGo } from "../packages/index.ts"
import type { Catalogue } from "../starters/index.ts"
import type { Places } from "./places.ts"
import type { Registries } from "./registry-settings.ts"

/** Languages of this host, with those that the platform brings through a registry that it may ask. */
export async function languagesFor({
  registries,
}: {
  registries: Registries
}): Promise<Toolchains> {
  const here = await readToolchains()
  return registries.go ? withGo(here, `${process.platform}-${process.arch}`) : here
}

type Around = Pick<PackagesParts, "clock" | "log"> & { fetch: typeof fetch }

/** What packages come from and where they are kept. */
export function packageSources({
  registries,
  toolchains,
  places,
  catalogue,
  ...around
}: Around & {
  registries: Registries
  toolchains: Toolchains
  places: Pick<Places, "layers" | "layerTrees" | "registry">
  catalogue: Pick<Catalogue, "all">
}): Pick<PackagesParts, "registry" | "store" | "toolchains" | "registryBytesMax" | "starters"> {
  const { bytesMax, ...upstreams } = registries
  return {
    registry: makeRegistry({ ...around, root: places.registry, upstreams }),
    store: makeLayerStore({
      ...{ root: places.layers, trees: places.layerTrees, bytesMax },
      clock: around.clock,
    }),
    toolchains,
    registryBytesMax: bytesMax,
    starters: catalogue.all,
  }
}
