// The app's small web server: routes, forms, cookies, files, and the limits on all of them.
import { createServer } from "node:http"
import { html } from "./html.js"
import { readFiles } from "./public-files.js"

/** What pages may load: only what comes from the app itself, and images from where it says. */
const policyWith = (imagesFrom) =>
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; connect-src 'self'; " +
  `img-src 'self' data: ${imagesFrom}; form-action 'self'; base-uri 'none'`

/** What a request cannot have; its message is shown to the visitor. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

export const page = (markup, status = 200) => ({
  status,
  headers: { "Content-Type": "text/html; charset=utf-8" },
  body: String(markup),
})
export const redirect = (path) => ({ status: 303, headers: { Location: path }, body: "" })
export const json = (value, status = 200) => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8" },
  body: JSON.stringify(value),
})
export const textFile = (type, body, headers = {}) => ({
  status: 200,
  headers: { "Content-Type": `${type}; charset=utf-8`, ...headers },
  body,
})

/**
 * Starts the app on PORT (default 3000).
 * @param routes `[method, path, handle]`; a part of the path such as `:id` becomes `visit.params.id`
 * @param errorPage makes the page for a status and a sentence
 * @param bytesMax largest form
 * @param imagesFrom where images may come from beside the app, as a content security policy says it
 */
export function serve({ routes, errorPage, bytesMax = 64 * 1024, imagesFrom = "" }) {
  const policy = policyWith(imagesFrom)
  const table = routes.map(([method, path, handle]) => ({ method, handle, test: matcher(path) }))
  const files = readFiles(new URL("../public/", import.meta.url))
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 })
  server.on("request", async (request, response) => {
    const visit = visitOf({ request, response, bytesMax, policy })
    try {
      const answer = files.answer(request, visit.path) ?? (await handled(table, visit))
      if (answer) send(visit, answer)
    } catch (error) {
      if (!(error instanceof Refusal)) console.error(error)
      const status = error instanceof Refusal ? error.status : 500
      const says = error instanceof Refusal ? error.message : "Something went wrong. Try again."
      const asked = String(request.headers.accept ?? "")
      if (!response.headersSent)
        send(
          visit,
          asked.startsWith("application/json")
            ? json({ error: says }, status)
            : page(errorPage({ status, says, visit }), status),
        )
    }
  })
  server.listen(Number(process.env.PORT ?? 3000), () =>
    console.log(`Listening on http://localhost:${server.address().port}`),
  )
  process.once("SIGTERM", () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  })
  return server
}

async function handled(table, visit) {
  const { request } = visit
  const method = request.method === "HEAD" ? "GET" : request.method
  for (const route of table) {
    const params = route.method === method && route.test(visit.path)
    if (!params) continue
    if (method !== "GET") requireSameOrigin(request)
    visit.params = params
    return await route.handle(visit)
  }
  throw new Refusal(404, "There is nothing at this address.")
}

function matcher(path) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name)
  const pattern = new RegExp(`^${path.replaceAll(".", "\\.").replace(/:\w+/g, "([^/]{1,200})")}$`)
  return (asked) => {
    const found = pattern.exec(asked)
    return found && Object.fromEntries(names.map((name, at) => [name, found[at + 1]]))
  }
}

/** Other people's pages may not make a visitor's browser change anything here. */
function requireSameOrigin({ headers }) {
  const site = headers["sec-fetch-site"]
  const host = headers["x-forwarded-host"] ?? headers.host
  const foreign =
    site !== undefined
      ? site !== "same-origin" && site !== "none"
      : headers.origin !== undefined && URL.parse(headers.origin)?.host !== host
  if (foreign) throw new Refusal(403, "This was sent from another site, so nothing was changed.")
}

function visitOf({ request, response, bytesMax, policy }) {
  const url = URL.parse(request.url ?? "/", "http://app") ?? new URL("http://app/")
  const host = String(request.headers["x-forwarded-host"] ?? request.headers.host ?? "localhost")
  const https = request.headers["x-forwarded-proto"] === "https"
  return {
    request,
    response,
    policy,
    path: decoded(url.pathname),
    query: url.searchParams,
    host,
    origin: `${https ? "https" : "http"}://${host}`,
    ip: String(request.headers["x-forwarded-for"] ?? request.socket.remoteAddress)
      .split(",")
      .at(-1)
      .trim(),
    wantsJson: String(request.headers.accept ?? "").startsWith("application/json"),
    form: () => readForm(request, bytesMax),
    cookie: (name) => cookieOf(request, name),
    setCookie: (name, value, days) =>
      response.appendHeader("Set-Cookie", cookieText(`${name}=${value}`, { days, https, host })),
  }
}

function decoded(path) {
  try {
    return decodeURIComponent(path)
  } catch {
    return "/%"
  }
}

async function readForm(request, bytesMax) {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > bytesMax) throw new Refusal(413, "That is too much text for one form.")
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"))
}

const cookieOf = ({ headers }, name) =>
  (headers.cookie ?? "")
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/**
 * A cookie for this app only. Where browsers take the connection for a safe one it also works in a
 * frame of another site, in a jar of its own.
 */
function cookieText(pair, { days, https, host }) {
  const safe = https || /\.localhost(:\d+)?$/.test(host)
  const where = safe ? "Secure; SameSite=None; Partitioned" : "SameSite=Lax"
  return `${pair}; Path=/; Max-Age=${days * 86_400}; HttpOnly; ${where}`
}

function send({ request, response, policy }, { status, headers, body }) {
  response.writeHead(status, {
    "Cache-Control": "no-store",
    "Content-Security-Policy": policy,
    // With a stricter one, browsers name no origin when a form is sent.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  })
  response.end(request.method === "HEAD" ? undefined : body)
}

/** The words of an error as a part of a page. */
export const errorPart = ({ status, says }) => html`
  <section class="notice">
    <p class="notice-code">${status}</p>
    <h1>${says}</h1>
    <p><a class="button" href="/">Back to the start</a></p>
  </section>`
