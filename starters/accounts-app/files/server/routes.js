import { errorPage } from "../pages/error.js"
import { accountRoutes } from "./account-routes.js"
import { answerFile } from "./files.js"
import { send, sendJson } from "./http.js"
import { noteRoutes } from "./note-routes.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"

export function makeHandler(app) {
  const theme = themeCss(app.settings.accent, { light: "#f3eee2", dark: "#1d1b17" })
  return makeRouter(
    {
      ...noteRoutes(app),
      ...accountRoutes(app),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(app.settings, failure),
  )
}
