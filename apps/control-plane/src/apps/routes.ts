import type { IdOf } from "@vibecaas/contract/kinds"
import { appId } from "@vibecaas/contract/kinds/apps"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { openPath } from "../core/own-paths.ts"
import { needMachine, showMachine } from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import { showApp, showSettings } from "./app.ts"
import { backupHandlers } from "./backups/backup-handlers.ts"
import { dataHandlers } from "./data/data-handlers.ts"
import { changeDataModel, showDataModel } from "./data-model.ts"
import { gitHandlers } from "./git/git-handlers.ts"
import type { AppsParts } from "./parts.ts"
import { createPreviewLink } from "./preview-links.ts"
import { listOfProject, listReleases } from "./queries.ts"
import { readAppLog } from "./read-app-log.ts"
import {
  configureApp,
  deployApp,
  needApp,
  restartApp,
  restartMachineAndApps,
  startApp,
  startMachineAndApps,
} from "./start-app.ts"

export function appHandlers(parts: AppsParts): Handlers<"apps"> {
  return {
    "GET /projects/{projectId}/apps": async ({ ctx, params, query }) => {
      await needProject(ctx, params.projectId)
      const after = decodeCursor(place, query.cursor)?.id
      const rows = await listOfProject(ctx.db, params.projectId, { limit: query.limit + 1, after })
      return takePage(rows, query.limit, { show: showApp, position: ({ id }) => ({ id }) })
    },
    "POST /projects/{projectId}/apps": async ({ ctx, params, body }) => {
      const commit = await chooseCommit(parts, params.projectId, body.commit)
      return showApp(await startApp(ctx, { ...params, commit, trust: "untrusted" }))
    },
    "GET /apps/{appId}": async ({ ctx, params }) => showApp(await needApp(ctx, params.appId)),
    "POST /apps/{appId}/deploy": async ({ ctx, params, body }) => {
      const { projectId } = await needApp(ctx, params.appId)
      const commit = await chooseCommit(parts, projectId, body.commit)
      return showApp(await deployApp(ctx, { ...params, commit, trust: "untrusted" }))
    },
    "POST /apps/{appId}/restart": async ({ ctx, params }) =>
      showApp(await restartApp(ctx, params.appId)),
    "GET /apps/{appId}/settings": async ({ ctx, params }) =>
      showSettings(await needApp(ctx, params.appId)),
    "PATCH /apps/{appId}/settings": async ({ ctx, params, body, ifMatch }) =>
      showSettings(await configureApp(ctx, { ...params, ifMatch, set: body })),
    "GET /apps/{appId}/releases": async ({ ctx, params, query }) => {
      const app = await needApp(ctx, params.appId)
      const before = decodeCursor(position, query.cursor)?.number
      const rows = await listReleases(ctx.db, app.id, { limit: query.limit + 1, before })
      return takePage(rows, query.limit, {
        show: ({ organizationId: _, appId: __, startedAt, endedAt, ...release }) => ({
          ...release,
          startedAt: startedAt.toISOString(),
          endedAt: endedAt?.toISOString() ?? null,
        }),
        position: ({ number }) => ({ number }),
      })
    },
    "GET /apps/{appId}/logs": async ({ ctx, params, query }) =>
      readAppLog(parts, await needApp(ctx, params.appId), query.tailBytes),
    "POST /machines/{machineId}/start": async ({ ctx, params }) => {
      const { projectId } = await needMachine(ctx, params.machineId)
      const newest = await parts.repositories.of(projectId).head()
      return showMachine(await startMachineAndApps(ctx, { ...params, newest }))
    },
    "POST /machines/{machineId}/restart": async ({ ctx, params }) =>
      showMachine(await restartMachineAndApps(ctx, params.machineId)),
    ...dataModelHandlers(parts),
    ...gitHandlers(parts),
    ...backupHandlers(parts),
    ...dataHandlers(parts),
    "POST /projects/{projectId}/preview-links": ({ ctx, params, body, principal }) =>
      createPreviewLink(ctx, {
        ...params,
        returnTo: body.returnTo,
        draftOf: body.draftOf,
        viewer: { userId: principal.userId, sessionId: principal.sessionId },
        previewUrl: parts.previewUrl,
        openPath,
      }),
  }
}

function dataModelHandlers(parts: AppsParts) {
  return {
    "GET /projects/{projectId}/data-model": ({ ctx, params, query }) =>
      showDataModel(ctx, parts, { ...params, commit: query.commit }),
    "PUT /projects/{projectId}/data-model": ({ ctx, params, body, ifMatch }) =>
      changeDataModel(ctx, parts, { ...params, ...body, ifMatch }),
  } satisfies Partial<Handlers<"apps">>
}

const position = z.object({ number: z.number().int() })
const place = z.object({ id: appId })

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
