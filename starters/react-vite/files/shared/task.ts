// What a task is, for the server and for the pages.

export const priorities = ["high", "normal", "low"] as const
export type Priority = (typeof priorities)[number]

/** What people write of a task. */
export interface Draft {
  title: string
  notes: string
  area: string
  /** nobody when empty */
  person: string
  priority: Priority
  /** a day such as 2026-03-01; none when empty */
  due: string
}

export interface Task extends Draft {
  id: number
  /** an instant; null while it is open */
  doneAt: string | null
  createdAt: string
}

/** What the pages know of settings.json. */
export interface Settings {
  title: string
  areas: string[]
  people: string[]
  dueDates: boolean
}

export type Errors = Partial<Record<keyof Draft, string>>
export type ReadDraft = { ok: true; draft: Draft } | { ok: false; errors: Errors }

export const most = { title: 120, notes: 2000, tasks: 5000 } as const

/**
 * Reads what somebody wrote of a task. What is left out is as it was before.
 * @param before the task that changes; a new one is empty
 */
export function readDraft(given: unknown, settings: Settings, before?: Draft): ReadDraft {
  const known = before ?? emptyDraft(settings)
  const raw: Record<string, unknown> = { ...known, ...(isObject(given) ? given : {}) }
  const text = (name: keyof Draft) =>
    typeof raw[name] === "string" ? String(raw[name]).trim() : ""
  const draft: Draft = {
    ...{ title: text("title"), notes: text("notes"), area: text("area"), person: text("person") },
    ...{ due: text("due"), priority: text("priority") as Priority },
  }
  const errors = wrongWith(draft, settings, known)
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, draft }
}

export const emptyDraft = ({ areas }: Settings): Draft => ({
  ...{ title: "", notes: "", area: areas[0] ?? "", person: "", priority: "normal", due: "" },
})

function wrongWith(draft: Draft, { areas, people }: Settings, before: Draft): Errors {
  const errors: Errors = {}
  if (draft.title === "") errors.title = "Say what is to be done."
  if (draft.title.length > most.title) errors.title = `Use at most ${most.title} characters.`
  if (draft.notes.length > most.notes) errors.notes = `Use at most ${most.notes} characters.`
  if (![...areas, before.area].includes(draft.area)) errors.area = "Choose an area of the list."
  if (!["", ...people, before.person].includes(draft.person))
    errors.person = "Choose a person of the list."
  if (!priorities.includes(draft.priority)) errors.priority = "Choose a priority of the list."
  if (draft.due !== "" && !isDay(draft.due)) errors.due = "Give a day such as 2026-03-01."
  return errors
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}
