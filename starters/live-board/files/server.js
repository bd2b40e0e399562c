// A board of cards that all open browsers see change at once.
import { openBoard } from "./board.js"
import { boardPage, boardPart } from "./pages/board.js"
import { cardFields, cardPage } from "./pages/card.js"
import { layout } from "./pages/layout.js"
import { settings } from "./settings.js"
import { readFields } from "./web/fields.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { createLive } from "./web/live.js"
import { themeCss } from "./web/theme.js"
import { knownVisitor, visitorOf } from "./web/visitor.js"

const board = openBoard(settings.columns)
const live = createLive()
const mayAct = createLimiter({ times: 300, withinMs: 60_000 })
const theme = themeCss(settings.accent, { light: "#eeeef2", dark: "#2a2b31" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", (visit) => page(boardPage(board.columns(knownVisitor(visit))))],
    ["GET", "/columns", (visit) => page(boardPart(board.columns(knownVisitor(visit))))],
    ["GET", "/live", (visit) => live.listen(visit)],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["GET", "/cards/:id", (visit) => page(cardPage({ card: cardOf(visit) }))],
    ["POST", "/cards", changing(addCard)],
    ["POST", "/cards/:id", changing(changeCard)],
    ["POST", "/cards/:id/move", changing(moveCard)],
    ["POST", "/cards/:id/delete", changing((visit) => board.remove(cardOf(visit).id))],
    ["POST", "/cards/:id/vote", changing(vote)],
  ],
})

/** A change: when it happened, open pages hear of it and the visitor sees the board again. */
function changing(act) {
  return async (visit) => {
    if (!mayAct(visit.ip)) throw new Refusal(429, "That was a lot at once. Wait a minute.")
    const refused = await act(visit, await visit.form())
    if (refused?.status) return refused
    live.changed()
    return visit.wantsJson ? { status: 204, headers: {}, body: "" } : redirect("/")
  }
}

function cardOf({ params }) {
  const card = /^\d{1,15}$/.test(params.id) && board.find(Number(params.id))
  if (!card) throw new Refusal(404, "This card is no longer on the board.")
  return card
}

function columnOf(form) {
  const column = form.get("column")
  if (!settings.columns.includes(column)) throw new Refusal(400, "There is no such column.")
  return column
}

function addCard(visit, form) {
  const column = columnOf(form)
  const read = readFields(form, cardFields)
  if (!board.hasRoom()) throw new Refusal(409, "The board is full. Delete some cards first.")
  if (read.ok) return void board.add(column, read.values)
  if (visit.wantsJson) throw new Refusal(400, Object.values(read.errors)[0])
  return page(cardPage({ column, ...read }), 400)
}

function changeCard(visit, form) {
  const card = cardOf(visit)
  const column = columnOf(form)
  const read = readFields(form, cardFields)
  if (!read.ok) return page(cardPage({ card, column, ...read }), 400)
  board.change(card.id, read.values)
  if (column !== card.column_name) board.move(card.id, { column })
  return undefined
}

function moveCard(visit, form) {
  board.move(cardOf(visit).id, { column: columnOf(form), before: Number(form.get("before")) })
}

function vote(visit) {
  if (!settings.votes) throw new Refusal(404, "This board has no votes.")
  board.toggleVote(cardOf(visit).id, visitorOf(visit))
}
