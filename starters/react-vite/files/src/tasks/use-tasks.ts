import { useCallback, useEffect, useState } from "react"
import type { Draft, Errors, Settings, Task } from "../../shared/task.ts"

export interface State {
  settings: Settings
  tasks: Task[]
}

/** What the server refused, with what is wrong in each field. */
export class Refused extends Error {
  readonly fields: Errors
  constructor(says: string, fields: Errors = {}) {
    super(says)
    this.fields = fields
  }
}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    ...(method === "GET"
      ? {}
      : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? null) }),
  }).catch(() => {
    throw new Refused("The server does not answer. Try again in a moment.")
  })
  const said = await answer.json().catch(() => ({}))
  if (answer.ok) return said
  throw new Refused(said.error ?? "That did not work. Try again.", said.fields)
}

const at = (id: number, rest = "") => `/api/tasks/${id}${rest}`

export type Actions = ReturnType<typeof makeActions>

function makeActions(reload: () => Promise<void>) {
  const change = async (method: string, path: string, body?: unknown) => {
    await ask(method, path, body)
    await reload()
  }
  return {
    add: (draft: Partial<Draft>) => change("POST", "/api/tasks", draft),
    edit: (id: number, draft: Draft) => change("PATCH", at(id), draft),
    setDone: (id: number, done: boolean) => change("POST", at(id, "/done"), { done }),
    remove: (id: number) => change("DELETE", at(id)),
    restore: (id: number) => change("POST", at(id, "/restore")),
  }
}

/** What came with the page. */
function stateOfPage(): State | null {
  const text = document.getElementById("state")?.textContent
  return text ? JSON.parse(text) : null
}

/** All tasks as the server has them, read anew whenever anybody changed something. */
export function useTasks() {
  const [state, setState] = useState(stateOfPage)
  const [failure, setFailure] = useState<string | null>(null)
  const reload = useCallback(async () => {
    try {
      setState((await ask("GET", "/api/state")) as State)
      setFailure(null)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    }
  }, [])
  const [actions] = useState(() => makeActions(reload))
  useEffect(() => {
    const live = new EventSource("/api/live")
    // Each beginning, too: something may have changed before it, or during a break.
    for (const event of ["hello", "changed"]) live.addEventListener(event, () => void reload())
    return () => live.close()
  }, [reload])
  return { state, failure, reload, actions }
}
