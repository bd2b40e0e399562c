import { addressOf, Refusal, readJson, send, sendJson } from "./http.js"
import { needKey } from "./key.js"
import { readQuestion } from "./question.js"
import { changedValues, wholeRecord } from "./validate.js"

/** Anybody may read from anywhere, also pages of other sites. */
const open = { "access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Link" }

export function apiRoutes(app) {
  const { path } = app.resource
  return {
    [`GET ${path}`]: (asked) => list(app, asked),
    [`POST ${path}`]: (asked) => create(app, asked),
    [`GET ${path}/:id`]: (asked) => get(app, asked),
    [`PUT ${path}/:id`]: (asked) => change(app, asked, wholeRecord),
    [`PATCH ${path}/:id`]: (asked) => change(app, asked, changedValues),
    [`DELETE ${path}/:id`]: (asked) => remove(app, asked),
  }
}

const tag = (version) => `"${version}"`

function list({ settings, resource, records }, { response, query }) {
  const question = readQuestion(resource, query, settings.pageSize)
  const { page, limit } = question
  const { total, items } = records.list(question)
  const last = Math.max(1, Math.ceil(total / limit))
  const link = Object.entries({ first: 1, prev: page - 1, next: page + 1, last })
    .filter(([, number]) => number >= 1 && number <= last)
    .map(([rel, number]) => `<${resource.path}?${withPage(query, number)}>; rel="${rel}"`)
  sendJson(response, { items, total, page, limit }, { headers: { ...open, link: link.join(", ") } })
}

function withPage(query, page) {
  const next = new URLSearchParams(query)
  next.set("page", String(page))
  return next
}

/** Who may write, and how often; the body of those who may. */
function mayWrite({ key, writes }, request) {
  needKey(request, key)
  writes.take(addressOf(request))
}

async function create(app, { request, response }) {
  mayWrite(app, request)
  const { resource, records } = app
  const { version, record } = records.add(wholeRecord(resource.fields, await readJson(request)))
  const headers = { etag: tag(version), location: `${resource.path}/${record.id}` }
  sendJson(response, record, { status: 201, headers })
}

function get({ records }, { request, response, params }) {
  const { version, record } = records.find(params.id)
  const headers = { ...open, etag: tag(version), "cache-control": "no-cache" }
  const known = (request.headers["if-none-match"] ?? "").split(",").map((part) => part.trim())
  if (known.includes(tag(version)) || known.includes("*")) {
    response.writeHead(304, headers)
    return response.end()
  }
  sendJson(response, record, { headers })
}

async function change(app, { request, response, params }, read) {
  mayWrite(app, request)
  const values = read(app.resource.fields, await readJson(request))
  const { version, record } = app.records.change(params.id, { values, version: expected(request) })
  sendJson(response, record, { headers: { etag: tag(version) } })
}

function remove(app, { request, response, params }) {
  mayWrite(app, request)
  app.records.remove(params.id, expected(request))
  response.writeHead(204)
  response.end()
}

/** The version of If-Match; undefined where the caller does not mind. */
function expected({ headers }) {
  const given = headers["if-match"]?.trim()
  if (given === undefined || given === "*") return undefined
  const version = /^"(\d{1,15})"$/.exec(given)?.[1]
  if (!version) throw new Refusal(412, "If-Match is not an ETag of a record.")
  return Number(version)
}

const titles = {
  400: "Bad request",
  401: "Not allowed without the key",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Not possible now",
  412: "Changed meanwhile",
  413: "Too large",
  415: "Wrong type of body",
  422: "Fields do not fit",
  429: "Too many requests",
}

/** A failure as problem+json (RFC 9457). */
export function sendProblem(response, { status, message, headers, more }) {
  const problem = {
    type: "about:blank",
    title: titles[status] ?? "Failure",
    status,
    detail: message,
  }
  const body = JSON.stringify({ ...problem, ...more })
  send(response, { status, type: "application/problem+json; charset=utf-8", body, headers })
}
