import type { Ctx } from "../core/ctx.ts"
import type { Handlers } from "../core/kind.ts"
import { needProject, showProject } from "../projects/index.ts"
import type { BegunMove } from "./begin-move.ts"
import { cancelMove, needMove } from "./cancel-move.ts"
import { checkTransfer, needTarget } from "./check-transfer.ts"
import { showMove } from "./move.ts"
import type { MovesParts } from "./moves-parts.ts"
import { listMoves } from "./queries.ts"
import { startCopy } from "./start-copy.ts"
import { importArchive, retryImport, startImport } from "./start-import.ts"
import { startTransfer } from "./start-transfer.ts"

const shownMax = 20

export function moveHandlers(parts: MovesParts): Handlers<"moves"> {
  const show = async (ctx: Ctx, { project, move }: BegunMove) => ({
    ...showProject(await needProject(ctx, project.id), parts.previewUrl),
    move: showMove(move),
  })
  return {
    "POST /imports": async ({ ctx, body }) => show(ctx, await startImport(ctx, parts, body)),
    "POST /imports/archive": async ({ ctx, query, raw }) =>
      show(ctx, await importArchive(ctx, parts, { ...query, archive: raw.bytes })),
    "POST /projects/{projectId}/copies": async ({ ctx, params, body }) =>
      show(ctx, await startCopy(ctx, { ...params, ...body })),
    "GET /projects/{projectId}/moves": async ({ ctx, params }) => {
      const rows = await listMoves(ctx.db, params.projectId, shownMax)
      return { items: rows.map(showMove) }
    },
    "GET /moves/{moveId}": async ({ ctx, params }) => showMove(await needMove(ctx, params.moveId)),
    "POST /moves/{moveId}/cancel": async ({ ctx, params }) =>
      showMove(await cancelMove(ctx, params.moveId)),
    "POST /moves/{moveId}/retry": async ({ ctx, params, body }) =>
      showMove(await retryImport(ctx, parts, { ...params, ...body })),
    "GET /projects/{projectId}/transfer": async ({ ctx, params, query, principal }) => {
      needTarget(principal, ctx.organizationId, query.to)
      return checkTransfer(ctx, parts, { ...params, to: query.to })
    },
    "POST /projects/{projectId}/transfer": async ({ ctx, params, body, principal }) =>
      showMove(await startTransfer(ctx, parts, { ...params, ...body, principal })),
  }
}
