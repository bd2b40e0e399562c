// The addresses below /api, and the theme.
import type { IncomingMessage, ServerResponse } from "node:http"
import { most, type ReadDraft, readDraft, type Task } from "../shared/task.ts"
import { createLimiter, Refusal, readJson, sendJson } from "./http.ts"
import { createLive } from "./live.ts"
import { settings as ownSettings } from "./settings.ts"
import { openStore, type Store } from "./store.ts"
import { themeCss } from "./theme.ts"

const { accent, ...settings } = ownSettings
const theme = themeCss(accent, { light: "#eef0f3", dark: "#26272b" })
const changesMax = 600

type Visit = { store: Store; body: unknown; id: number }
type Route = [method: string, path: RegExp, act: (visit: Visit) => unknown]

/** What changes something; pages that are open hear of it. */
const changes: Route[] = [
  ["POST", /^\/api\/tasks$/, addTask],
  ["PATCH", /^\/api\/tasks\/(\d{1,15})$/, changeTask],
  ["DELETE", /^\/api\/tasks\/(\d{1,15})$/, removeTask],
  ["POST", /^\/api\/tasks\/(\d{1,15})\/done$/, setDone],
  ["POST", /^\/api\/tasks\/(\d{1,15})\/restore$/, restoreTask],
]

/** `answer` does what is asked of the API, and is false for everything else; `state` is all that pages show. */
export function createApi(folder = process.env.DATA_DIR ?? "./data") {
  const store = openStore(folder)
  const live = createLive()
  const mayChange = createLimiter(changesMax)
  const change = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    const [, pattern, act] =
      changes.find(([method, at]) => method === request.method && at.test(path)) ?? []
    if (!pattern || !act) throw new Refusal(404, "There is nothing at this address.")
    mayChange()
    const id = Number(pattern.exec(path)?.[1] ?? 0)
    const answer = act({ store, id, body: await readJson(request) })
    live.changed()
    sendJson(response, request.method === "POST" && id === 0 ? 201 : 200, answer)
  }
  const state = () => ({ settings, tasks: store.all() })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = new URL(request.url ?? "/", "http://here").pathname
    if (path === "/theme.css") {
      response
        .writeHead(200, { "Content-Type": "text/css", "Cache-Control": "no-cache" })
        .end(theme)
      return true
    }
    if (!path.startsWith("/api/")) return false
    try {
      if (request.method !== "GET") await change(request, response, path)
      else if (path === "/api/live") live.listen(request, response)
      else if (path === "/api/state") sendJson(response, 200, state())
      else throw new Refusal(404, "There is nothing at this address.")
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      sendJson(response, error.status, { error: error.message, fields: error.fields })
    }
    return true
  }
  return { answer, state }
}

function draftOf(read: ReadDraft) {
  if (read.ok) return read.draft
  throw new Refusal(400, Object.values(read.errors)[0] ?? "That is no task.", read.errors)
}

function needTask({ store, id }: Visit): Task {
  const task = store.find(id)
  if (!task) throw new Refusal(404, "This task is no longer there.")
  return task
}

function addTask({ store, body }: Visit) {
  if (store.count() >= most.tasks)
    throw new Refusal(409, "The list is full. Delete some tasks first.")
  return store.add(draftOf(readDraft(body, settings)))
}

function changeTask(visit: Visit) {
  const task = needTask(visit)
  visit.store.change(task.id, draftOf(readDraft(visit.body, settings, task)))
  return visit.store.find(task.id)
}

function setDone(visit: Visit) {
  const { id } = needTask(visit)
  const { done } = Object(visit.body)
  if (typeof done !== "boolean") throw new Refusal(400, "Say whether it is done.")
  visit.store.setDone(id, done)
  return visit.store.find(id)
}

function removeTask(visit: Visit) {
  const task = needTask(visit)
  visit.store.remove(task.id)
  return task
}

function restoreTask(visit: Visit) {
  visit.store.restore(visit.id)
  return needTask(visit)
}
