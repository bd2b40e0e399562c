import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { actAsPlatform } from "../core/resource.ts"
import { findProjectHost, needProject, type ProjectRow } from "../projects/index.ts"
import type { AppRow } from "./app.ts"
import { memoryOf } from "./memory.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"
import type { Sessions } from "./sessions.ts"

/** A project's app at its host, as the gateway asks for it. */
export interface ProjectSite {
  ref: { kind: "project"; id: string; organizationId: string }
  name: string
  visibility: "public" | "private"
  door: string
  /** @throws Fault `app_unavailable` */
  connect(): Promise<Duplex>
  /** waits while another version takes the place of the one that runs */
  enter(): Promise<() => void>
  show(): Promise<ReturnType<typeof shown>>
  port(): number | undefined
}

/** Which project has a host, and the way to its app. */
export function makeProjectSites(parts: AppsParts, sessions: Sessions) {
  return {
    async find(host: string): Promise<ProjectSite | undefined> {
      const found = await findProjectHost(parts, host)
      if (!found) return undefined
      const { organizationId, projectId, slug, preview } = found
      const of = { organizationId, projectId }
      return {
        ref: { kind: "project", id: projectId, organizationId },
        name: slug,
        visibility: preview,
        door: `/projects/${projectId}/open`,
        connect: () => sessions.connectApp(of),
        enter: () => parts.gates.enter(of),
        show: () =>
          actAsPlatform(parts, of, async (ctx) => {
            const project = await needProject(ctx, projectId)
            return shown(project, await findOfProject(ctx.db, projectId))
          }),
        port: () => portOf(parts, projectId),
      }
    },
  }
}

/** Where the project's app was seen to listen in its machine. */
function portOf(parts: AppsParts, projectId: IdOf<"project">): number | undefined {
  const ports = parts.live.ofProject(projectId).map((machine) => memoryOf(machine).appPort)
  return ports.find((port) => port !== null) ?? undefined
}

function shown(project: ProjectRow, app: AppRow | undefined) {
  return {
    state: shownToVisitors(project.state),
    detail: project.stateDetail,
    exitCode: app?.exitCode ?? null,
    logTail: app?.logTail ?? [],
    page: `/projects/${project.id}`,
  }
}

function shownToVisitors(state: ProjectRow["state"]) {
  // One that is being deleted is not found by name; between two looks it may be.
  if (state === "deleting") return "stopped"
  return state === "asking" ? "working" : state
}
