// The JSON API.
//   GET, POST           /api/books            list (see query.js), create
//   GET, PATCH, DELETE  /api/books/7          one record
//   GET                 /api/books.csv        every record that a list's parameters find, as a table
//   GET                 /api/books/suggestion only where the app makes suggestions
import { need } from "./access.js"
import { tableOf } from "./export-csv.js"
import { onlyMethods, Refusal, readJson, send, sendJson } from "./http.js"
import { readQuery } from "./query.js"
import { findRecord, removeRecord, writeRecord } from "./records.js"
import { entityByPlural } from "./spec.js"

export async function answerApi(app, { request, response, path, params }) {
  if (path.length === 1) return answerIndex(app, { request, response })
  const isTable = path.length === 2 && path[1].endsWith(".csv")
  const entity = entityByPlural(app.spec, isTable ? path[1].slice(0, -".csv".length) : path[1])
  if (isTable && entity) return answerTable(app, { request, response, entity, params })
  if (!entity || path.length > 3) throw new Refusal(404, "There is no such list.")
  if (path.length === 2) return answerList(app, { request, response, entity, params })
  if (path[2] === "suggestion") return answerSuggestion(app, { request, response, entity })
  return answerRecord(app, { request, response, entity, id: path[2] })
}

function answerIndex({ spec, may }, { request, response }) {
  onlyMethods(request, "GET")
  const lists = spec.entities
    .filter(may.read)
    .map(({ label, plural }) => ({ label, url: `/api/${plural}` }))
  sendJson(response, 200, { name: spec.name, lists })
}

async function answerList(app, { request, response, entity, params }) {
  if (onlyMethods(request, "GET", "POST") === "GET") {
    need(app, entity, "read")
    return sendJson(response, 200, app.store.list(entity, readQuery(params, entity)))
  }
  need(app, entity, "add")
  const record = writeRecord(app, { entity, input: await readJson(request) })
  const shown = app.may.read(entity) ? record : { id: record.id }
  sendJson(response, 201, shown, { location: `/api/${entity.plural}/${record.id}` })
}

async function answerRecord(app, { request, response, entity, id }) {
  const method = onlyMethods(request, "GET", "PATCH", "DELETE")
  need(app, entity, method === "GET" ? "read" : "change")
  const record = findRecord(app, entity, id)
  if (method === "GET") return sendJson(response, 200, record)
  if (method === "PATCH") {
    const input = await readJson(request)
    return sendJson(response, 200, writeRecord(app, { entity, input, id: record.id }))
  }
  removeRecord(app, entity, record.id)
  response.writeHead(204).end()
}

function answerTable(app, { request, response, entity, params }) {
  onlyMethods(request, "GET")
  need(app, entity, "read")
  send(response, {
    status: 200,
    type: "text/csv; charset=utf-8",
    body: tableOf(app, { entity, query: readQuery(params, entity) }),
    headers: { "content-disposition": `attachment; filename="${entity.plural}.csv"` },
  })
}

function answerSuggestion(app, { request, response, entity }) {
  onlyMethods(request, "GET")
  need(app, entity, "read")
  const { store, suggest } = app
  if (!suggest || !entity.suggestion) throw new Refusal(404, "This list makes no suggestions.")
  sendJson(response, 200, suggest(entity, store) ?? { record: null, because: "Nothing fits yet." })
}
