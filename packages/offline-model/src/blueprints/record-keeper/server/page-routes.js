// The pages: a list, a record, a form, a question before deleting. All of it works without script.
import { confirmPage } from "../pages/confirm.js"
import { formPage } from "../pages/form.js"
import { listPage } from "../pages/list.js"
import { recordPage } from "../pages/record.js"
import { onlyMethods, Refusal, readForm, redirect, sendPage } from "./http.js"
import { readQuery } from "./query.js"
import { checkRecord, findRecord, removeRecord, writeRecord } from "./records.js"
import { entityByPlural, waitingForm } from "./spec.js"
import { fromForm } from "./validate.js"

export async function answerPage(app, { request, response, path, params }) {
  const entity = path.length === 0 ? app.spec.entities[0] : entityByPlural(app.spec, path[0])
  if (!entity || path.length > 4) throw new Refusal(404, "There is no such page.")
  const asked = { request, response, entity, params }
  if (path.length <= 1) return answerList(app, asked)
  if (path[1] === "new" && path.length === 2) return answerNew(app, asked)
  const record = findRecord(app, entity, path[1])
  const answer = recordActions[path[2] ?? "show"]
  if (!answer || (path.length === 4) !== (path[2] === "toggle"))
    throw new Refusal(404, "There is no such page.")
  return answer(app, { ...asked, record, flag: path[3] })
}

async function answerList(app, { request, response, entity, params }) {
  if (onlyMethods(request, "GET", "POST") === "POST")
    return saveForm(app, { request, response, entity, follow: params.get("_for") })
  const query = readQuery(params, entity)
  const suggestion = entity.suggestion ? app.suggest?.(entity, app.store) : undefined
  sendPage(
    response,
    200,
    listPage(app, { entity, query, found: app.store.list(entity, query), suggestion }),
  )
}

function answerNew(app, { request, response, entity, params }) {
  onlyMethods(request, "GET")
  // ?client=3 fills that field in, so that "add a project" on a client's page knows the client
  const values = Object.fromEntries(
    entity.fields.map((field) => [field.name, params.get(field.name)]),
  )
  sendPage(response, 200, formPage(app, { entity, values, follow: params.get("_for") }))
}

const recordActions = {
  show: answerShow,
  edit: answerEdit,
  delete: answerDelete,
  toggle: answerToggle,
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

async function answerToggle(app, { request, response, entity, record, flag }) {
  onlyMethods(request, "POST")
  const field = entity.fields.find((each) => each.name === flag && each.type === "flag")
  if (!field) throw new Refusal(404, "There is no such mark.")
  await readForm(request)
  app.store.update(entity, record.id, { [field.name]: !record[field.name] })
  redirect(response, `/${entity.plural}`)
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
  redirect(response, waiting ? `${waiting.form}?${waiting.field}=${saved.id}` : `/${entity.plural}`)
}
