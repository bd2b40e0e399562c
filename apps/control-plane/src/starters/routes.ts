import { Readable } from "node:stream"
import { starterCategories } from "@vibecaas/contract/starter-form"
import { fault } from "@vibecaas/kernel/fault"
import type { Starter } from "@vibecaas/starters/starter"
import { z } from "zod"
import { decodeCursor, takePage } from "../core/cursor.ts"
import type { FileContent, Handlers } from "../core/kind.ts"
import type { Catalogue } from "./catalogue.ts"
import { searchStarters } from "./search-starters.ts"
import { pictureVersion, showStarter, showSummary } from "./show-starter.ts"

export interface StartersParts {
  catalogue: Catalogue
}

const place = z.object({ id: z.string() })
const yearSeconds = 31_536_000

export function starterHandlers({ catalogue }: StartersParts): Handlers<"starters"> {
  return {
    "GET /starters": async ({ query }) => {
      const all = await catalogue.all()
      const found = searchStarters(all, query)
      const after = decodeCursor(place, query.cursor)?.id
      const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1
      const rows = found.slice(from, from + query.limit + 1)
      const page = takePage(rows, query.limit, {
        show: showSummary,
        position: ({ id }) => ({ id }),
      })
      return { ...page, ...rangeOf(all) }
    },
    "GET /starters/{starterId}": async ({ params }) =>
      showStarter(await catalogue.need(params.starterId)),
    "GET /starters/{starterId}/picture": async ({ params, query }) =>
      pictureOf(await catalogue.need(params.starterId), query),
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
