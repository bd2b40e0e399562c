import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import { draftsOfProject, findDraft, type MachineRow } from "../machines/index.ts"
import { findProjectHost } from "../projects/index.ts"
import { connectSeen } from "./connect-port.ts"
import { memoryOf } from "./memory.ts"
import type { AppsParts } from "./parts.ts"
import { findOnMachine } from "./queries.ts"

/** What a draft's host has after the slug of its project, in which two hyphens never meet. */
const infix = "--draft-"

/** The end of a run's id: enough to tell its draft from others of the project, and short enough for a host. */
const tagOf = (draftOf: string) => draftOf.slice(draftOf.indexOf("_") + 1).slice(-8)

/** The label of the host at which members see what a run's agents work on. */
export const draftSlugOf = (slug: string, draftOf: string) => `${slug}${infix}${tagOf(draftOf)}`

/** A run's draft at its host, as the gateway asks for it; only members see it. */
export interface DraftSite {
  ref: { kind: "draft"; id: string; organizationId: string }
  name: string
  visibility: "private"
  /** @throws Fault `app_unavailable` */
  connect(): Promise<Duplex>
  show(): Promise<DraftShown>
  port(): number | undefined
}

interface DraftShown {
  state: "working" | "crashed"
  detail: string | null
  exitCode: number | null
  logTail: string[]
  page: string
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
        ref: { kind: "draft", id: projectId, organizationId },
        name: `The draft of ${slug}`,
        visibility: "private",
        connect: () => connectDraft(parts, of),
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
  return actAsPlatform(parts, of, async (ctx) => {
    const machine = await findDraft(ctx.db, of)
    return { machine, app: machine && (await findOnMachine(ctx.db, machine.id)) }
  })
}

/** Asked with each connection, since agents start their app anew. */
async function connectDraft(parts: AppsParts, of: DraftOf): Promise<Duplex> {
  return connectSeen(parts, await draftApp(parts, of))
}

async function show(parts: AppsParts, of: DraftOf): Promise<DraftShown> {
  const { app } = await draftApp(parts, of)
  return {
    state: app?.state === "crashed" ? "crashed" : "working",
    detail: app?.failure ?? null,
    exitCode: app?.exitCode ?? null,
    logTail: app?.logTail ?? [],
    page: `/projects/${of.projectId}`,
  }
}
