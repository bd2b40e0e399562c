/**
 * A *bed* is something real that some tests lie on and that is not everywhere: a cluster, a
 * hypervisor, a shop's software. The project does not hold it; whoever has one says where, as a
 * folder, by a variable or by `bin/test --bed NAME=FOLDER`. Tests that need one are called
 * `*.bed.test.ts` and run with `bin/test --all`.
 */
export interface Bed {
  /** the environment variable that names its folder */
  variable: string
  /** what the folder must hold */
  needs: string
}

export const beds = {
  kubernetes: {
    variable: "VIBECAAS_TEST_KUBERNETES_BED",
    needs: "a folder whose `kube up|env|load|down DIR` run a real cluster, and root",
  },
  firecracker: {
    variable: "VIBECAAS_TEST_FIRECRACKER_BED",
    needs: "a folder whose `firecracker-bed up|exec|down DIR` run the real Firecracker",
  },
  shops: {
    variable: "VIBECAAS_TEST_SHOPS_BED",
    needs: "a folder with `wordpress-*.tar.zst` and `woocommerce-*.tar.zst`",
  },
  observability: {
    variable: "VIBECAAS_TEST_OBSERVABILITY_BED",
    needs: "a folder whose `observe up|env|down DIR` run Prometheus and what belongs to it",
  },
} as const satisfies Record<string, Bed>

export type BedName = keyof typeof beds
export const bedNames = Object.keys(beds) as BedName[] // the keys of the constant above

export const isBedName = (name: string): name is BedName => Object.hasOwn(beds, name)

/** The bed's folder in this environment; nothing when nobody said where it is. */
export function bedFolder(name: BedName, env: NodeJS.ProcessEnv): string | undefined {
  return env[beds[name].variable] || undefined
}

/** What would have to be there, as a sentence. */
export function bedMissing(name: BedName): string {
  return `needs ${beds[name].needs}; say where by --bed ${name}=FOLDER or ${beds[name].variable}`
}
