import { useState } from "react"
import type { Task } from "../../shared/task.ts"
import { Button } from "../kit/button.tsx"
import { Empty } from "../kit/empty.tsx"
import { Tabs } from "../kit/tabs.tsx"
import { useToast } from "../kit/toast.tsx"
import { Figures } from "./figures.tsx"
import { FilterBar } from "./filter-bar.tsx"
import { QuickAdd } from "./quick-add.tsx"
import { TaskDialog } from "./task-dialog.tsx"
import { type RowActions, TaskTable } from "./task-table.tsx"
import type { Actions, State } from "./use-tasks.ts"
import { dayOf, figuresOf, matching, tasksIn, type View, views } from "./views.ts"

const names: Record<View, string> = { open: "Open", today: "Today", done: "Done" }
const examples = ["Book the meeting room", "Water the plants", "Send the invoice"]
const noFilter = { words: "", area: "", person: "" }

export function TaskBoard({ state, actions }: { state: State; actions: Actions }) {
  const { settings, tasks } = state
  const [view, setView] = useState<View>("open")
  const [filter, setFilter] = useState(noFilter)
  const [opened, setOpened] = useState<Task | null>(null)
  const on = useRowActions(actions, setOpened)
  const now = new Date()
  const today = dayOf(now)
  const offered = views.filter((each) => settings.dueDates || each !== "today")
  const seen = matching(tasksIn(tasks, view, today), filter)
  return (
    <div className="grid gap-5">
      <Figures numbers={figuresOf(tasks, now)} dueDates={settings.dueDates} />
      <QuickAdd
        onAdd={(title) => actions.add({ title, ...(filter.area ? { area: filter.area } : {}) })}
      />
      <section aria-label="Tasks" className="rounded-2xl border border-line bg-surface">
        <Tabs
          label="Which tasks"
          tabs={offered.map((id) => ({
            ...{ id, label: names[id], count: tasksIn(tasks, id, today).length },
          }))}
          chosen={view}
          onChoose={(id) => setView(id as View)}
        >
          {tasks.length > 0 && <FilterBar {...{ filter, settings }} onChange={setFilter} />}
          {seen.length > 0 ? (
            <div className="px-1 pb-1 sm:px-3">
              <TaskTable tasks={seen} {...{ settings, today, on }} />
            </div>
          ) : (
            <NothingSeen
              {...{ view, tasks }}
              onTry={(title) => void actions.add({ title })}
              onClear={() => setFilter(noFilter)}
            />
          )}
        </Tabs>
      </section>
      {opened && (
        <TaskDialog
          key={opened.id}
          task={opened}
          settings={settings}
          onSave={(draft) => actions.edit(opened.id, draft)}
          onClose={() => setOpened(null)}
        />
      )}
    </div>
  )
}

/** Each says what happened, and how to take it back. */
function useRowActions(actions: Actions, open: (task: Task) => void): RowActions {
  const say = useToast()
  const attempt = (action: Promise<void>) =>
    action.catch((error: unknown) =>
      say({ says: error instanceof Error ? error.message : String(error) }),
    )
  return {
    open,
    setDone: (task, done) =>
      void attempt(
        actions.setDone(task.id, done).then(() => {
          if (!done) return
          const act = () => void attempt(actions.setDone(task.id, false))
          say({ says: `Done: ${task.title}`, action: { label: "Undo", act } })
        }),
      ),
    remove: (task) =>
      void attempt(
        actions.remove(task.id).then(() => {
          const act = () => void attempt(actions.restore(task.id))
          say({ says: `Deleted: ${task.title}`, action: { label: "Undo", act } })
        }),
      ),
  }
}

interface NothingSeenProps {
  view: View
  tasks: readonly Task[]
  onTry(title: string): void
  onClear(): void
}

function NothingSeen({ view, tasks, onTry, onClear }: NothingSeenProps) {
  if (tasks.length === 0 && view === "open")
    return (
      <Empty
        title="Nothing to do yet"
        says="Write the first task above, or begin with one of these."
      >
        {examples.map((title) => (
          <Button key={title} onClick={() => onTry(title)}>
            {title}
          </Button>
        ))}
      </Empty>
    )
  const inView = tasksIn(tasks, view, dayOf(new Date()))
  if (inView.length > 0)
    return (
      <Empty title="No task fits" says="No task has these words, this area and this person.">
        <Button onClick={onClear}>Show all</Button>
      </Empty>
    )
  const says = {
    open: "Everything is done. Enjoy it.",
    today: "What is due today or late is listed here.",
    done: "What you tick is listed here.",
  }
  return <Empty title={`Nothing ${view === "done" ? "done yet" : view}`} says={says[view]} />
}
