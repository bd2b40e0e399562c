import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import { draftsOfProject, type MachineRow } from "../machines/index.ts"
import { findProjectHost } from "../projects/index.ts"
import { connectSeen } from "./connect-port.ts"
import { memoryOf } from "./memory.ts"
import type { AppsParts } from "./parts.ts"
import { findOnMachine } from "./queries.ts"

/** What a draft's host has after the slug of its project, in which two hyphens never meet. */
const suffix = "--draft"

/** The label of the host at which members see what agents work on. */
export const draftSlugOf = (slug: string) => `${slug}${suffix}`

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

/** Which draft has a host, and the way to its app. Without a run at work there is none. */
export function makeDraftSites(parts: AppsParts) {
  return {
    async find(host: string): Promise<DraftSite | undefined> {
      if (!host.endsWith(suffix)) return undefined
      const found = await findProjectHost(parts, host.slice(0, -suffix.length))
      if (!found) return undefined
      const { organizationId, projectId, slug } = found
      const of = { organizationId, projectId }
      const machine = await actAsPlatform(parts, of, (ctx) => newestDraft(ctx, projectId))
      if (!machine) return undefined
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

/** @throws Fault `wrong_state` when no run works on a draft of the project */
export async function needDraft(ctx: Ctx, projectId: IdOf<"project">): Promise<void> {
  if (await newestDraft(ctx, projectId)) return
  throw fault("wrong_state", { say: "No agents work on a draft of this project now." })
}

async function newestDraft(ctx: Ctx, projectId: IdOf<"project">): Promise<MachineRow | undefined> {
  return (await draftsOfProject(ctx.db, projectId)).at(-1)
}

interface OfProject {
  organizationId: string
  projectId: IdOf<"project">
}

function draftApp(parts: AppsParts, of: OfProject) {
  return actAsPlatform(parts, of, async (ctx) => {
    const machine = await newestDraft(ctx, of.projectId)
    return { machine, app: machine && (await findOnMachine(ctx.db, machine.id)) }
  })
}

/** Asked with each connection, since agents start their app anew and each run has another machine. */
async function connectDraft(parts: AppsParts, of: OfProject): Promise<Duplex> {
  return connectSeen(parts, await draftApp(parts, of))
}

async function show(parts: AppsParts, of: OfProject): Promise<DraftShown> {
  const { app } = await draftApp(parts, of)
  return {
    state: app?.state === "crashed" ? "crashed" : "working",
    detail: app?.failure ?? null,
    exitCode: app?.exitCode ?? null,
    logTail: app?.logTail ?? [],
    page: `/projects/${of.projectId}`,
  }
}
