import { chmod, mkdir } from "node:fs/promises"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import { makeRegistry } from "@vibecaas/registry/registry"
import { makeLayerStore } from "../layer-store.ts"
import type { PackagesParts } from "../make-packages.ts"

/** Where layers are that machines of a test see. */
export const layersIn = (dir: string): string => `${dir}/layers/trees`

export type Upstreams = Parameters<typeof makeRegistry>[0]["upstreams"]

/** The public ones. */
export const publicUpstreams: Upstreams = {
  npm: { base: "https://registry.npmjs.org" },
  pypi: { base: "https://pypi.org", fileHosts: ["files.pythonhosted.org"] },
  go: { base: "https://proxy.golang.org" },
  crates: { base: "https://index.crates.io", fileHosts: ["static.crates.io"] },
}

/** What packages of a test are made with, below a directory: a registry that asks `npm`, or nobody. */
export async function sourcesIn(
  dir: string,
  {
    npm,
    upstreams: given,
    ...around
  }: Pick<PackagesParts, "clock" | "log"> & {
    /** one that speaks for all */
    npm?: string | undefined
    upstreams?: Upstreams | undefined
  },
): Promise<
  Pick<
    PackagesParts,
    "registry" | "store" | "toolchains" | "registryBytesMax" | "tenantOf" | "scriptsOf" | "starters"
  >
> {
  for (const path of [`${dir}/layers`, layersIn(dir)]) {
    await mkdir(path, { recursive: true })
    await chmod(path, 0o711)
  }
  const base = npm === undefined ? undefined : { base: npm }
  const upstreams = given ?? { npm: base, pypi: base, go: base, crates: base }
  const root = `${dir}/layers`
  return {
    registry: makeRegistry({
      root: `${dir}/registry`,
      ...{ ...around, fetch, upstreams },
    }),
    store: makeLayerStore({ root, trees: layersIn(dir), clock: around.clock, bytesMax: 1e9 }),
    toolchains: await readToolchains(),
    registryBytesMax: 1e9,
    // Each project is a tenant of its own.
    tenantOf: async (projectId) => projectId,
    scriptsOf: async () => [],
    starters: async () => [],
  }
}
