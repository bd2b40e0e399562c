import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import { draftsOfProject, findDraft, type MachineRow } from "../machines/index.ts"
import { findProjectHost } from "../projects/index.ts"
import type { AppRow } from "./app.ts"
import { connectSeen } from "./connect-port.ts"
import { infix, tagOf } from "./draft-slug.ts"
import { memoryOf } from "./memory.ts"
import type { AppsParts } from "./parts.ts"
import { findOnMachine } from "./queries.ts"
import { waitFor } from "./wait-for.ts"

/** A run's draft at its host, as the gateway asks for it; only members see it. */
export interface DraftSite {
  ref: { kind: "draft"; id: string; part: string; organizationId: string }
  name: string
  visibility: "private"
  door: string
  /** @throws Fault `app_unavailable` */
  connect(): Promise<Duplex>
  /** waits a moment while its app starts */
  enter(): Promise<() => void>
  /** by which its pages load themselves again */
  starts: { newest(): Promise<string | undefined>; hear(told: () => void): () => void }
  show(): Promise<DraftShown>
  port(): number | undefined
}

interface DraftShown {
  state: "working" | "running" | "crashed" | "stopped"
  detail: string | null
  exitCode: number | null
  logTail: string[]
  page: string
  place: "project"
}

/** Which draft has a host, and the way to its app. Once its run is over there is none. */
export function makeDraftSites(parts: AppsParts) {
  return {
    async find(host: string): Promise<DraftSite | undefined> {
      const at = host.lastIndexOf(infix)
      if (at < 0) return undefined
      const found = await findProjectHost(parts, host.slice(0, at))
      if (!found) return undefined
      const { organizationId, projectId, slug } = found
      const tag = host.slice(at + infix.length)
      const machine = await actAsPlatform(parts, { organizationId }, async (ctx) =>
        (await draftsOfProject(ctx.db, projectId)).find(
          ({ draftOf }) => draftOf !== null && tagOf(draftOf) === tag,
        ),
      )
      if (!machine?.draftOf) return undefined
      const of = { organizationId, projectId, draftOf: machine.draftOf }
      const port = () => {
        const live = parts.live.get(machine.id)
        return live && (memoryOf(live).appPort ?? undefined)
      }
      return {
        ref: { kind: "draft", id: projectId, part: machine.draftOf, organizationId },
        name: `The draft of ${slug}`,
        visibility: "private",
        door: `/projects/${projectId}/open?draft=${machine.draftOf}`,
        connect: () => connectDraft(parts, of),
        enter: () => untilSettled(parts, of, machine.id),
        starts: startsOf(parts, of),
        show: () => show(parts, of),
        port,
      }
    },
  }
}

/** @throws Fault `wrong_state` when that run has no draft */
export async function needDraft(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; draftOf: string },
): Promise<MachineRow> {
  const draft = await findDraft(ctx.db, of)
  if (draft) return draft
  throw fault("wrong_state", { say: "This run has no draft now: it has not begun, or is over." })
}

interface DraftOf {
  organizationId: string
  projectId: IdOf<"project">
  draftOf: string
}

function draftApp(parts: AppsParts, of: DraftOf) {
  return actAsPlatform(parts, { ...of, readOnly: true }, async (ctx) => {
    const machine = await findDraft(ctx.db, of)
    return { machine, app: machine && (await findOnMachine(ctx.db, machine.id)) }
  })
}

/** Asked with each connection, since agents start their app anew. */
async function connectDraft(parts: AppsParts, of: DraftOf): Promise<Duplex> {
  return connectSeen(parts, await draftApp(parts, of))
}

/** Longest wait for an app that is starting, in `ms`; then a page says so. */
const settledWithinMs = 3000

async function untilSettled(parts: AppsParts, of: DraftOf, machineId: string): Promise<() => void> {
  const live = parts.live.get(machineId)
  if (!live || memoryOf(live).appPort === null) {
    const waiting = { ...of, withinMs: settledWithinMs, signal: new AbortController().signal }
    const isSettled = ({ app }: { app: AppRow | undefined }) =>
      app?.state !== "starting" || app.doing !== null || undefined
    // Too long, or gone meanwhile: whoever connects is told.
    await waitFor(parts, waiting, isSettled).catch((error) => {
      if (!isFault(error)) throw error
    })
  }
  return () => {}
}

function startsOf(parts: AppsParts, of: DraftOf): DraftSite["starts"] {
  return {
    async newest() {
      const { app } = await draftApp(parts, of)
      if (app?.state === "running") return String(app.startedAt?.getTime())
      return app?.state === "crashed" ? `ended${app.endedAt?.getTime()}` : undefined
    },
    hear: (told) => parts.news.hear(of.projectId, told),
  }
}

async function show(parts: AppsParts, of: DraftOf): Promise<DraftShown> {
  const { app, machine } = await draftApp(parts, of)
  // One that nobody needed for a while rests, whatever its app did last.
  const rests = machine?.wanted === "stopped"
  const known = app?.state === "crashed" || app?.state === "running" ? app.state : "working"
  return {
    state: rests ? "stopped" : known,
    detail: app?.failure ?? null,
    exitCode: app?.exitCode ?? null,
    logTail: app?.logTail ?? [],
    page: `/projects/${of.projectId}`,
    place: "project",
  }
}
