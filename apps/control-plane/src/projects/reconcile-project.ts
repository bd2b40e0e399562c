import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { wakeHolders } from "../core/holds.ts"
import { retireHosts } from "../core/hosts.ts"
import { gone, inTurn, type Resource } from "../core/resource.ts"
import { type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { release } from "../quotas/index.ts"
import { announce, announceDeleted } from "./announce.ts"
import type { ProjectRow } from "./project.ts"
import type { ProjectsParts } from "./projects-parts.ts"
import { deleteProjectRow, findProject } from "./queries.ts"

export const projectResource: Resource<ProjectRow> = {
  noun: "project",
  loop: "projects",
  find: (ctx, id) => findProject(ctx.db, id),
  about: async (_, row) => row.name,
  tell: (ctx, { id }) => announce(ctx, id),
}

interface Seen {
  /** kinds to the right that have not torn their part down yet */
  holders: number
}
type Step = { do: "tear-down" }

/** How often those that hold a project are woken again, in `ms`: a wake can be lost. */
const wakeAgainMs = 5000

/** A project that is wanted present needs nothing; one that is to go waits for those that hold it. */
export function nextStep(row: Pick<ProjectRow, "wanted">, { holders }: Seen): Step | Rest {
  if (row.wanted === "present") return rest(null)
  if (holders === 0) return { do: "tear-down" }
  return { ...rest(wakeAgainMs), mark: `held by ${holders}` }
}

/** Tears projects down that are wanted gone: first the files, then the row. */
export function projectLoop(parts: Omit<ProjectsParts, "previewUrl" | "saving">): LoopDefinition {
  return worldLoop<ProjectRow, Seen, Step>(parts, {
    of: projectResource,
    description: "Deletes the files and rows of projects that are wanted gone",
    concurrency: 4,
    due: parts.due,
    look: async (row, turn) => ({
      holders:
        row.wanted === "present" ? 0 : await inTurn(parts, turn, (ctx) => wakeHolders(ctx, row.id)),
    }),
    next: nextStep,
    take: async (_, { row, turn }) => {
      await parts.repositories.remove(row.id)
      await inTurn(parts, turn, (ctx) =>
        gone(ctx, projectResource, {
          row,
          remove: async () => {
            if (!(await deleteProjectRow(ctx.db, row.id))) return false
            await retireHosts(ctx, row.id)
            await release(ctx, "projects", row.id)
            announceDeleted(ctx, row.id)
            return true
          },
        }),
      )
    },
    ending: (_, row) => row.wanted === "gone",
    fail: async () => {},
  })
}
