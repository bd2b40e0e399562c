import { isFault } from "@vibecaas/kernel/fault"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { inTurn } from "../core/resource.ts"
import { type Found, type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { needProject, wantProjectGone } from "../projects/index.ts"
import { bringIn } from "./bring-in.ts"
import { makeCopy } from "./make-copy.ts"
import {
  handProjectOver,
  lookAtTransfer,
  nextOfTransfer,
  startAgain,
  startWhatRan,
  stopAll,
  type TransferSight,
  type TransferStep,
} from "./make-transfer.ts"
import { isOver, type MoveRow, mayCancel } from "./move.ts"
import { moveResource, note } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import { wasCancelled } from "./while-wanted.ts"

type Step = { do: "begin" | "cancel" | "bring-in" | "copy" } | TransferStep
/** of a transfer: how far it is */
type Seen = TransferSight | undefined

/** What is cancelled ends; what waits is begun; the rest goes on from its beginning. */
export function nextStep(
  row: Pick<MoveRow, "state" | "way" | "wanted">,
  transfer: Seen,
): Step | Rest {
  if (isOver(row) || row.way === "archive") return rest(null)
  if (row.wanted === "cancelled" && mayCancel(row)) return { do: "cancel" }
  if (row.state === "waiting") return { do: "begin" }
  if (transfer) return nextOfTransfer(transfer)
  return { do: row.way === "git" ? "bring-in" : "copy" }
}

/** Brings projects in, copies them and gives them to other organizations. */
export function moveLoop(parts: MovesParts): LoopDefinition {
  return worldLoop<MoveRow, Seen, Step>(parts, {
    of: moveResource,
    description: "Imports and duplicates projects, and gives them to other organizations",
    concurrency: 2,
    limits: { triesMax: 4, turnMsMax: 15 * 60_000 },
    due: parts.due,
    look: async (row, turn) =>
      row.way === "transfer" && !isOver(row)
        ? inTurn(parts, turn, (ctx) => lookAtTransfer(ctx, row))
        : undefined,
    next: nextStep,
    take: (step, found) => take(parts, step, found),
    ending: () => false,
    fail: (ctx, row, { say }) => failed(ctx, parts, { row, failure: say }),
  })
}

async function take(
  parts: MovesParts,
  step: Step,
  { row, turn }: Found<MoveRow, Seen>,
): Promise<void> {
  const within = <T>(action: (ctx: Ctx) => Promise<T>) => inTurn(parts, turn, action)
  if (step.do === "begin")
    return within((ctx) => note(ctx, row, { state: "working", doing: "beginning" }))
  if (step.do === "cancel") return within((ctx) => cancelled(ctx, parts, row))
  if (step.do === "stop") return within((ctx) => stopAll(ctx, row))
  const works = {
    "bring-in": bringIn,
    copy: makeCopy,
    "hand-over": handProjectOver,
    start: startAgain,
  }
  try {
    await works[step.do](parts, { row, turn })
  } catch (error) {
    if (wasCancelled(error)) return
    // What somebody else says no to, says it again; what we could not do is tried again.
    if (!isFault(error) || error.retryable || !final.has(error.code)) throw error
    await within((ctx) => failed(ctx, parts, { row, failure: error.say }))
  }
}

const final = new Set<string>([
  ...["invalid", "too_large", "path_refused", "wrong_state", "not_found"],
  ...["quota_exceeded", "forbidden"],
])

/** Nothing is left of what was not wanted any more. */
async function cancelled(ctx: Ctx, parts: MovesParts, row: MoveRow): Promise<void> {
  await parts.vault.drop(ctx, row.id)
  await note(ctx, row, { state: "cancelled", doing: null })
  await wantProjectGone(ctx, await needProject(ctx, row.projectId))
}

async function failed(
  ctx: Ctx,
  { vault }: Pick<MovesParts, "vault">,
  { row, failure }: { row: MoveRow; failure: string },
): Promise<void> {
  await vault.drop(ctx, row.id)
  if (row.way === "transfer") await startWhatRan(ctx, row)
  await note(ctx, row, { state: "failed", doing: null, failure })
}
