import { useState } from "react"
import type { Settings, Task } from "../../shared/task.ts"
import { Badge, Person } from "../kit/badge.tsx"
import { IconButton } from "../kit/button.tsx"
import { classNames } from "../kit/class-names.ts"
import { Tick } from "../kit/field.tsx"
import { TrashIcon } from "../kit/icons.tsx"
import { type Column, type Sorting, Table } from "../kit/table.tsx"
import { sayDay, sorted } from "./views.ts"

export interface RowActions {
  open(task: Task): void
  setDone(task: Task, done: boolean): void
  remove(task: Task): void
}

interface TaskTableProps {
  tasks: readonly Task[]
  settings: Settings
  today: string
  on: RowActions
}

const wide = "hidden sm:table-cell"

export function TaskTable({ tasks, settings, today, on }: TaskTableProps) {
  const [sorting, setSorting] = useState<Sorting>({ by: "due", down: false })
  const columns: Column<Task>[] = [
    {
      ...{ id: "done", label: "Done", hideLabel: true, className: "w-10 pr-0" },
      show: (task) => (
        <Tick
          label={`Done: ${task.title}`}
          checked={task.doneAt !== null}
          onChange={(event) => on.setDone(task, event.target.checked)}
        />
      ),
    },
    {
      ...{ id: "title", label: "Task", sorts: true, className: "max-w-0 w-full" },
      show: (task) => <TaskTitle {...{ task, settings, today }} onOpen={() => on.open(task)} />,
    },
    {
      ...{ id: "area", label: "Area", sorts: true, className: wide },
      show: ({ area }) => <Badge>{area}</Badge>,
    },
    {
      ...{ id: "person", label: "Who", sorts: true, className: wide },
      show: ({ person }) => person && <Person name={person} />,
    },
    ...(settings.dueDates ? [dueColumn(today)] : []),
    {
      ...{ id: "actions", label: "Actions", hideLabel: true, className: "w-10 pl-0" },
      show: (task) => (
        <IconButton label={`Delete ${task.title}`} onClick={() => on.remove(task)}>
          <TrashIcon />
        </IconButton>
      ),
    },
  ]
  return (
    <Table
      caption="Tasks"
      {...{ columns, sorting }}
      rows={sorted(tasks, sorting.by, sorting.down)}
      keyOf={({ id }) => id}
      onSort={setSorting}
    />
  )
}

const dueColumn = (today: string): Column<Task> => ({
  ...{ id: "due", label: "Due", sorts: true, className: `${wide} whitespace-nowrap` },
  show: (task) => <Due {...{ task, today }} />,
})

function Due({ task: { due, doneAt }, today }: { task: Task; today: string }) {
  if (due === "") return null
  const tone = doneAt !== null || due > today ? "neutral" : due === today ? "warn" : "danger"
  return <Badge tone={tone}>{sayDay(due, today)}</Badge>
}

/** On a phone the other columns stand below the title. */
function TaskTitle({
  task,
  settings,
  today,
  onOpen,
}: Pick<TaskTableProps, "settings" | "today"> & { task: Task; onOpen(): void }) {
  const { title, notes, area, person, priority, doneAt } = task
  return (
    <div className="min-w-0 py-1">
      <button
        type="button"
        onClick={onOpen}
        className={classNames(
          "max-w-full cursor-pointer rounded text-left font-medium break-words hover:underline",
          doneAt !== null && "text-muted line-through",
        )}
      >
        {title}
      </button>
      {priority === "high" && doneAt === null && (
        <span className="ml-2">
          <Badge tone="danger">High</Badge>
        </span>
      )}
      {priority === "low" && <span className="ml-2 text-[13px] text-muted">low</span>}
      {notes && <p className="truncate text-sm text-muted">{notes}</p>}
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted sm:hidden">
        <Badge>{area}</Badge>
        {settings.dueDates && <Due {...{ task, today }} />}
        {person && <span className="max-w-full truncate">{person}</span>}
      </p>
    </div>
  )
}
