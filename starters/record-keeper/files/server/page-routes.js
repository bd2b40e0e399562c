// The pages: a list, a record, a form, a question before deleting. All of it works without script.
import { calendarRange } from "../pages/calendar.js"
import { confirmPage } from "../pages/confirm.js"
import { formPage } from "../pages/form.js"
import { listPage } from "../pages/list.js"
import { recordPage } from "../pages/record.js"
import { need } from "./access.js"
import { exampleStore } from "./examples.js"
import { onlyMethods, Refusal, readForm, redirect, sendPage } from "./http.js"
import { readQuery } from "./query.js"
import { checkRecord, findRecord, removeRecord, writeRecord } from "./records.js"
import { entityByPlural, viewsOf, waitingForm } from "./spec.js"
import { defaultOf, fromForm } from "./validate.js"

export async function answerPage(app, { request, response, path, params }) {
  const entity = path.length === 0 ? firstList(app) : entityByPlural(app.spec, path[0])
  if (!entity || path.length > 4) throw new Refusal(404, "There is no such page.")
  const asked = { request, response, entity, params }
  if (path.length <= 1) return answerList(app, asked)
  if (path[1] === "new" && path.length === 2) return answerNew(app, asked)
  const isChange = request.method === "POST" || path.length > 2
  need(app, entity, isChange ? "change" : "read")
  const record = findRecord(app, entity, path[1])
  const answer = recordActions[path[2] ?? "show"]
  if (!answer || (path.length === 4) !== ["toggle", "set"].includes(path[2]))
    throw new Refusal(404, "There is no such page.")
  return answer(app, { ...asked, record, name: path[3] })
}

/** What somebody sees first: the first list that is for them, or else the first. */
const firstList = ({ spec, may }) =>
  spec.entities.find((entity) => may.read(entity)) ??
  spec.entities.find(may.add) ??
  spec.entities[0]

/** A list with made-up records: looked at, not used, and gone with the answer. */
export function answerExample(app, { request, response, path, params }) {
  onlyMethods(request, "GET")
  const entity = path.length === 3 ? entityByPlural(app.spec, path[2]) : undefined
  if (!entity) throw new Refusal(404, "There is no such page.")
  need(app, entity, "read")
  const store = exampleStore(app.spec)
  try {
    const query = readQuery(params, entity)
    const found = foundFor({ store }, entity, query)
    sendPage(response, 200, listPage({ ...app, store, isExample: true }, { entity, query, found }))
  } finally {
    store.close()
  }
}

async function answerList(app, { request, response, entity, params }) {
  if (onlyMethods(request, "GET", "POST") === "POST")
    return addFromForm(app, { request, response, entity, follow: params.get("_for") })
  if (!app.may.read(entity) && app.may.add(entity))
    return redirect(response, `/${entity.plural}/new`)
  need(app, entity, "read")
  const query = readQuery(params, entity)
  const suggestion = entity.suggestion ? app.suggest?.(entity, app.store) : undefined
  sendPage(
    response,
    200,
    listPage(app, { entity, query, found: foundFor(app, entity, query), suggestion }),
  )
}

function addFromForm(app, asked) {
  need(app, asked.entity, "add")
  return saveForm(app, asked)
}

/** What a view shows: a page of a table or of cards, all of a board, a month of a calendar. */
function foundFor({ store }, entity, query) {
  const view = query.view ?? viewsOf(entity)[0]
  const seen = { ...query, view }
  if (view.kind === "board") return store.list(entity, { ...seen, limit: 200, offset: 0 })
  if (view.kind !== "calendar") return store.list(entity, seen)
  const all = store.list(entity, { ...seen, limit: 1, offset: 0 }).total
  const none = new URLSearchParams(query.params)
  none.set(view.by, "none")
  const between = { field: view.by, ...calendarRange(query.params) }
  const month = store.list(entity, { ...seen, between, limit: 1000, offset: 0 })
  const undated = store.list(entity, { ...seen, params: none, limit: 1, offset: 0 }).total
  return { ...month, total: all, all, undated }
}

function answerNew(app, { request, response, entity, params }) {
  onlyMethods(request, "GET")
  need(app, entity, "add")
  // ?client=3 fills that field in, so that "add a project" on a client's page knows the client
  const values = Object.fromEntries(
    entity.fields.map((field) => [field.name, params.get(field.name) ?? defaultOf(field)]),
  )
  const saved = params.has("_saved")
  sendPage(response, 200, formPage(app, { entity, values, follow: params.get("_for"), saved }))
}

const recordActions = {
  show: answerShow,
  edit: answerEdit,
  delete: answerDelete,
  toggle: answerToggle,
  set: answerSet,
}

async function answerShow(app, { request, response, entity, record }) {
  if (onlyMethods(request, "GET", "POST") === "POST")
    return saveForm(app, { request, response, entity, record })
  sendPage(response, 200, recordPage(app, { entity, record }))
}

function answerEdit(app, { request, response, entity, record }) {
  onlyMethods(request, "GET")
  sendPage(response, 200, formPage(app, { entity, record, values: record }))
}

async function answerDelete(app, { request, response, entity, record }) {
  if (onlyMethods(request, "GET", "POST") === "GET") {
    const usedBy = app.store.usedBy(entity, record.id)
    return sendPage(response, 200, confirmPage(app, { entity, record, usedBy }))
  }
  await readForm(request)
  removeRecord(app, entity, record.id)
  redirect(response, `/${entity.plural}`)
}

async function answerToggle(app, { request, response, entity, record, name }) {
  onlyMethods(request, "POST")
  const field = entity.fields.find((each) => each.name === name && each.type === "flag")
  if (!field) throw new Refusal(404, "There is no such mark.")
  await readForm(request)
  app.store.update(entity, record.id, { [field.name]: !record[field.name] })
  redirect(response, `/${entity.plural}`)
}

/** One choice of a record, from a board. */
async function answerSet(app, { request, response, entity, record, name }) {
  onlyMethods(request, "POST")
  const field = entity.fields.find((each) => each.name === name && each.type === "choice")
  if (!field) throw new Refusal(404, "There is no such choice.")
  const value = (await readForm(request)).get("value") || null
  writeRecord(app, { entity, input: { [field.name]: value }, id: record.id })
  const view = viewsOf(entity).find(({ kind, by }) => kind === "board" && by === name)
  redirect(response, `/${entity.plural}${view ? `?_view=${view.name}` : ""}`)
}

/** Saves what was typed, or shows the form again with it and what is wrong. */
async function saveForm(app, { request, response, entity, record, follow }) {
  const input = fromForm(entity, await readForm(request))
  const id = record?.id
  const { errors, problem } = checkRecord(app, { entity, input, partial: false, id })
  if (problem || Object.keys(errors).length > 0) {
    const page = formPage(app, { entity, record, values: input, errors, problem, follow })
    return sendPage(response, 422, page)
  }
  const saved = writeRecord(app, { entity, input, id })
  if (record) return redirect(response, `/${entity.plural}/${saved.id}`)
  const waiting = waitingForm(app.spec, { entity, follow })
  if (!app.may.read(entity) && !waiting) return redirect(response, `/${entity.plural}/new?_saved=1`)
  redirect(response, waiting ? `${waiting.form}?${waiting.field}=${saved.id}` : `/${entity.plural}`)
}
