import type { RunRow } from "../run.ts"
import type { StepRow } from "../step.ts"
import type { TaskRow } from "../task.ts"
import type { HandOver } from "./hand-over.ts"

/** What a turn works with: read once, in the transaction that gave it the task. */
export interface ClaimedTask {
  run: RunRow
  task: TaskRow
  handOver: HandOver
  /** all tasks of the run, in the order of its plan */
  tasks: TaskRow[]
  /** the commit at which the run began */
  start: string | null
  steps: StepRow[]
  fence: number
  /** an earlier turn worked on it and did not come to its end */
  resumed: boolean
}
