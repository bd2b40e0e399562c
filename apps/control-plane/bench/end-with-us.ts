import type { ChildProcess } from "node:child_process"

/** What tells that this process ends. */
type Ending = Pick<NodeJS.EventEmitter, "once" | "off">

/** Ends a child when this process ends before it; a child that ended is forgotten. */
export function endWithUs(child: ChildProcess, us: Ending = process): void {
  const end = () => void child.kill("SIGTERM")
  us.once("exit", end)
  child.once("exit", () => us.off("exit", end))
}
