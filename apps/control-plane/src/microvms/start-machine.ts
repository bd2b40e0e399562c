import type { Ctx } from "../core/ctx.ts"
import { ensureMachine } from "./ensure-machine.ts"
import type { MicrovmRow } from "./microvm.ts"
import { raisedTrust, startApp } from "./start-app.ts"
import { freshStart, needMachine, want } from "./want.ts"

/** Starts a project's machine and the app that ran last; `newest` is run when none ever did. */
export async function startMachine(
  ctx: Ctx,
  of: { projectId: string; newest: string | null },
): Promise<MicrovmRow> {
  const row = await ensureMachine(ctx, { projectId: of.projectId, trust: "untrusted" })
  if (row.appCommitWanted === null && of.newest !== null) {
    return startApp(ctx, { projectId: of.projectId, commit: of.newest, trust: "untrusted" })
  }
  return want(ctx, row, { action: "microvm.start", set: freshStart(row) })
}

/** Wakes the machine for an agent's session: without an app of its own accord. */
export async function wakeMachine(
  ctx: Ctx,
  of: { projectId: string; trust: MicrovmRow["trust"] },
): Promise<MicrovmRow> {
  const row = await ensureMachine(ctx, of)
  const raised = raisedTrust(row, of.trust)
  const idle = row.wanted !== "running" || row.state === "failed"
  if (!idle && Object.keys(raised).length === 0) return row
  return want(ctx, row, { action: "microvm.wake", set: { ...freshStart(row), ...raised } })
}

/** Stops the machine; its data are kept. Stopping what is stopped is fine. */
export async function stopMachine(ctx: Ctx, projectId: string): Promise<MicrovmRow> {
  const row = await needMachine(ctx, projectId)
  if (row.wanted === "stopped") return row
  return want(ctx, row, { action: "microvm.stop", set: { wanted: "stopped" } })
}

/** Ends the machine and starts it anew; its data are kept. */
export async function restartMachine(ctx: Ctx, projectId: string): Promise<MicrovmRow> {
  const row = await needMachine(ctx, projectId)
  return want(ctx, row, {
    action: "microvm.restart",
    set: { ...freshStart(row), restartWanted: row.restartWanted + 1 },
  })
}
