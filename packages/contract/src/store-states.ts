/**
 * `requested` it was just asked for; `queued` it waits for its turn; `provisioning` it is being made;
 * `ready` an order has gone through it; `drilling` it is, while a backup of it is tried elsewhere; `switching` it is, while another version is tried beside
 * it; `stopped` nothing of it runs and its data are kept; `failed` somebody
 * has to decide; `deleting` it is torn down; `deleted` nothing of it is left.
 */
export const storeStates = [
  "requested",
  "queued",
  "provisioning",
  "ready",
  "stopped",
  "failed",
  "upgrading",
  "switching",
  "rolling_back",
  "backing_up",
  "restoring",
  "drilling",
  "deleting",
  "deleted",
] as const
export type StoreState = (typeof storeStates)[number]

/** In which states an action makes sense: for the API, the screens and the tests. */
export const storeAllows = {
  start: ["stopped"],
  stop: ["ready"],
  upgrade: ["ready"],
  rollback: ["ready", "failed"],
  backup: ["ready", "stopped"],
  restore: ["ready", "stopped", "failed"],
  retry: ["failed"],
  cancel: [
    ...["requested", "queued", "provisioning", "upgrading", "switching", "rolling_back"],
    ...["backing_up", "restoring", "drilling"],
  ],
  drill: ["ready", "stopped"],
  change: ["ready", "stopped", "failed"],
  probe: ["ready"],
  delete: [
    ...["requested", "queued", "provisioning", "ready", "stopped", "failed"],
    ...["upgrading", "switching", "rolling_back", "backing_up", "restoring", "drilling"],
  ],
} as const satisfies Record<string, readonly StoreState[]>
export type StoreAction = keyof typeof storeAllows

export const storeMay = (state: StoreState, action: StoreAction): boolean =>
  (storeAllows[action] as readonly StoreState[]).includes(state)

/** Whether its shop answers visitors: also while something is done beside it. */
export const storeSells = (state: StoreState): boolean =>
  ["ready", "backing_up", "drilling", "switching"].includes(state)

/**
 * What is done to a store at a time, with its steps in order and the state that it has meanwhile. What is put
 * back is made the store's own again before it starts: a backup may hold keys and passwords from before.
 */
export const storeWorks = {
  provision: {
    state: "provisioning",
    steps: ["prepare", "migrate", "seed", "personalise", "start", "check", "order"],
  },
  start: { state: "provisioning", steps: ["start", "check", "order"] },
  /** it is prepared while the shop still sells: what new stores of the version begin with may take a minute */
  upgrade: {
    state: "upgrading",
    steps: ["backup", "prepare", "halt", "upgrade", "start", "check", "order"],
  },
  /** an upgrade of which visitors see nothing: they are led to the new version once it has sold */
  upgrade_beside: {
    state: "switching",
    steps: ["backup", "prepare", "raise", "prove", "switch"],
  },
  rollback: {
    state: "rolling_back",
    steps: ["backup", "halt", "restore", "personalise", "start", "check", "order"],
  },
  backup: { state: "backing_up", steps: ["backup"] },
  restore: {
    state: "restoring",
    steps: ["backup", "halt", "restore", "personalise", "start", "check", "order"],
  },
  /** proves a backup in a store that is thrown away; the store itself goes on */
  drill: { state: "drilling", steps: ["rehearse", "clear"] },
  /** puts back what was there before something that did not work, or that somebody cancelled */
  undo: {
    state: "rolling_back",
    steps: ["halt", "restore", "personalise", "start", "check", "order"],
  },
} as const satisfies Record<string, { state: StoreState; steps: readonly string[] }>

export type StoreWork = keyof typeof storeWorks

/** Whether its shop goes on while this is done to it. */
export const storeGoesOn = (work: StoreWork): boolean => storeSells(storeWorks[work].state)

export const storeWorkNames = Object.keys(storeWorks) as [StoreWork, ...StoreWork[]] // keys of the record above
export type StoreStep = (typeof storeWorks)[StoreWork]["steps"][number]
export const storeStepNames = [
  ...new Set(Object.values(storeWorks).flatMap(({ steps }) => steps as readonly StoreStep[])),
] as [StoreStep, ...StoreStep[]] // none of the lists above is empty

/** How a store came to a release: `beside` visitors saw nothing of it, `in_place` it was stopped for it. */
export const storeReleaseWays = ["made", "in_place", "beside", "rollback", "restore"] as const

/** Why something failed, in a word. */
export const storeFailureKinds = [
  "engine_not_installed",
  "quota",
  "out_of_memory",
  "disk_full",
  "port_taken",
  "database_unreachable",
  "time_limit",
  "migration_failed",
  "seed_failed",
  "upgrade_failed",
  "backup_damaged",
  "never_ready",
  "crashed",
  "probe_failed",
  "stuck",
  "cancelled",
  "unknown",
] as const
export type StoreFailureKind = (typeof storeFailureKinds)[number]
