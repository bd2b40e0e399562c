import { randomBytes } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import { storeLabelOf } from "@vibecaas/contract/store-name"
import type { StorePlan } from "@vibecaas/contract/store-plans"
import { fault, invariant } from "@vibecaas/kernel/fault"
import { makeSecrets } from "@vibecaas/stores/secrets"
import { checkValues } from "@vibecaas/stores/terms"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { takeHost } from "../core/hosts.ts"
import { want } from "../core/resource.ts"
import { reserveAll } from "../quotas/index.ts"
import { needLivingOrganization } from "../tenants/index.ts"
import { beginWork } from "./begin-work.ts"
import { wrong } from "./catalog.ts"
import { findBackup } from "./queries/history.ts"
import { countOfPerson } from "./queries/platform.ts"
import { insertStore, type NewStore } from "./queries/stores.ts"
import { keepSecrets } from "./release-of.ts"
import { type BackupRow, memoryOf, type StoreRow } from "./store.ts"
import { note, ownerOf } from "./store-resource.ts"
import type { StoresParts } from "./stores-parts.ts"

export interface WantedStore {
  name: string
  engine: string
  plan: StorePlan
  version?: string | undefined
  values: Record<string, unknown>
  /** begins with the data of a backup, also of a store that is gone */
  backupId?: IdOf<"storeBackup"> | undefined
}

/**
 * Asks for a store to be made: it waits for its turn, and is ready once an order has gone through it.
 *
 * @throws Fault `invalid` at the field that is wrong, `name_taken`, `quota_exceeded`, `wrong_state` while
 * the organization is being deleted
 */
export async function createStore(
  ctx: Ctx,
  parts: StoresParts,
  wanted: WantedStore,
): Promise<StoreRow> {
  await needLivingOrganization(ctx)
  const backup = await backupOf(ctx, wanted)
  const wantedVersion = backup?.version ?? wanted.version
  const { engine, version } = await parts.catalog.need(wanted.engine, wantedVersion)
  const values = checkValues(engine, wanted.values)
  const id = ctx.newId("sto")
  await needRoomForPerson(ctx, parts)
  await reserveAll(ctx, id, [
    ["stores", 1],
    ["store_memory_mib", memoryOf(engine, wanted.plan)],
  ])
  const label = await takeLabel(ctx, parts, { id, name: wanted.name })
  const hosts = hostsOf(parts, label)
  return want(ctx, parts.resource, {
    action: "store.create",
    details: { engine: engine.name, version, plan: wanted.plan, host: hosts.shop },
    write: async () => {
      const row = await insertStore(ctx.db, {
        ...{ id, organizationId: ctx.organizationId, name: wanted.name, label },
        ...{ url: parts.urlOf(hosts.shop), adminUrl: parts.urlOf(hosts.admin) },
        ...{ engine: engine.name, version, plan: wanted.plan, simulated: engine.simulated },
        values: values as Record<string, unknown>, // what the engine's own schema answered
        ...nothingYet,
        ...{ createdById: ctx.actor.id ?? "", createdByName: ctx.actor.name },
        ...{ createdAt: ctx.clock.now(), updatedAt: ctx.clock.now() },
      })
      if (!row) throw nameTaken(wanted.name)
      await keepSecrets(ctx, parts, { id, secrets: makeSecrets(engine, randomBytes) })
      await placeHold(ctx, { on: ownerOf(ctx), by: { loop: "stores", id } })
      await note(
        ctx,
        { id, state: "requested" },
        `Asked for: ${engine.title} ${version}, plan ${wanted.plan}`,
      )
      parts.meters.made(engine.name)
      const from = backup ? { restoreId: backup.id, restoreOf: backup.storeId } : {}
      return beginWork(ctx, { row, work: "provision", ...from })
    },
  })
}

/** @throws Fault `invalid` at `/backupId` or `/version` */
async function backupOf(ctx: Ctx, wanted: WantedStore): Promise<BackupRow | undefined> {
  if (wanted.backupId === undefined) return undefined
  const backup = await findBackup(ctx.db, wanted.backupId)
  if (backup?.state !== "kept" || backup.engine !== wanted.engine)
    throw wrong("/backupId", "There is no such backup of a store of this engine.")
  if (wanted.version === undefined || wanted.version === backup.version) return backup
  throw wrong("/version", `The backup is of ${backup.version}. Begin with it, then upgrade.`)
}

const nothingYet = {
  wanted: "running",
  state: "requested",
  ...{ finalBackup: false, stuck: false, leftovers: [] as string[], changes: 1 },
  ...{ settingsWanted: 1, settingsApplied: 1, repairs: 0, probeWanted: 0, probed: 0 },
} satisfies Partial<NewStore>

/** Where a store's shop and its admin answer. */
export const hostsOf = ({ domain }: Pick<StoresParts, "domain">, label: string) => ({
  shop: `${label}.${domain}`,
  admin: `${label}-admin.${domain}`,
})

/** The name's own label when it is free, else with an ending from the store's id: hosts are taken for good. */
async function takeLabel(
  ctx: Ctx,
  parts: StoresParts,
  { id, name }: { id: IdOf<"store">; name: string },
): Promise<string> {
  const first = storeLabelOf(name)
  for (const length of [0, 4, 7]) {
    const label = length === 0 ? first : `${first}-${id.slice(-length)}`
    const { shop, admin } = hostsOf(parts, label)
    if (!(await takeHost(ctx, { host: shop, kind: "store", id }))) continue
    const taken = await takeHost(ctx, { host: admin, kind: "store", id })
    invariant(taken, "a name that ends in -admin is refused")
    return label
  }
  throw nameTaken(name)
}

/** @throws Fault `quota_exceeded` */
async function needRoomForPerson(ctx: Ctx, { limits }: StoresParts): Promise<void> {
  const { id } = ctx.actor
  if (id === null) return
  const used = await countOfPerson(ctx.db, id, true)
  if (used < limits.perPerson) return
  throw fault("quota_exceeded", {
    say: `You have ${used} of ${limits.perPerson} stores that one person may have. Nothing was created. Delete one before you make another.`,
  })
}

function nameTaken(name: string) {
  const say = `There is a store “${name}” already. Use another name.`
  return fault("name_taken", { say, fields: { "/name": say } })
}
