// One function for every request: the first route whose method and path fit answers.
import { Refusal, refuseForeignWrites, sendJson, sendPage } from "./http.js"

/**
 * `routes` is a list such as `{ "GET /notes/:id": (asked) => … }`; what a route is given has
 * `request`, `response`, `params` (from the path) and `query`. `errorPage` makes a page of a failure for
 * people; programs are sent it by `sendError`.
 */
export function makeRouter(routes, errorPage, sendError = sendJsonError) {
  const table = Object.entries(routes).map(([pattern, answer]) => {
    const [method, path] = pattern.split(" ")
    return { method, parts: path.split("/"), answer }
  })
  return async (request, response) => {
    try {
      refuseForeignWrites(request)
      const url = new URL(request.url, "http://app.invalid")
      const { answer, params } = find(table, request.method, url.pathname)
      await answer({ request, response, params, query: url.searchParams })
    } catch (error) {
      fail({ request, response, error, errorPage, sendError })
    }
  }
}

function find(table, asked, pathname) {
  const method = asked === "HEAD" ? "GET" : asked
  const fitting = table
    .map((route) => ({ ...route, params: match(route.parts, pathname.split("/")) }))
    .filter(({ params }) => params)
  const found = fitting.find((route) => route.method === method)
  if (found) return found
  if (fitting.length === 0) throw new Refusal(404, "There is nothing at this address.")
  const allow = fitting.map((route) => route.method).join(", ")
  throw new Refusal(405, `Use ${allow} here.`, { headers: { allow } })
}

function match(parts, given) {
  if (parts.length !== given.length) return undefined
  const params = {}
  for (const [index, part] of parts.entries()) {
    if (part.startsWith(":")) params[part.slice(1)] = decoded(given[index])
    else if (part !== given[index]) return undefined
  }
  return params
}

function fail({ request, response, error, errorPage, sendError }) {
  const expected = error instanceof Refusal
  if (!expected) console.error(error)
  if (response.headersSent) return response.destroy()
  const status = expected ? error.status : 500
  const message = expected ? error.message : "Something went wrong here. Nothing was changed."
  const { headers = {}, ...more } = expected ? error.more : {}
  if ((request.headers.accept ?? "").includes("text/html"))
    return sendPage(response, errorPage({ status, message }), { status, headers })
  sendError(response, { status, message, headers, more })
}

function sendJsonError(response, { status, message, headers, more }) {
  sendJson(response, { error: message, ...more }, { status, headers })
}

function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, "That address is not well formed.")
  }
}
