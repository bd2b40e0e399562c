import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { MachineSession } from "../../apps/index.ts"
import type { Eyes } from "../browser/eyes.ts"
import { runsAllTests } from "./test-runners.ts"

type App = Pick<MachineSession, "connect" | "cover">
type Starting = App & Pick<MachineSession, "beginApp" | "hasApp">

/**
 * Begins what the run's last check will ask for while other things are done. Nothing is proved by it
 * alone: the check takes what was seen only of the very same files, and does again what it lacks.
 */
export interface Ahead {
  /** An app listens: its page is looked at. */
  onStarted(app: App, commit: string): void
  /** A command is about to run on a commit: when it runs the tests, the app is started beside it. */
  onCommand(
    session: Starting,
    of: { argv: readonly string[]; commit: string | null },
  ): Promise<void>
}

export interface AheadParts {
  eyes: Pick<Eyes, "lookAhead">
  /** the task is the one whose check looks at the page */
  last: boolean
  /** a check of the run asks the app for a page, so that one will be started in any case */
  asksForPage: boolean
  log: Log
}

export function makeAhead({ eyes, last, asksForPage, log }: AheadParts): Ahead {
  return {
    onStarted(app, commit) {
      if (last) eyes.lookAhead(app, commit)
    },
    async onCommand(session, { argv, commit }) {
      if (commit === null || !runsAllTests(argv)) return
      // A promotion starts an app wherever there was one: no project gets its first by this.
      if (!asksForPage && !(await session.hasApp())) return
      const { seen } = await session.beginApp(commit)
      void bestEffort(log, "look at the app while its tests run", async () => {
        if ((await seen).running) eyes.lookAhead(session, commit)
      })
    },
  }
}
