/** backend, frontend, ai_feature: bring their files to the spec and report. */
import type { AppFile } from "./blueprints/index.ts"
import { renderApp } from "./blueprints/index.ts"
import { bringFiles } from "./bring-files.ts"
import type { TaskOrders } from "./task-orders.ts"
import type { Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { say } from "./turn.ts"

export function writeOwnFiles(transcript: Transcript, orders: TaskOrders): Turn {
  const progress = bringFiles(transcript, {
    write: filesOf(orders, orders.write),
    remove: orders.remove,
  })
  return "next" in progress ? progress.next : say(report(progress))
}

export function filesOf({ spec }: TaskOrders, paths: string[]): AppFile[] {
  return renderApp(spec).filter((file) => paths.includes(file.path))
}

export function report(done: { written: string[]; failed: string[]; unchanged: string[] }): string {
  const parts = [
    done.written.length > 0 ? `Wrote ${done.written.join(", ")}.` : "",
    done.unchanged.length > 0 ? `Already right: ${done.unchanged.join(", ")}.` : "",
    done.failed.length > 0 ? `Not written: ${done.failed.join("; ")}.` : "",
  ]
  return parts.filter(Boolean).join(" ") || "There was nothing to change."
}
