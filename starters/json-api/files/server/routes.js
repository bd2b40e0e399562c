import { docsPage } from "../pages/docs.js"
import { errorPage } from "../pages/error.js"
import { apiRoutes, sendProblem } from "./api.js"
import { answerFile } from "./files.js"
import { send, sendJson, sendPage } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { describe } from "./openapi.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"

export function makeHandler(parts) {
  const says = "Too many changes. Wait as long as Retry-After says."
  const app = { ...parts, writes: makeLimiter({ most: 240, withinMs: 60_000, says }) }
  const { settings } = app
  const description = describe(app)
  const theme = themeCss(settings.accent, { light: "#f5f7fa", dark: "#10151c" })
  return makeRouter(
    {
      "GET /": ({ response }) => sendPage(response, docsPage(app, description)),
      "GET /openapi.json": ({ response }) =>
        sendJson(response, description, { headers: { "access-control-allow-origin": "*" } }),
      ...apiRoutes(app),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
    sendProblem,
  )
}
