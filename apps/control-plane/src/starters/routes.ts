import { Readable } from "node:stream"
import { starterCategories } from "@vibecaas/contract/starter-form"
import { fault } from "@vibecaas/kernel/fault"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import type { Starter } from "@vibecaas/starters/starter"
import { z } from "zod"
import type { Ctx } from "../core/ctx.ts"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { FileContent, Handlers } from "../core/kind.ts"
import type { Repositories } from "../projects/index.ts"
import type { Catalogue } from "./catalogue.ts"
import { isOwn, listOwn, makeOwn, needOwn, removeOwn } from "./own-starters.ts"
import { searchStarters } from "./search-starters.ts"
import { pictureVersion, showStarter, showSummary } from "./show-starter.ts"

export interface StartersParts {
  catalogue: Catalogue
  repositories: Repositories
  /** languages that machines can run */
  toolchains: Toolchains
}

const place = z.object({ id: z.string() })
const yearSeconds = 31_536_000

export function starterHandlers(parts: StartersParts): Handlers<"starters"> {
  const { catalogue, toolchains } = parts
  const need = (ctx: Ctx, id: string) => (isOwn(id) ? needOwn(ctx, id) : catalogue.need(id))
  return {
    "GET /starters": async ({ ctx, query }) => {
      const all = [...(await listOwn(ctx)), ...(await catalogue.all())]
      const found = searchStarters(all, query)
      const after = decodeCursor(place, query.cursor)?.id
      const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1
      const rows = found.slice(from, from + query.limit + 1)
      const page = takePage(rows, query.limit, {
        show: (starter) => showSummary(starter, toolchains),
        position: ({ id }) => ({ id }),
      })
      return { ...page, ...rangeOf(all) }
    },
    "GET /starters/{starterId}": async ({ ctx, params }) =>
      showStarter(await need(ctx, params.starterId), toolchains),
    "GET /starters/{starterId}/picture": async ({ ctx, params, query }) =>
      pictureOf(await need(ctx, params.starterId), query),
    "POST /starters": async ({ ctx, body }) =>
      showStarter(await makeOwn(ctx, parts, body), toolchains),
    "DELETE /starters/{starterId}": async ({ ctx, params }) => {
      await removeOwn(ctx, params.starterId)
      return undefined
    },
  }
}

/** The categories and tags there are. */
function rangeOf(all: readonly Starter[]) {
  const counts = new Map<string, number>()
  for (const tag of all.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const tags = [...counts].sort(([a, one], [b, other]) => other - one || a.localeCompare(b))
  return {
    categories: starterCategories.filter((name) => all.some(({ category }) => category === name)),
    tags: tags.map(([tag]) => tag),
  }
}

function pictureOf(
  starter: Starter,
  { scheme, version }: { scheme: "light" | "dark"; version?: string | undefined },
): FileContent {
  const bytes = starter.pictures[scheme]
  if (!bytes) throw fault("not_found", { say: "This starter has no picture yet." })
  const kept = version !== undefined && version === pictureVersion(starter)
  return {
    pieces: Readable.from([bytes]),
    bytes: bytes.length,
    ...(kept ? { keptSeconds: yearSeconds } : {}),
  }
}
