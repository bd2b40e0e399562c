import { makeRegistry } from "@vibecaas/registry/registry"
import { makeLayerStore, type PackagesParts } from "../packages/index.ts"
import type { Places } from "./places.ts"
import type { Registries } from "./registry-settings.ts"

type Around = Pick<PackagesParts, "clock" | "log"> & { fetch: typeof fetch }

/** What packages come from and where they are kept. */
export function packageSources({
  registries,
  places,
  ...around
}: Around & {
  registries: Registries
  places: Pick<Places, "layers" | "layerTrees" | "registry">
}): Pick<PackagesParts, "registry" | "store" | "platform" | "registryBytesMax"> {
  const { npm, pypi, bytesMax } = registries
  return {
    registry: makeRegistry({ ...around, root: places.registry, upstreams: { npm, pypi } }),
    store: makeLayerStore({
      ...{ root: places.layers, trees: places.layerTrees, bytesMax },
      clock: around.clock,
    }),
    platform: `${process.version}-${process.platform}-${process.arch}`,
    registryBytesMax: bytesMax,
  }
}
