import type { App } from "@vibecaas/contract/kinds/apps"
import { Note } from "../ui/note.tsx"

/** Whether the wanted version did not run well, so that the one before it is back. */
export const isTakenBack = ({ commitRefused, commitWanted }: App) => commitRefused === commitWanted

/** Says that the version before runs again, and why. */
export function TakenBack({ app, ...note }: { app: App; className?: string }) {
  return (
    <Note tone="warn" title="The version before runs again, with its data." {...note}>
      {app.failure}
    </Note>
  )
}
