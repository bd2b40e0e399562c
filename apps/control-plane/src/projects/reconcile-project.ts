import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { wakeHolders } from "../core/holds.ts"
import { retireHosts } from "../core/hosts.ts"
import { gone, inTurn } from "../core/resource.ts"
import { type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { release } from "../quotas/index.ts"
import { isOrganizationGoing } from "../tenants/index.ts"
import { announceDeleted } from "./announce.ts"
import { wantProjectGone } from "./delete-project.ts"
import { needProject } from "./need-project.ts"
import type { ProjectRow } from "./project.ts"
import { ownerOf, projectResource } from "./project-resource.ts"
import type { ProjectsParts } from "./projects-parts.ts"
import { deleteProjectRow } from "./queries.ts"

interface Seen {
  /** kinds to the right that have not torn their part down yet */
  holders: number
  /** its organization is to go, or is gone */
  ownerGoing: boolean
}
type Step = { do: "follow" | "tear-down" }

/** How often those that hold a project are woken again, in `ms`: a wake can be lost. */
const wakeAgainMs = 5000

/** A project goes with its organization, or when that is wanted; then it waits for those that hold it. */
export function nextStep(
  row: Pick<ProjectRow, "wanted">,
  { holders, ownerGoing }: Seen,
): Step | Rest {
  if (row.wanted === "present") return ownerGoing ? { do: "follow" } : rest(null)
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
    look: (row, turn) =>
      inTurn(parts, turn, async (ctx) =>
        row.wanted === "present"
          ? { holders: 0, ownerGoing: await isOrganizationGoing(ctx) }
          : { holders: await wakeHolders(ctx, row.id), ownerGoing: false },
      ),
    next: nextStep,
    take: async (step, { row, turn }) => {
      if (step.do === "follow") {
        await inTurn(parts, turn, async (ctx) =>
          wantProjectGone(ctx, await needProject(ctx, row.id)),
        )
        return
      }
      await parts.repositories.remove(row.id)
      await inTurn(parts, turn, (ctx) =>
        gone(ctx, projectResource, {
          row,
          held: ownerOf(ctx),
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
