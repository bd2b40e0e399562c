// Which tasks are seen, in which order. Nothing here knows of the page.
import { priorities, type Task } from "../../shared/task.ts"

export const views = ["open", "today", "done"] as const
export type View = (typeof views)[number]

export interface Filter {
  words: string
  area: string
  person: string
}

/** The day of an instant, where the person is. */
export function dayOf(instant: Date): string {
  const two = (part: number) => String(part).padStart(2, "0")
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}

const inView: Record<View, (task: Task, today: string) => boolean> = {
  open: ({ doneAt }) => doneAt === null,
  today: ({ doneAt, due }, today) => doneAt === null && due !== "" && due <= today,
  done: ({ doneAt }) => doneAt !== null,
}

export const tasksIn = (tasks: readonly Task[], view: View, today: string) =>
  tasks.filter((task) => inView[view](task, today))

export function matching(tasks: readonly Task[], { words, area, person }: Filter): Task[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return tasks.filter((task) => {
    const text = `${task.title} ${task.notes} ${task.person} ${task.area}`.toLowerCase()
    return (
      wanted.every((word) => text.includes(word)) &&
      (area === "" || task.area === area) &&
      (person === "" || task.person === person)
    )
  })
}

/** What people look at first comes first: late, then important, then what was added last. */
const orders: Record<string, (a: Task, b: Task) => number> = {
  title: (a, b) => a.title.localeCompare(b.title),
  area: (a, b) => a.area.localeCompare(b.area),
  person: (a, b) => (a.person || "\uffff").localeCompare(b.person || "\uffff"),
  due: (a, b) =>
    (a.due || "9999").localeCompare(b.due || "9999") || rank(a) - rank(b) || b.id - a.id,
}
const rank = ({ priority }: Task) => priorities.indexOf(priority)

export function sorted(tasks: readonly Task[], by: string, down: boolean): Task[] {
  const order = orders[by] ?? orders.due
  return [...tasks].sort((a, b) => (order?.(a, b) ?? 0) * (down ? -1 : 1))
}

/** A day as people say it: Today, Tomorrow, 3 days late, 4 Mar. */
export function sayDay(due: string, today: string): string {
  const days = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000)
  if (days === 0) return "Today"
  if (days === 1) return "Tomorrow"
  if (days === -1) return "Yesterday"
  if (days < 0) return `${-days} days late`
  const year = due.slice(0, 4) === today.slice(0, 4) ? undefined : "numeric"
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year,
    timeZone: "UTC",
  }).format(new Date(due))
}

export interface Figures {
  open: number
  today: number
  late: number
  /** done in the last seven days */
  done: number
}

export function figuresOf(tasks: readonly Task[], now: Date): Figures {
  const today = dayOf(now)
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000).toISOString()
  const open = tasks.filter(({ doneAt }) => doneAt === null)
  return {
    open: open.length,
    today: open.filter(({ due }) => due === today).length,
    late: open.filter(({ due }) => due !== "" && due < today).length,
    done: tasks.filter(({ doneAt }) => doneAt !== null && doneAt >= weekAgo).length,
  }
}
