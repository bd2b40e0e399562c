import { fault, invariant } from "@vibecaas/kernel/fault"
import { assertFence } from "@vibecaas/reconcile/fence"
import type { Turn } from "@vibecaas/reconcile/loop"
import { renewAiSecret } from "../ai/index.ts"
import { startMachineAndApps } from "../apps/index.ts"
import { actorNamed, type Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { inTurn } from "../core/resource.ts"
import { type Rest, rest } from "../core/resource-loop.ts"
import { handOver } from "../db/hand-over.ts"
import { plainSql } from "../db/plain-sql.ts"
import { stopMachine } from "../machines/index.ts"
import { announce, announceDeleted, lockLivingProject } from "../projects/index.ts"
import { release, reserve } from "../quotas/index.ts"
import { carrySecrets } from "../secrets/index.ts"
import { needOrganization, roleOf } from "../tenants/index.ts"
import type { MoveRow } from "./move.ts"
import { note } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import {
  endRequests,
  forgetInKeys,
  handRowsOver,
  lockAwake,
  machineIds,
  whatIsAtWork,
} from "./queries/transfers.ts"

/** What a turn sees of a project that is given away. */
export interface TransferSight {
  /** it belongs to the other organization by now */
  there: boolean
  /** machines that are to run, and that do not rest yet */
  wanted: number
  awake: number
}

export type TransferStep = { do: "stop" | "hand-over" | "start" }

/** How often it is looked whether machines rest, in `ms`. */
const restingMs = 1000

/** First everything rests, then it changes hands, then what ran is started. */
export function nextOfTransfer({ there, wanted, awake }: TransferSight): TransferStep | Rest {
  if (there) return { do: "start" }
  if (wanted > 0) return { do: "stop" }
  if (awake > 0) return { ...rest(restingMs), mark: `${awake} awake` }
  return { do: "hand-over" }
}

export const transferOf = ({ request }: MoveRow) => {
  invariant(request.transfer, "a transfer says where to")
  return request.transfer
}

export async function lookAtTransfer(ctx: Ctx, row: MoveRow): Promise<TransferSight> {
  const there = row.organizationId === transferOf(row).to
  const awake = there ? [] : await lockAwake(ctx.db, row.projectId)
  const wanted = awake.filter((machine) => machine.wanted === "running").length
  return { there, wanted, awake: awake.length }
}

/** Stops every machine, and writes down which ones ran for visitors. */
export async function stopAll(ctx: Ctx, row: MoveRow): Promise<void> {
  const { to, ran } = transferOf(row)
  const before = new Set(ran)
  for (const { id, purpose, wanted } of await lockAwake(ctx.db, row.projectId)) {
    if (wanted !== "running") continue
    if (purpose === "live") before.add(id)
    await stopMachine(ctx, id)
  }
  const request = { transfer: { to, ran: [...before] } }
  await note(ctx, row, { request, doing: "stopping the app" })
}

/**
 * Everything that belongs to the project changes hands, in one transaction: rows, secrets by the other key, what
 * it takes of limits, and a record in both audits.
 *
 * @throws Fault `quota_exceeded`, `forbidden` when whoever asked governs one of them no more, `conflict` when
 * something began to work meanwhile
 */
export async function handProjectOver(
  parts: MovesParts,
  { row, turn }: { row: MoveRow; turn: Turn },
): Promise<void> {
  const { to } = transferOf(row)
  const { projectId, startedById, startedByName } = row
  const actor = actorNamed(startedById, startedByName)
  const who = { from: row.organizationId, to, actor, signal: turn.signal }
  await handOver(parts, who, async ({ giving, taking, cross }) => {
    await assertFence(plainSql(giving.db), turn)
    const project = await lockLivingProject(giving, projectId)
    await needStill(giving, row)
    await needGovernor(giving, startedById)
    const from = await needOrganization(giving)
    const sealThere = await carrySecrets(giving, parts, projectId)
    await endAccess(giving, row)
    const reserved = await handRowsOver(giving.db, projectId, to)
    await cross()
    await needGovernor(taking, startedById)
    const target = await needOrganization(taking)
    if (target.wanted === "gone")
      throw fault("forbidden", { say: `${target.name} is being deleted.` })
    for (const { resource, ...wanted } of reserved) await reserve(taking, resource, wanted)
    await sealThere(taking)
    await renewAiSecret(taking, parts.vault, projectId)
    tellBoth({ giving, taking }, { row, name: project.name, from: from.name, to: target.name })
    await note(taking, { ...row, organizationId: taking.organizationId }, { doing: "starting" })
  })
}

/** @throws Fault `conflict` */
async function needStill(ctx: Ctx, { projectId }: MoveRow): Promise<void> {
  const awake = (await lockAwake(ctx.db, projectId)).length
  const { runs, comparisons, backups } = await whatIsAtWork(ctx.db, projectId)
  if (awake + runs + comparisons + backups === 0) return
  throw fault("conflict", { say: "Something of the project began to work.", retryable: true })
}

/** @throws Fault `forbidden` */
async function needGovernor(ctx: Ctx, userId: string): Promise<void> {
  const role = await roleOf(ctx, userId)
  if (role === "owner" || role === "admin") return
  throw fault("forbidden", {
    say: "Whoever asked for it is no owner or admin of both organizations any more.",
  })
}

async function endAccess(giving: Ctx, { projectId }: MoveRow): Promise<void> {
  await endRequests(giving.db, projectId)
  for (const id of await forgetInKeys(giving.db, projectId)) await release(giving, "api_keys", id)
}

function tellBoth(
  { giving, taking }: { giving: Ctx; taking: Ctx },
  { row, name, from, to }: { row: MoveRow; name: string; from: string; to: string },
): void {
  const { projectId: subject } = row
  record(giving, { action: "project.given", subject, details: { about: name, to } })
  record(taking, { action: "project.taken", subject, details: { about: name, from } })
  announceDeleted(giving, subject)
  announce(taking, subject)
  taking.wake("projects", subject)
  taking.wake("moves", row.id)
}

/** Starts what ran before, where the project is now. */
export async function startAgain(
  parts: MovesParts,
  { row, turn }: { row: MoveRow; turn: Turn },
): Promise<void> {
  await inTurn(parts, turn, async (ctx) => {
    await startWhatRan(ctx, row)
    await note(ctx, row, { state: "done", doing: null })
  })
}

/** Starts what was stopped for a transfer, also of one that failed: then the project stays where it is. */
export async function startWhatRan(ctx: Ctx, row: MoveRow): Promise<void> {
  const ids = await machineIds(ctx.db, row.projectId, transferOf(row).ran)
  for (const machineId of ids) await startMachineAndApps(ctx, { machineId, newest: null })
}
