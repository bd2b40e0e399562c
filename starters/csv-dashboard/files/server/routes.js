import { readFileSync } from "node:fs"
import { dashboardPage } from "../pages/dashboard.js"
import { errorPage } from "../pages/error.js"
import { homePage } from "../pages/home.js"
import { readDataset } from "./dataset.js"
import { toCsv } from "./export-csv.js"
import { answerFile } from "./files.js"
import { makeFormat } from "./format.js"
import { Refusal, readBytes, redirect, send, sendJson, sendPage } from "./http.js"
import { limits } from "./parse-csv.js"
import { answerQuestion, readQuestion } from "./question.js"
import { makeRouter } from "./router.js"
import { themeCss } from "./theme.js"

const exampleFile = new URL("../example.csv", import.meta.url)

export function makeHandler({ settings, store }) {
  const example = settings.example
    ? { id: "example", name: "Example", ...readDataset(readFileSync(exampleFile, "utf8")) }
    : undefined
  const app = { settings, store, example, format: makeFormat(settings.currency) }
  const theme = themeCss(settings.accent, { light: "#f3f6f7", dark: "#141b21" })
  return makeRouter(
    {
      "GET /": ({ response }) => sendPage(response, homePage(app)),
      "POST /files": (asked) => upload(app, asked),
      "GET /files/:id": (asked) => show(app, asked),
      "GET /files/:id/rows.csv": (asked) => download(app, asked),
      "POST /files/:id/delete": (asked) => remove(app, asked),
      "GET /public/:name": answerFile,
      "GET /theme.css": ({ response }) =>
        send(response, { status: 200, type: "text/css; charset=utf-8", body: theme }),
      "GET /healthz": ({ response }) => sendJson(response, { ok: true }),
    },
    (failure) => errorPage(settings, failure),
  )
}

/** A file that cannot be read leads back to the form, with the reason beside it. */
async function upload(app, { request, response }) {
  try {
    const { name, text } = await readUpload(request)
    redirect(response, `/files/${app.store.add(name, readDataset(text))}`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { headers } = error.more
    sendPage(response, homePage(app, error.message), { status: error.status, headers })
  }
}

async function readUpload(request) {
  const body = await readBytes(request, limits.bytes + 64 * 1024)
  const type = request.headers["content-type"] ?? ""
  const form = await new Response(body, { headers: { "content-type": type } })
    .formData()
    .catch(() => {
      throw new Refusal(400, "Send the file with the form.")
    })
  const file = form.get("file")
  const pasted = String(form.get("text") ?? "").trim()
  const given = file instanceof File && file.size > 0
  if (!given && pasted === "") throw new Refusal(422, "Choose a file or paste a table first.")
  const bytes = given ? Buffer.from(await file.arrayBuffer()) : Buffer.from(pasted)
  if (bytes.length > limits.bytes)
    throw new Refusal(413, `The file is larger than ${limits.bytes / 1024 / 1024} MB.`)
  const name = given ? file.name.replace(/\.(csv|tsv|txt)$/i, "") : "Pasted table"
  return { name: name.slice(0, 80) || "Table", text: decode(bytes) }
}

function decode(bytes) {
  if (bytes.includes(0))
    throw new Refusal(422, "That is no text file. Save it as CSV and try again.")
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

function datasetOf({ store, example }, id) {
  const dataset = id === "example" ? example : store.find(Number(id))
  if (!dataset) throw new Refusal(404, "There is no such file here. It may have been deleted.")
  return dataset
}

function show(app, { response, params, query }) {
  const dataset = datasetOf(app, params.id)
  const question = readQuestion(dataset, query, app.settings.groupBy)
  const rows = answerQuestion(dataset, question)
  sendPage(response, dashboardPage(app, { dataset, question, rows, query }))
}

function download(app, { response, params, query }) {
  const dataset = datasetOf(app, params.id)
  const rows = answerQuestion(dataset, readQuestion(dataset, query, app.settings.groupBy))
  const headers = { "content-disposition": 'attachment; filename="rows.csv"' }
  send(response, {
    status: 200,
    type: "text/csv; charset=utf-8",
    body: toCsv(dataset, rows),
    headers,
  })
}

function remove(app, { response, params }) {
  if (params.id === "example") throw new Refusal(409, "The example belongs to the app.")
  app.store.remove(Number(datasetOf(app, params.id).id))
  redirect(response, "/")
}
