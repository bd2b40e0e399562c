import { entryPage } from "../pages/entry.js"
import { errorPage } from "../pages/error.js"
import { homePage } from "../pages/home.js"
import { readExpense, readPayment } from "./entry-form.js"
import { exampleOf } from "./example.js"
import { bookCsv } from "./export-csv.js"
import { answerFile } from "./files.js"
import { Refusal, readForm, redirect, send, sendJson, sendPage } from "./http.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"

export function makeHandler(app) {
  const { settings, book } = app
  const theme = themeCss(settings.accent, { light: "#eef4f0", dark: "#17211d" })
  return makeRouter(
    {
      "GET /": ({ response }) => sendPage(response, homePage(app, {})),
      "GET /example": ({ response }) =>
        sendPage(response, homePage(exampleOf(app), { example: true })),
      "POST /expenses": (asked) => add(app, asked),
      "GET /expenses/:id": ({ response, params }) =>
        sendPage(response, entryPage(app, { entry: book.find(Number(params.id)) })),
      "POST /expenses/:id": (asked) => change(app, asked),
      "POST /expenses/:id/delete": ({ response, params }) => {
        book.remove(Number(params.id))
        redirect(response, "/")
      },
      "POST /payments": async ({ request, response }) => {
        book.add(readPayment(app, await readForm(request)))
        redirect(response, "/")
      },
      "GET /expenses.csv": ({ response }) => {
        const headers = { "content-disposition": 'attachment; filename="expenses.csv"' }
        send(response, {
          status: 200,
          type: "text/csv; charset=utf-8",
          body: bookCsv(app),
          headers,
        })
      },
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
  )
}

/** A form that does not fit comes back as it was filled in, with the reason. */
async function add(app, { request, response }) {
  const form = await readForm(request)
  try {
    app.book.add(readExpense(app, form))
    redirect(response, "/")
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    sendPage(response, homePage(app, { form, problem }), { status: problem.status })
  }
}

async function change(app, { request, response, params }) {
  const id = Number(params.id)
  const form = await readForm(request)
  const entry = app.book.find(id)
  try {
    if (entry.kind !== "expense") throw new Refusal(409, "A payment is deleted and made again.")
    app.book.change(id, readExpense(app, form, entry))
    redirect(response, "/")
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    sendPage(response, entryPage(app, { entry, form, problem }), { status: problem.status })
  }
}
