import { errorPage } from "../pages/error.js"
import { gamePage } from "../pages/game.js"
import { answerFile } from "./files.js"
import { addressOf, readJson, send, sendJson, sendPage } from "./http.js"
import { makeLimiter } from "./limiter.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"

const says = "That was a lot at once. Wait a moment, then try again."

export function makeHandler({ settings, scores }) {
  const pages = { light: "#f4efe4", dark: "#12131f" }
  const theme = `${themeCss(settings.accent, pages)}:root{--bricks:${settings.bricks}}`
  const begun = makeLimiter({ most: 60, withinMs: 60_000, says })
  const saved = makeLimiter({ most: 20, withinMs: 60_000, says })
  return makeRouter(
    {
      "GET /": ({ response }) => sendPage(response, gamePage(settings, scores.best())),
      "GET /api/scores": ({ response }) => sendJson(response, { scores: scores.best() }),
      "POST /api/games": ({ request, response }) => {
        begun.take(addressOf(request))
        sendJson(response, { game: scores.begin() }, { status: 201 })
      },
      "POST /api/scores": async ({ request, response }) => {
        saved.take(addressOf(request))
        const place = scores.add(await readJson(request, 4096))
        sendJson(response, { place, scores: scores.best() }, { status: 201 })
      },
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
  )
}
