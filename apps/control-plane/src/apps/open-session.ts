import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { isFault } from "@vibecaas/kernel/fault"
import type { Actor } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import { findMachine, wakeDraft, wakeMachine } from "../machines/index.ts"
import { connectPort, connectSeen } from "./connect-port.ts"
import { fillDraft } from "./fill-draft.ts"
import { type Following, followBranch } from "./follow-branch.ts"
import { makeSession } from "./make-session.ts"
import { memoryOf } from "./memory.ts"
import type { AppsParts } from "./parts.ts"
import { draftSince, endDraft, liveCommit, promote, promotion, stopDraft } from "./promotion.ts"
import { findOfProject } from "./queries.ts"
import { runningMachine } from "./running-machine.ts"
import type { MachineOf, MachineSession, Sessions } from "./sessions.ts"
import { waitFor } from "./wait-for.ts"

const actor: Actor = { kind: "system", id: null, name: "agents" }

export function makeSessions(parts: AppsParts): Sessions {
  return {
    session: (of) => openSession(parts, of),
    ...{ promote, promotion, draftSince, stopDraft, endDraft, liveCommit },
    follow: (of) => follow(parts, of),
    connectApp: (of) => connectApp(parts, of),
  }
}

async function openSession(parts: AppsParts, of: MachineOf): Promise<MachineSession> {
  const { organizationId, projectId, trust, signal } = of
  await parts.scope({ organizationId, actor, signal }, async (ctx) => {
    await wakeDraft(ctx, of)
    // A first version is expected: its machine boots meanwhile.
    if (!(await findOfProject(ctx.db, projectId))) await wakeMachine(ctx, { projectId, trust })
  })
  const { row, machine } = await runningMachine(parts, of)
  if (row.draftFilledAt === null) await fillDraft(parts, of, machine)
  return makeSession(parts, of, machine)
}

/** Longest wait for what a draft is to show, in `ms`: a dev server may take a few seconds to start. */
const shownWithinMs = 10_000

async function follow(
  parts: AppsParts,
  of: Following & Pick<MachineOf, "organizationId" | "signal">,
): Promise<void> {
  const { organizationId, signal } = of
  const target = await parts.scope({ organizationId, actor, signal }, (ctx) =>
    followBranch(ctx, parts, of),
  )
  if (!target) return
  const waiting = { ...of, withinMs: shownWithinMs }
  await waitFor(parts, waiting, ({ app }) => {
    if (!app || app.doing !== null) return true
    const isIt = app.commit === target.commit && app.script === target.script
    return (isIt && app.state !== "starting") || undefined
  }).catch((error) => {
    // It is late, or the draft has gone: nobody needs it to go on.
    if (!isFault(error)) throw error
  })
}

/**
 * A stream to the app. The way without a query is the usual one: this process has seen the app
 * listen. Otherwise the rows say which machine and port.
 */
async function connectApp(
  parts: AppsParts,
  of: { organizationId: string; projectId: IdOf<"project"> },
): Promise<Duplex> {
  for (const known of parts.live.ofProject(of.projectId)) {
    const { appPort } = memoryOf(known)
    if (appPort !== null) return connectPort(known, appPort)
  }
  const found = await actAsPlatform(parts, of, async (ctx) => {
    const app = await findOfProject(ctx.db, of.projectId)
    return app && { app, machine: await findMachine(ctx.db, app.machineId) }
  })
  return connectSeen(parts, found ?? {})
}
