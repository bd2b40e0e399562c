// One function for every request: the API under /api, files under /public, accounts under /-, pages
// elsewhere.
import { errorPage } from "../pages/error.js"
import { languageOf } from "../pages/words.js"
import { rightsOf } from "./access.js"
import { answerAccount } from "./account-routes.js"
import { answerApi } from "./api.js"
import { answerFile } from "./files.js"
import { Refusal, redirect, refuseForeignWrites, sendJson, sendPage } from "./http.js"
import { answerExample, answerPage } from "./page-routes.js"

export function makeHandler(parts) {
  return async (request, response) => {
    const language = languageOf(request)
    let app = { ...parts, language, may: rightsOf(undefined) }
    try {
      const url = new URL(request.url, "http://app.invalid")
      const path = url.pathname.split("/").filter(Boolean).map(decoded)
      const asked = { request, response, path, params: url.searchParams }
      refuseForeignWrites(request)
      if (path[0] === "healthz") return sendJson(response, 200, { ok: true })
      if (path[0] === "public") return answerFile(asked)
      const who = parts.accounts?.whoIs(request)
      app = { ...parts, language, who, may: rightsOf(who) }
      if (path[0] === "-" && path[1] === "example") return answerExample(app, asked)
      if (path[0] === "-") return await answerAccount(app, asked)
      if (path[0] === "api") return await answerApi(app, asked)
      return await answerPage(app, asked)
    } catch (error) {
      fail(app, { request, response, error })
    }
  }
}

function fail(app, { request, response, error }) {
  const expected = error instanceof Refusal
  if (!expected) console.error(error)
  if (response.headersSent) return response.destroy()
  const status = expected ? error.status : 500
  const message = expected ? error.message : "Something went wrong here. Nothing was changed."
  const { headers, ...more } = expected ? error.more : {}
  if (request.url.startsWith("/api"))
    return sendJson(response, status, { error: message, ...more }, headers)
  if (status === 401 && request.method === "GET") {
    const way = app.accounts.hasOwner() ? "sign-in" : "owner"
    return redirect(response, `/-/${way}?${new URLSearchParams({ next: request.url })}`)
  }
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
  sendPage(response, status, errorPage(app, { status, message }))
}

function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refusal(400, "That address is not well formed.")
  }
}
