import { commitRef } from "@vibecaas/contract/commits"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { Handlers } from "../core/kind.ts"
import { hiddenFrom, onlySeenBy } from "../core/sight.ts"
import { deleteProject } from "./delete-project.ts"
import { commitFiles, diffCommits, listFiles, readFile, readRaw, searchFiles } from "./files.ts"
import { needProject } from "./need-project.ts"
import { type ShownProject, showProject } from "./project.ts"
import type { ProjectsParts } from "./projects-parts.ts"
import { listProjects } from "./queries.ts"
import { updateProject } from "./update-project.ts"
import { archiveFiles } from "./zip/archive-files.ts"
import { uploadArchive } from "./zip/upload-archive.ts"

const listCursor = z.object({ updatedAt: z.iso.datetime(), id: z.string() })
const logCursor = z.object({ commit: commitRef })

export function projectHandlers(parts: ProjectsParts): Handlers<"projects"> {
  const { repositories, saving } = parts
  const show = (row: ShownProject) => showProject(row, parts.previewUrl)
  return {
    "GET /projects": async ({ ctx, principal, query }) => {
      const { limit, state, search } = query
      const after = decodeCursor(listCursor, query.cursor)
      const only = onlySeenBy(principal, ctx.organizationId)
      const hidden = hiddenFrom(principal, ctx.organizationId)
      const filter = { after, state, search, only, hidden }
      const rows = await listProjects(ctx.db, { limit: limit + 1, ...filter })
      return takePage(rows, limit, { show, position: ({ updatedAt, id }) => ({ updatedAt, id }) })
    },
    "GET /projects/{projectId}": async ({ ctx, params }) =>
      show(await needProject(ctx, params.projectId)),
    "PATCH /projects/{projectId}": async ({ ctx, params, body, ifMatch }) =>
      show(await updateProject(ctx, { id: params.projectId, ifMatch, set: definedOnly(body) })),
    "DELETE /projects/{projectId}": async ({ ctx, params, body }) =>
      show(await deleteProject(ctx, { id: params.projectId, name: body.name })),
    "GET /projects/{projectId}/files": ({ params, query }) =>
      listFiles(repositories, { ...params, commit: query.commit }),
    "GET /projects/{projectId}/file": ({ params, query }) =>
      readFile(repositories, { ...params, path: query.path, commit: query.commit }),
    "GET /projects/{projectId}/raw": ({ params, query }) =>
      readRaw(repositories, { ...params, path: query.path, commit: query.commit }),
    "GET /projects/{projectId}/search": async ({ params, query }) => ({
      lines: await searchFiles(repositories, { ...params, ...query }),
    }),
    "GET /projects/{projectId}/commits": async ({ params, query }) => {
      const after = decodeCursor(logCursor, query.cursor)?.commit
      const page = { limit: query.limit + 1, ...(after ? { after } : {}) }
      const commits = await repositories.of(params.projectId).log(page)
      return takePage(commits, query.limit, {
        show: (commit) => commit,
        position: ({ id }) => ({ commit: id }),
      })
    },
    "POST /projects/{projectId}/commits": ({ ctx, params, body }) =>
      commitFiles(ctx, { repositories, saving }, { ...params, ...body, parent: body.parent }),
    "GET /projects/{projectId}/archive": async ({ ctx, params, query }) => {
      const { slug } = await needProject(ctx, params.projectId)
      const { commit } = query
      return archiveFiles(repositories, { ...params, slug, commit, now: ctx.clock.now() })
    },
    "POST /projects/{projectId}/archive": ({ ctx, params, query, raw }) =>
      uploadArchive(ctx, parts, {
        ...params,
        archive: raw.bytes,
        replace: query.replace === "true",
      }),
    "GET /projects/{projectId}/diff": async ({ params, query }) => ({
      files: await diffCommits(repositories, { ...params, from: query.from, to: query.to }),
    }),
  }
}

/** Leaves out keys whose value is undefined, which an optional field of a schema may have. */
function definedOnly<T extends object>(value: T) {
  // The entries that stay have every key's own type, minus undefined.
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
