// Cards with two sides, added in a form and learnt one after the other.
import { openCards } from "./cards.js"
import { layout } from "./pages/layout.js"
import { cardFields, listPage } from "./pages/list.js"
import { practisePage } from "./pages/practise.js"
import { settings } from "./settings.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { themeCss } from "./web/theme.js"

const cards = openCards()
const mayAdd = createLimiter({ times: 200, withinMs: 10 * 60_000 })
const theme = themeCss(settings.accent, { light: "#eceef8", dark: "#2a2c3d" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", () => page(listPage({ cards: cards.all() }))],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["POST", "/cards", add],
    ["POST", "/cards/:id/remove", (visit) => changed(cards.remove(idOf(visit)), "/")],
    ["GET", "/practise", practise],
    ["POST", "/cards/:id/knew", (visit) => answered(visit, true)],
    ["POST", "/cards/:id/again", (visit) => answered(visit, false)],
  ],
})

async function add(visit) {
  const read = readFields(await visit.form(), cardFields)
  if (!read.ok) return page(listPage({ cards: cards.all(), ...read }), 400)
  if (!mayAdd(visit.ip)) throw new Refusal(429, "That were many cards. Try again later.")
  if (!cards.add(read.values)) throw new Refusal(409, "There is room for no more cards.")
  return redirect("/")
}

/** The card that was asked for, or one that is due; the same is not shown twice in a row. */
function practise({ query }) {
  const asked = Number(query.get("card"))
  const last = Number(query.get("last"))
  const card = query.has("card") ? cards.find(asked) : cards.draw(Math.random(), last)
  if (query.has("card") && !card) throw new Refusal(404, "There is no such card.")
  return page(practisePage({ card, isTurned: query.has("turned"), ...cards.counts() }))
}

const idOf = ({ params }) => (/^\d{1,9}$/.test(params.id) ? Number(params.id) : 0)

function changed(isDone, path) {
  if (!isDone) throw new Refusal(404, "There is no such card.")
  return redirect(path)
}

const answered = (visit, knew) =>
  changed(cards.answer(idOf(visit), knew), `/practise?last=${idOf(visit)}`)
