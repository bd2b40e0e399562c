import { type Rest, rest } from "../core/resource-loop.ts"
import type { MachineRow } from "./machine.ts"

/** What was seen of a machine. */
export interface SeenMachine {
  alive: boolean
  /** its project is to go, and the machine with it */
  unwanted: boolean
  /** administrators have shut its organization, and visitors find nothing on it */
  closed: boolean
  /** what still runs something on it, while it is to go */
  holders: number
}

export type Step =
  /** ends the machine and its data */
  | { do: "destroy" }
  /** removes the row of a machine of which nothing is left */
  | { do: "remove" }
  /** ends the machine, keeps its data */
  | { do: "stop" }
  | { do: "record-stopped" }
  /** starts the machine, or takes over one that runs; `lost` when it ran and vanished */
  | { do: "boot"; lost: boolean }
  | { do: "reboot" }
  | { do: "record-running" }

/** How often a running machine is looked at although nothing was heard of it, in `ms`. */
export const lookAgainMs = 60_000
/** How often those that hold a machine are woken again, in `ms`: a wake can be lost. */
const wakeAgainMs = 5000

/**
 * The one next step from what is wanted, what is written and what was seen. It never asks which
 * event led here: whatever happened before, repeating steps brings the machine to what is wanted.
 */
export function nextStep(row: MachineRow, seen: SeenMachine): Step | Rest {
  if (row.wanted === "gone" || seen.unwanted) return stepToGone(row, seen)
  if (row.wanted === "stopped") return stepToStopped(row, seen)
  if (row.state === "failed") return rest(null)
  if (seen.closed) return stepToStopped(row, seen)
  if (row.restartWanted > row.restarted) return { do: "reboot" }
  if (!seen.alive) return { do: "boot", lost: row.state === "running" }
  if (row.state !== "running") return { do: "record-running" }
  return rest(lookAgainMs)
}

function stepToGone(row: MachineRow, { alive, holders }: SeenMachine): Step | Rest {
  if (row.state !== "destroying" || alive) return { do: "destroy" }
  if (holders === 0) return { do: "remove" }
  return { ...rest(wakeAgainMs), mark: `held by ${holders}` }
}

function stepToStopped(row: MachineRow, { alive }: SeenMachine): Step | Rest {
  if (alive) return { do: "stop" }
  if (row.state === "stopped") return rest(null)
  return row.state === "stopping" ? { do: "record-stopped" } : { do: "stop" }
}
