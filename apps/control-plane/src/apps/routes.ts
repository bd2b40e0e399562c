import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Ctx } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { openPath } from "../core/own-paths.ts"
import { showMachine } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import { type AppRow, showApp } from "./app.ts"
import type { AppsParts } from "./parts.ts"
import { createPreviewLink } from "./preview-links.ts"
import { findOfProject, listReleases } from "./queries.ts"
import { readAppLog } from "./read-app-log.ts"
import { restartMachineAndApp, startApp, startMachineAndApp } from "./start-app.ts"

export function appHandlers(parts: AppsParts): Handlers<"apps"> {
  const headOf = (projectId: IdOf<"project">) => parts.repositories.of(projectId).head()
  return {
    "GET /projects/{projectId}/app": async ({ ctx, params }) =>
      showApp(await needApp(ctx, params.projectId)),
    "POST /projects/{projectId}/app": async ({ ctx, params, body }) => {
      const commit = await chooseCommit(parts, params.projectId, body.commit)
      return showApp(await startApp(ctx, { ...params, commit, trust: "untrusted" }))
    },
    "GET /projects/{projectId}/app/releases": async ({ ctx, params, query }) => {
      const app = await needApp(ctx, params.projectId)
      const before = decodeCursor(position, query.cursor)?.number
      const rows = await listReleases(ctx.db, app.id, { limit: query.limit + 1, before })
      return takePage(rows, query.limit, {
        show: ({ number, commit, outcome, failure, startedAt, endedAt }) => ({
          ...{ number, commit, outcome, failure },
          startedAt: startedAt.toISOString(),
          endedAt: endedAt?.toISOString() ?? null,
        }),
        position: ({ number }) => ({ number }),
      })
    },
    "POST /projects/{projectId}/machine/start": async ({ ctx, params }) =>
      showMachine(
        await startMachineAndApp(ctx, { ...params, newest: await headOf(params.projectId) }),
      ),
    "POST /projects/{projectId}/machine/restart": async ({ ctx, params }) =>
      showMachine(await restartMachineAndApp(ctx, params.projectId)),
    "GET /projects/{projectId}/logs": async ({ ctx, params, query }) => {
      await needProject(ctx, params.projectId)
      const row = await findOfProject(ctx.db, params.projectId)
      return { text: row ? await readAppLog(parts.live, row, query.tailBytes) : "" }
    },
    "POST /projects/{projectId}/preview-links": ({ ctx, params, body, principal }) =>
      createPreviewLink(ctx, {
        ...params,
        returnTo: body.returnTo,
        viewer: { userId: principal.userId, sessionId: principal.sessionId },
        previewUrl: parts.previewUrl,
        openPath,
      }),
  }
}

const position = z.object({ number: z.number().int() })

/** @throws Fault `not_found` */
async function needApp(ctx: Ctx, projectId: IdOf<"project">): Promise<AppRow> {
  await needProject(ctx, projectId)
  const row = await findOfProject(ctx.db, projectId)
  if (!row) throw fault("not_found", { say: "This project has no app yet." })
  return row
}

/** @throws Fault `conflict` when nothing was written yet, `not_found` for a commit that is not there */
async function chooseCommit(
  parts: AppsParts,
  projectId: IdOf<"project">,
  commit: string | undefined,
): Promise<string> {
  const repository = parts.repositories.of(projectId)
  const head = await repository.head()
  if (head === null) {
    throw fault("conflict", { say: "The project has no files yet, so there is nothing to run." })
  }
  if (commit === undefined || commit === head) return head
  const there = await repository.list(commit).catch(() => undefined)
  if (!there) throw fault("not_found", { say: "There is no such version." })
  return commit
}
