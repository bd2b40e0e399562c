"use client"
import type { Run, Task } from "@vibecaas/contract/kinds/agents"
import { useMemo } from "react"
import { cn } from "../ui/cn.ts"
import { duration } from "../ui/format.ts"
import type { StateLook } from "../ui/state.tsx"
import { useNow } from "../ui/use-now.ts"
import { listOf } from "../ui/words.ts"
import { AgentTile } from "./agent-tile.tsx"
import { type GraphLayout, layoutGraph } from "./graph-layout.ts"
import { roleLooks, taskLook, taskLooks } from "./roles.ts"

interface TaskGraphProps {
  run: Run
  selected: string | undefined
  onSelect(taskId: string | undefined): void
}

const rowGap = 12
/** more columns than this leave no room for the state beside the name */
const roomyColumns = 3
const nodeHeightOf = (columns: number) => (columns > roomyColumns ? 92 : 72)
/** between columns, in percent of the width */
const columnGap = 2.8

/** The plan: who waits for whom, and how far each is. On a narrow screen it is a list. */
export function TaskGraph({ run, selected, onSelect }: TaskGraphProps) {
  const { tasks } = run
  const layout = useMemo(() => layoutGraph(tasks), [tasks])
  const nodeHeight = nodeHeightOf(layout.columns)
  const height = layout.rows * (nodeHeight + rowGap) - rowGap
  const dense = layout.columns > roomyColumns
  return (
    <section aria-label="Task graph" className="@container no-bar -m-1 overflow-x-auto p-1">
      <div
        className="relative @max-[480px]:h-auto! @max-[480px]:min-w-0! @max-[480px]:overflow-clip @max-[480px]:rounded-3 @max-[480px]:border @max-[480px]:border-line"
        style={{ height, minWidth: dense ? layout.columns * 124 : 0 }}
      >
        <Edges layout={layout} tasks={tasks} height={height} />
        <ol>
          {layout.places.map((place) => {
            const task = tasks.find(({ id }) => id === place.id)
            return task ? (
              <li
                key={task.id}
                className="absolute @max-[480px]:static! @max-[480px]:w-auto! @max-[480px]:border-b @max-[480px]:border-line @max-[480px]:last:border-b-0"
                style={{
                  left: `${leftOf(place.column, layout.columns)}%`,
                  width: `${widthOf(layout.columns)}%`,
                  top: place.row * (nodeHeight + rowGap),
                }}
              >
                <TaskNode
                  task={task}
                  look={taskLook(task, run)}
                  dense={dense}
                  after={namesBefore(task, tasks)}
                  selected={selected === task.id}
                  onSelect={() => onSelect(selected === task.id ? undefined : task.id)}
                />
              </li>
            ) : null
          })}
        </ol>
      </div>
    </section>
  )
}

const widthOf = (columns: number) => (100 - columnGap * (columns - 1)) / Math.max(1, columns)
const leftOf = (column: number, columns: number) => column * (widthOf(columns) + columnGap)

function namesBefore(task: Task, tasks: readonly Task[]): string {
  const before = tasks.filter(({ id }) => task.dependsOn.includes(id))
  return listOf(before.map(({ role }) => roleLooks[role].name))
}

interface TaskNodeProps {
  task: Task
  look: StateLook
  /** the state stands below the title */
  dense: boolean
  after: string
  selected: boolean
  onSelect(): void
}

const live = (task: Task) => taskLooks[task.state].glyph === "busy"

function TaskNode({ task, look, dense, after, selected, onSelect }: TaskNodeProps) {
  const { name } = roleLooks[task.role]
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onSelect}
      className={cn(
        "grid w-full grid-cols-[22px_minmax(0,1fr)] items-center gap-x-1.5 gap-y-px rounded-3 border border-line-2 bg-bg px-2 py-[7px] text-left hover:bg-hover",
        "@max-[480px]:h-auto! @max-[480px]:rounded-none @max-[480px]:border-0 @max-[480px]:px-3 @max-[480px]:py-2.5 @max-[480px]:outline-offset-[-2px]",
        "content-center",
        dense ? "h-23" : "h-18",
        task.state === "waiting" && "bg-sunken",
        live(task) &&
          "border-accent shadow-[0_0_0_3px_var(--accent-soft)] @max-[480px]:shadow-[inset_2px_0_var(--accent)]",
        selected && "border-fg @max-[480px]:bg-hover",
      )}
    >
      <AgentTile role={task.role} working={live(task)} />
      <span className="flex min-w-0 items-center gap-1">
        <b className="truncate text-12 font-semibold">{name}</b>
        <TaskState
          task={task}
          look={look}
          className={cn("ml-auto", dense && "@min-[480px]:hidden")}
        />
      </span>
      <span className="col-span-2 line-clamp-2 text-12 leading-4 text-fg-2 @max-[480px]:col-span-1 @max-[480px]:col-start-2 @max-[480px]:line-clamp-none">
        {task.title}
      </span>
      {dense ? (
        <TaskState
          task={task}
          look={look}
          className="col-span-2 justify-start @max-[480px]:hidden"
        />
      ) : null}
      {after ? (
        <span className="sr-only col-start-2 text-12 text-fg-3 @max-[480px]:not-sr-only">
          After {after}
        </span>
      ) : null}
    </button>
  )
}

interface TaskStateProps {
  task: Task
  look: StateLook
  className: string
}

/** A finished task shows how long it took, the others their word. */
function TaskState({ task, look, className }: TaskStateProps) {
  const working = look.glyph === "busy"
  const now = useNow(working ? 1000 : null)
  const started = task.startedAt ? Date.parse(task.startedAt) : undefined
  const took =
    started !== undefined && task.finishedAt ? Date.parse(task.finishedAt) - started : undefined
  const word = look === taskLooks.succeeded && took !== undefined ? duration(took) : look.word
  const title =
    working && started !== undefined ? `${look.word} for ${duration(now - started)}` : undefined
  return (
    <span
      title={title}
      className={cn(
        `st st-${look.glyph} gap-[5px] text-11 text-(--tone-fg) tabular-nums`,
        className,
      )}
    >
      {word === look.word ? null : <span className="sr-only">{look.word} in </span>}
      {word}
    </span>
  )
}

interface EdgesProps {
  layout: GraphLayout
  tasks: readonly Task[]
  height: number
}

function Edges({ layout, tasks, height }: EdgesProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 100 ${Math.max(1, height)}`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full @max-[480px]:hidden"
    >
      {layout.edges.map(({ from, to }) => {
        const done = tasks.find(({ id }) => id === from)?.state === "succeeded"
        const begun = tasks.find(({ id }) => id === to)?.state !== "waiting"
        return (
          <path
            key={from + to}
            d={pathBetween(layout, from, to)}
            vectorEffect="non-scaling-stroke"
            fill="none"
            strokeWidth={1.5}
            stroke={done ? "var(--ok-dot)" : "var(--line-2)"}
            strokeDasharray={done && begun ? undefined : "3 4"}
          />
        )
      })}
    </svg>
  )
}

function pathBetween({ places, columns }: GraphLayout, from: string, to: string): string {
  const start = places.find(({ id }) => id === from)
  const end = places.find(({ id }) => id === to)
  if (!start || !end) return ""
  const nodeHeight = nodeHeightOf(columns)
  const middle = (row: number) => row * (nodeHeight + rowGap) + nodeHeight / 2
  const x1 = leftOf(start.column, columns) + widthOf(columns)
  const x2 = leftOf(end.column, columns)
  return `M${x1} ${middle(start.row)}H${x1 + columnGap / 2}V${middle(end.row)}H${x2}`
}
