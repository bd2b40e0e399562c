import { z } from "zod"
import { organizationId } from "./kinds/tenants.ts"
import { storeBackupId, storeReleaseId } from "./store.ts"
import { storeName } from "./store-name.ts"
import { storePlanNames } from "./store-plans.ts"
import { storeStates } from "./store-states.ts"

const engineName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, "Use the name of an engine, for example medusa.")
const engineVersion = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z.+-]{0,40}$/, "Use a version of the engine, for example 2.21.2.")
const storePlan = z.enum(storePlanNames, "A plan of a store is basic, standard or premium.")
// Its engine's own schema says which there are.
const storeValues = z
  .record(z.string().max(60), z.unknown())
  .refine((values) => JSON.stringify(values).length <= 65_536, "Use at most 64 KiB of values.")

export const wantedStore = z.strictObject({
  name: storeName,
  engine: engineName,
  plan: storePlan,
  version: engineVersion.optional().meta({ description: "absent: the newest installed one" }),
  values: storeValues.default({}),
  backupId: storeBackupId
    .optional()
    .meta({ description: "begin with the data of a backup, also of a store that is gone" }),
  organizationId: organizationId.optional().meta({ description: "absent: your personal one" }),
})

export const preflightOf = z.strictObject({
  engine: engineName,
  plan: storePlan,
  organizationId: organizationId.optional(),
})

export const storeSorts = ["newest", "oldest", "name", "state"] as const
export const storeFilter = {
  organizationId: organizationId.optional(),
  search: z.string().trim().max(60).optional().meta({ description: "part of a name" }),
  state: z.enum(storeStates).optional(),
  engine: engineName.optional(),
  sort: z.enum(storeSorts).default("newest"),
}

export const upgradeTo = z.strictObject({ version: engineVersion })
export const rollbackTo = z.strictObject({
  releaseId: storeReleaseId,
  losesOrders: z
    .boolean()
    .default(false)
    .meta({ description: "true: orders since then may be lost" }),
})
export const restoreFrom = z.strictObject({ backupId: storeBackupId })
export const retryHow = z.strictObject({
  diagnostics: z
    .boolean()
    .default(false)
    .meta({ description: "with every log line kept, to find out why" }),
})

export const storeChange = z
  .strictObject({
    plan: storePlan,
    values: storeValues,
    backupEveryHours: z.int().min(1).max(720).nullable(),
    drillEveryDays: z
      .int()
      .min(1)
      .max(366)
      .nullable()
      .meta({ description: "how often the newest backup is proved in a store thrown away" }),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "Name at least one field to change.")

export const deletedStore = z.strictObject({
  name: z.string().max(200).meta({ description: "its name, so that no other is meant" }),
  backup: z.boolean().default(false).meta({ description: "keep a last backup of its data" }),
})

export const revealReason = z.strictObject({
  reason: z.string().trim().min(4, "Say why you need it.").max(300, "Use at most 300 characters."),
})
