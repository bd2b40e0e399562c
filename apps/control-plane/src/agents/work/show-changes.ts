import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { MachineOf, Sessions } from "../../apps/index.ts"
import type { RunRow } from "../run.ts"
import { branchOf } from "../run-repository.ts"
import type { ProjectFiles } from "./project-files.ts"
import type { Queues } from "./project-machine.ts"

export interface ShowParts {
  machines: Pick<Sessions, "follow">
  queues: Queues
  log: Log
}

/**
 * Lets the run's draft show what was committed, once nobody is in the middle of something on its
 * machine. Commits that come meanwhile are shown together; whoever uses the machine next finds them.
 */
export function makeShowing(
  { machines, queues, log }: ShowParts,
  of: Pick<MachineOf, "organizationId" | "signal"> & { run: RunRow },
): { soon(): void } {
  const { run, ...rest } = of
  const following = { ...rest, projectId: run.projectId, draftOf: run.id, branch: branchOf(run) }
  let waiting = false
  const show = () => {
    waiting = false
    return of.signal.aborted ? Promise.resolve() : machines.follow(following)
  }
  return {
    soon() {
      if (waiting) return
      waiting = true
      void bestEffort(log, "show what was committed", () => queues.inTurn(run.id, show))
    },
  }
}

/** Files whose changes are shown. */
export function showChanges(files: ProjectFiles, showing: { soon(): void }): ProjectFiles {
  return {
    ...files,
    async change(mark, changesAt) {
      const changed = await files.change(mark, changesAt)
      if (changed.committed) showing.soon()
      return changed
    },
  }
}
