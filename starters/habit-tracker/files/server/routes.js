import { errorPage } from "../pages/error.js"
import { habitPage } from "../pages/habit.js"
import { monthPage } from "../pages/month.js"
import { rowSummary } from "../pages/streak.js"
import { weekPage } from "../pages/week.js"
import { readDay, readMonth } from "./calendar.js"
import { exampleOf } from "./example.js"
import { answerFile } from "./files.js"
import { Refusal, readForm, redirect, send, sendJson, sendPage } from "./http.js"
import { makeRouter } from "./router.js"
import { streakOf } from "./streaks.js"
import { themeCss } from "./theme.js"

export function makeHandler(app) {
  const { settings, habits, calendar } = app
  const theme = themeCss(settings.accent, { light: "#faf3ec", dark: "#1e1a17" })
  return makeRouter(
    {
      "GET /": (asked) => showWeek(app, asked, {}),
      "GET /example": ({ response }) => {
        const example = exampleOf(app)
        const first = calendar.weekOf(example.calendar.today())
        sendPage(response, weekPage(example, { first, example: true }))
      },
      "GET /month": (asked) => {
        const month = asked.query.get("month") ?? calendar.today().slice(0, 7)
        sendPage(asked.response, monthPage(app, readMonth(month)))
      },
      "GET /habits/:id": ({ response, params }) =>
        sendPage(response, habitPage(app, { habit: habits.find(params.id) })),
      "POST /habits": (asked) => add(app, asked),
      "POST /habits/:id": (asked) => change(app, asked),
      "POST /habits/:id/marks": (asked) => mark(app, asked),
      ...simpleChanges(habits),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
  )
}

/** What takes nothing but a habit and leads somewhere. */
function simpleChanges(habits) {
  const acts = {
    archive: [(id) => habits.archive(id, true), "/"],
    restore: [(id) => habits.archive(id, false), "/"],
    up: [(id) => habits.move(id, -1), undefined],
    down: [(id) => habits.move(id, 1), undefined],
    delete: [(id) => habits.remove(id), "/"],
  }
  return Object.fromEntries(
    Object.entries(acts).map(([name, [act, to]]) => [
      `POST /habits/:id/${name}`,
      ({ response, params }) => {
        act(params.id)
        redirect(response, to ?? `/habits/${params.id}`)
      },
    ]),
  )
}

function showWeek(app, { response, query }, { form, problem }) {
  const { calendar } = app
  const day = query.has("week") ? readDay(query.get("week")) : calendar.today()
  const page = weekPage(app, { first: calendar.weekOf(day), form, problem })
  sendPage(response, page, { status: problem?.status ?? 200 })
}

async function add(app, asked) {
  const form = Object.fromEntries(await readForm(asked.request))
  try {
    app.habits.add({ name: form.name, target: form.target ?? 7 })
    redirect(asked.response, "/")
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    showWeek(app, asked, { form, problem })
  }
}

async function change(app, { request, response, params }) {
  const habit = app.habits.find(params.id)
  const form = Object.fromEntries(await readForm(request))
  try {
    app.habits.change(params.id, form)
    redirect(response, `/habits/${habit.id}`)
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    sendPage(response, habitPage(app, { habit: { ...habit, ...form }, problem }), {
      status: problem.status,
    })
  }
}

/** Says that a habit was done on a day, or was not; the browser's script hears how it stands now. */
async function mark({ habits, calendar }, { request, response, params }) {
  const form = await readForm(request)
  const day = readDay(form.get("day"))
  const today = calendar.today()
  if (day > today) throw new Refusal(422, "That day is still to come.")
  const done = form.get("done") === "1"
  habits.mark(params.id, day, done)
  if (!(request.headers.accept ?? "").includes("application/json"))
    return redirect(
      response,
      form.get("back") === "month" ? `/month?month=${day.slice(0, 7)}` : `/?week=${day}`,
    )
  const habit = habits.find(params.id)
  const streak = streakOf(habit, { today, weekOf: calendar.weekOf })
  sendJson(response, { done, summary: String(rowSummary(habit, streak)) })
}
