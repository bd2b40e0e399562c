import { Button } from "./kit/button.tsx"
import { TaskBoard } from "./tasks/task-board.tsx"
import { useTasks } from "./tasks/use-tasks.ts"

export function App() {
  const { state, failure, reload, actions } = useTasks()
  return (
    <div className="mx-auto max-w-5xl px-4 pb-24 sm:px-6">
      <header className="flex items-center gap-3 py-6 sm:py-9">
        <Mark />
        <h1 className="min-w-0 truncate text-2xl font-semibold tracking-tight sm:text-3xl">
          {state?.settings.title ?? document.title}
        </h1>
      </header>
      <main>
        {failure !== null && (
          <div
            role="alert"
            className="mb-5 flex items-center justify-between gap-4 rounded-xl bg-danger-soft px-4 py-3 text-danger"
          >
            <p>{failure}</p>
            <Button onClick={() => void reload()}>Try again</Button>
          </div>
        )}
        {state ? <TaskBoard {...{ state, actions }} /> : failure === null && <Loading />}
      </main>
    </div>
  )
}

/** In the shape of what comes. */
function Loading() {
  return (
    <div role="status" className="grid animate-pulse gap-5">
      <span className="sr-only">Loading tasks</span>
      <div className="h-20 rounded-2xl bg-sunk" />
      <div className="h-11 rounded-lg bg-sunk" />
      <div className="h-80 rounded-2xl bg-sunk" />
    </div>
  )
}

/** The sign of the app, in the color of settings.json. */
function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-9 shrink-0 fill-none">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="m9 16.5 5 5 9-11"
        className="stroke-on-accent stroke-[3.5]"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
