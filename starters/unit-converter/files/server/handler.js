// One function for every request: the page, its files, and the forms that keep and forget.
import { readFileSync } from "node:fs"
import { readSum } from "../public/sums.js"
import { readQuantities } from "../public/units.js"
import { errorPage, page } from "./page.js"

const bodyBytesMax = 4096
const types = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" }
const files = Object.fromEntries(
  ["style.css", "convert.js", "units.js", "sums.js"].map((name) => [
    `/${name}`,
    readFileSync(new URL(`../public/${name}`, import.meta.url)),
  ]),
)

class Refusal extends Error {
  constructor(status, says) {
    super(says)
    this.status = status
  }
}

export function makeHandler({ settings, store }) {
  const { quantities, unread } = readQuantities(settings.ownUnits)
  const app = { settings, store, quantities, unread }
  return async (request, response) => {
    try {
      await answer(app, request, response)
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error)
      const status = error instanceof Refusal ? error.status : 500
      const says =
        error instanceof Refusal ? error.message : "Something went wrong here. Try again."
      // What was not read of a refused body ends with its connection.
      if (!request.complete) response.setHeader("connection", "close")
      send(response, status, errorPage(settings, says))
    }
  }
}

async function answer(app, request, response) {
  const url = new URL(request.url, "http://app.invalid")
  if (request.method === "POST") return answerPost(app, request, response, url)
  if (request.method !== "GET" && request.method !== "HEAD")
    throw new Refusal(405, "This page is read or sent, nothing else.")
  const file = files[url.pathname]
  if (file) return send(response, 200, file, types[url.pathname.split(".").at(-1)])
  if (url.pathname !== "/") throw new Refusal(404, "There is no such page.")
  send(response, 200, page(app, chosen(app, url.searchParams), app.store.list()))
}

async function answerPost(app, request, response, url) {
  refuseForeign(request)
  if (!app.settings.keeps) throw new Refusal(404, "Nothing is kept here.")
  const form = await readForm(request)
  if (url.pathname === "/keep") {
    const choice = chosen(app, form)
    if (choice.value === undefined) throw new Refusal(422, "Type a number or a sum first.")
    app.store.keep({
      quantity: choice.quantity.id,
      sum: choice.sum,
      from: choice.from.id,
      to: choice.to.id,
    })
    return redirect(response, addressOf(choice))
  }
  if (url.pathname === "/forget") {
    app.store.forget(Number(form.get("id")) || 0)
    return redirect(response, addressOf(chosen(app, form)))
  }
  throw new Refusal(404, "There is no such page.")
}

/** What a query or a form asks for; what it says wrongly is replaced by what there is. */
function chosen({ settings, quantities }, params) {
  const wanted = params.get("quantity") ?? settings.opensWith
  const quantity = quantities.find(({ id }) => id === wanted) ?? quantities[0]
  const unitOf = (name, at) =>
    quantity.units.find(({ id }) => id === params.get(name)) ?? quantity.units[at]
  const sum = (params.get("value") ?? "1").slice(0, 100)
  return { quantity, from: unitOf("from", 0), to: unitOf("to", 1), sum, value: readSum(sum) }
}

const addressOf = ({ quantity, from, to, sum }) =>
  `/?${new URLSearchParams({ quantity: quantity.id, value: sum, from: from.id, to: to.id })}`

/** Browsers say where a request comes from; only the app's own pages may change something. */
function refuseForeign({ headers }) {
  const site = headers["sec-fetch-site"]
  if (site && site !== "same-origin" && site !== "none")
    throw new Refusal(403, "This was sent from another page.")
  const origin = URL.parse(headers.origin ?? `http://${headers.host}`)
  if (!site && origin?.host !== headers.host)
    throw new Refusal(403, "This was sent from another page.")
}

async function readForm(request) {
  if (!/^application\/x-www-form-urlencoded\b/.test(request.headers["content-type"] ?? ""))
    throw new Refusal(415, "Send a form.")
  const parts = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > bodyBytesMax) throw new Refusal(413, "That is too much.")
    parts.push(part)
  }
  return new URLSearchParams(Buffer.concat(parts).toString())
}

function redirect(response, to) {
  response.writeHead(303, { location: to }).end()
}

function send(response, status, body, type = "text/html; charset=utf-8") {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": type.startsWith("text/html") ? "no-store" : "no-cache",
    "content-security-policy":
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  })
  response.end(body)
}
