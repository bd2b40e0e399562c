import type { IdOf } from "@vibecaas/contract/kinds"
import type { AppStatus } from "@vibecaas/microvm/guest-replies"
import type { Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import type { AppRow } from "./app.ts"
import { noteRestore } from "./backups/note-restore.ts"
import { type Observation, observe } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { markRelease } from "./queries.ts"

/** The wanted commit does not run well, or not on the data that were restored: what was before it is to run again. */
export async function goBack(
  parts: AppsParts,
  { row, turn }: { row: AppRow; turn: Turn },
  { why, ...ended }: { why: string } & Pick<Observation, "exitCode" | "logTail" | "doing">,
): Promise<void> {
  const restores = row.restoring !== "no"
  const failure = restores
    ? `The backup was not restored; the data are as they were before. ${why}`
    : `The version ${row.commitWanted.slice(0, 7)} was taken back. ${why}`
  await observe(parts, turn, {
    ...ended,
    phase: "returning",
    ...(restores ? { restoreDone: row.restoreAsked } : { commitRefused: row.commitWanted }),
    failure,
    async also(ctx) {
      await failRelease(ctx, row.id, failure)
      if (restores) await noteRestore(ctx, row, why)
    },
  })
}

export function failRelease(ctx: Ctx, appId: IdOf<"app">, failure: string): Promise<void> {
  return markRelease(ctx.db, appId, { outcome: "failed", failure, endedAt: ctx.clock.now() })
}

export function howItEnded(status: Pick<AppStatus, "reason" | "signal" | "exitCode">): string {
  if (status.reason === "disk_full") {
    return "It was stopped: its data fill the machine's disk. The page Data shows the largest files, to be deleted there."
  }
  if (status.signal === "SIGKILL") {
    return "It was killed, most likely because it used more memory than the machine has."
  }
  if (status.signal) return `It was ended by ${status.signal}.`
  return `It ended with exit code ${status.exitCode ?? "unknown"}.`
}
