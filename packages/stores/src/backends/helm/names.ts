/** What the platform calls its things on a cluster. Names of a release are the chart's. */
export const releaseName = "store"
export const claimName = "data"
/** who writes fields of objects, as the cluster notes it */
export const writer = "vibecaas"

export const labels = {
  store: "vibecaas/store",
  installation: "vibecaas/installation",
  process: "vibecaas/process",
  digest: "vibecaas/digest",
  work: "vibecaas/work",
  /** of what a hook printed */
  log: "vibecaas/log",
  version: "app.kubernetes.io/version",
} as const

export const notes = {
  /** of the namespace: which guard stands */
  guard: "vibecaas/guard",
  /** of the namespace: data were in it once, so without them they are lost */
  hasData: "vibecaas/has-data",
  /** of a deployment */
  digest: "vibecaas/digest",
  plan: "vibecaas/plan",
  revision: "vibecaas/revision",
  /** of a work: what it does, so that who asks again joins it */
  key: "vibecaas/key",
} as const

/** The namespace of a store, at most 63 characters: `<prefix>-<the id's own part>`. */
export const namespaceOf = (prefix: string, storeId: string) =>
  `${prefix}-${storeId.slice("sto_".length)}`

export const objectName = (process: string) => `${releaseName}-${process}`
export const envSecretOf = (process: string) => `env-${process}`
/** the config map with what a hook printed */
export const logOf = (hook: string) => `log-${hook}`
