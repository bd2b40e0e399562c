// Polls and quizzes: everybody answers once and sees the results move.
import { createOwner } from "./owner.js"
import { layout } from "./pages/layout.js"
import { csvOf, newRoundPage, readRound, roundsPage } from "./pages/owner.js"
import { resultsPage, resultsPart } from "./pages/results.js"
import { homePage, roundPage } from "./pages/round.js"
import { resultsOf, scoreOf } from "./results.js"
import { openRounds } from "./rounds.js"
import { settings } from "./settings.js"
import { errorPart, page, Refusal, redirect, serve, textFile } from "./web/http.js"
import { createLimiter } from "./web/limiter.js"
import { createLive } from "./web/live.js"
import { themeCss } from "./web/theme.js"
import { knownVisitor, visitorOf } from "./web/visitor.js"

const rounds = openRounds(settings)
const owner = createOwner({ db: rounds.db, layout })
const live = createLive()
// A whole class may sit behind one address.
const mayAnswer = createLimiter({ times: 300, withinMs: 10 * 60_000 })
const theme = themeCss(settings.accent, { light: "#f3edf1", dark: "#2a2430" })

serve({
  errorPage: ({ status, says }) => layout({ title: says, body: errorPart({ status, says }) }),
  routes: [
    ["GET", "/", showFirst],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
    ["GET", "/r/:id", showRound],
    ["POST", "/r/:id", answerRound],
    ["GET", "/r/:id/results", (visit) => page(resultsPage(seenBy(visit)))],
    ["GET", "/r/:id/results-part", (visit) => page(resultsPart(seenBy(visit)))],
    ["GET", "/r/:id/live", (visit) => live.listen(visit, String(roundOf(visit).id))],
    ...owner.routes,
    ...[
      ["GET", "/owner", () => page(roundsPage(rounds.all()))],
      ["GET", "/owner/new", newRound],
      ["POST", "/owner/new", addRound],
      ["GET", "/owner/:id/answers.csv", exportAnswers],
      ["POST", "/owner/:id/close", changing((id) => rounds.setOpen(id, false))],
      ["POST", "/owner/:id/open", changing((id) => rounds.setOpen(id, true))],
      ["POST", "/owner/:id/clear", changing((id) => rounds.clear(id))],
      ["POST", "/owner/:id/delete", changing((id) => rounds.remove(id))],
    ].map(([method, path, handle]) => [method, path, owner.only(handle)]),
  ],
})

function roundOf({ params }) {
  const round = /^\d{1,15}$/.test(params.id) && rounds.find(Number(params.id))
  if (!round) throw new Refusal(404, "This poll is gone.")
  return round
}

/** The newest open round, or its results for who answered already. */
function showFirst(visit) {
  const open = rounds.all().filter(({ is_open }) => is_open)
  const first = open[0] && rounds.find(open[0].id)
  const picks = first && rounds.picksOf(first.id, knownVisitor(visit))
  if (first && !picks) visitorOf(visit)
  return page(homePage({ round: first, answered: Boolean(picks), others: open.slice(1) }))
}

function showRound(visit) {
  const round = roundOf(visit)
  if (!round.is_open || rounds.picksOf(round.id, knownVisitor(visit)))
    return redirect(`/r/${round.id}/results`)
  visitorOf(visit)
  return page(roundPage({ round }))
}

async function answerRound(visit) {
  const round = roundOf(visit)
  const form = await visit.form()
  if (!round.is_open) throw new Refusal(409, "This poll is closed.")
  if (!mayAnswer(visit.ip))
    throw new Refusal(429, "That were many answers from one place. Wait a little.")
  const visitor = knownVisitor(visit)
  if (!visitor)
    throw new Refusal(
      403,
      "Your browser keeps no cookie here, so your vote cannot be counted just once. Open this page in a tab of its own.",
    )
  const picks = new Map(round.questions.map(({ id }) => [id, Number(form.get(`q${id}`))]))
  const missing = round.questions
    .filter(({ id, choices }) => !choices.some((choice) => choice.id === picks.get(id)))
    .map(({ id }) => id)
  if (missing.length > 0) return page(roundPage({ round, picks, missing }), 400)
  if (rounds.answer(round.id, visitor, picks)) live.changed(String(round.id))
  return redirect(`/r/${round.id}/results`)
}

/** A round's results as this visitor may see them. */
function seenBy(visit) {
  const round = roundOf(visit)
  const isOwner = owner.signedIn(visit)
  const picks = rounds.picksOf(round.id, knownVisitor(visit))
  // Who still has to answer a quiz must not see what is right.
  const early = settings.show_results === "always" && round.kind === "poll"
  const visible = Boolean(picks) || !round.is_open || isOwner || early
  return {
    round,
    picks,
    visible,
    results: visible ? resultsOf(round, rounds.counts(round.id)) : [],
    score: picks && round.kind === "quiz" ? scoreOf(round, picks) : undefined,
  }
}

function newRound({ query }) {
  const copied =
    /^\d{1,15}$/.test(query.get("copy") ?? "") && rounds.find(Number(query.get("copy")))
  return page(newRoundPage({ round: copied || undefined }))
}

async function addRound(visit) {
  const read = readRound(await visit.form())
  if (Object.keys(read.errors).length > 0) return page(newRoundPage(read), 400)
  return redirect(`/r/${rounds.add(read.round)}`)
}

function exportAnswers(visit) {
  const round = roundOf(visit)
  return csvOf(round, rounds.rows(round.id))
}

function changing(change) {
  return (visit) => {
    const { id } = roundOf(visit)
    change(id)
    live.changed(String(id))
    return redirect("/owner")
  }
}
