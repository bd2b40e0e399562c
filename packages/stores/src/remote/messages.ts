import { toldFaultSchema } from "@vibecaas/kernel/calls"
import { z } from "zod"
import {
  backendSeenSchema,
  backupRefSchema,
  backupSchema,
  hookOutcomeSchema,
  hookRunSchema,
  leftoverSchema,
  logPartSchema,
  logQuerySchema,
  lookOptionsSchema,
  revisionSchema,
  storeSeenSchema,
} from "../backend.ts"
import { releaseSchema } from "../release.ts"

const storeId = z.string().max(60)
const nothing = z.undefined()
const listenSchema = z.union([
  z.object({ socket: z.string() }),
  z.object({ host: z.string(), port: z.int() }),
])

/** What crosses between the two ends: for each verb its arguments and its answer. */
export const verbs = {
  probe: { asks: z.tuple([]), answers: backendSeenSchema },
  prepare: {
    asks: z.tuple([z.strictObject({ engine: z.string().max(40), version: z.string().max(40) })]),
    answers: nothing,
  },
  ensure: {
    asks: z.tuple([releaseSchema, z.enum(["running", "stopped", "none"])]),
    answers: storeSeenSchema,
  },
  ensureBeside: { asks: z.tuple([releaseSchema]), answers: storeSeenSchema },
  endBeside: { asks: z.tuple([storeId]), answers: nothing },
  look: {
    asks: z.tuple([storeId, lookOptionsSchema.optional()]),
    answers: storeSeenSchema,
  },
  exec: { asks: z.tuple([releaseSchema, hookRunSchema]), answers: hookOutcomeSchema },
  history: { asks: z.tuple([storeId]), answers: z.array(revisionSchema) },
  rollback: { asks: z.tuple([releaseSchema, z.int()]), answers: storeSeenSchema },
  reach: {
    asks: z.tuple([storeId, z.string().max(40), z.literal("beside").optional()]),
    answers: listenSchema,
  },
  logs: { asks: z.tuple([storeId, logQuerySchema]), answers: logPartSchema },
  backup: { asks: z.tuple([releaseSchema, z.string().max(64)]), answers: backupSchema },
  backups: { asks: z.tuple([storeId]), answers: z.array(backupSchema) },
  restore: { asks: z.tuple([releaseSchema, backupRefSchema]), answers: storeSeenSchema },
  reachBackup: { asks: z.tuple([backupRefSchema]), answers: z.string() },
  reachInbox: { asks: z.tuple([backupRefSchema]), answers: z.string() },
  adoptBackup: { asks: z.tuple([backupRefSchema]), answers: backupSchema },
  removeBackup: { asks: z.tuple([backupRefSchema]), answers: nothing },
  destroy: { asks: z.tuple([storeId]), answers: z.array(leftoverSchema) },
  list: { asks: z.tuple([]), answers: z.array(z.string()) },
} as const
export type Verb = keyof typeof verbs

export const callMessage = z.strictObject({
  storeCall: z.int().positive(),
  verb: z.enum(Object.keys(verbs) as [Verb, ...Verb[]]),
  asks: z.array(z.unknown()).max(3),
})

export const replyMessage = z.union([
  z.object({ storeReply: z.int().positive(), ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ storeReply: z.int().positive(), ok: z.literal(false), fault: toldFaultSchema }),
])
export type ReplyMessage = z.infer<typeof replyMessage>

/** told by the backend's end without being asked */
export const newsMessage = z.object({ storeNews: storeId })
