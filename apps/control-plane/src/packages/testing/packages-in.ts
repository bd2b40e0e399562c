import { chmod, mkdir } from "node:fs/promises"
import { makeRegistry } from "@vibecaas/registry/registry"
import { makeLayerStore } from "../layer-store.ts"
import type { PackagesParts } from "../make-packages.ts"

/** Where layers are that machines of a test see. */
export const layersIn = (dir: string): string => `${dir}/layers/trees`

/** What packages of a test are made with, below a directory: a registry that asks `npm`, or nobody. */
export async function sourcesIn(
  dir: string,
  { npm, ...around }: Pick<PackagesParts, "clock" | "log"> & { npm?: string | undefined },
): Promise<Pick<PackagesParts, "registry" | "store" | "platform" | "registryBytesMax">> {
  for (const path of [`${dir}/layers`, layersIn(dir)]) {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o711)
  }
  const base = npm === undefined ? undefined : { base: npm }
  const root = `${dir}/layers`
  return {
    registry: makeRegistry({
      root: `${dir}/registry`,
      ...{ ...around, fetch, upstreams: { npm: base, pypi: base } },
    }),
    store: makeLayerStore({ root, trees: layersIn(dir), clock: around.clock, bytesMax: 1e9 }),
    platform: `${process.version}-${process.platform}-${process.arch}`,
    registryBytesMax: 1e9,
  }
}
