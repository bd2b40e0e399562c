// Reading requests and sending answers, with limits.

const longestBody = 64 * 1024

const safety = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
}

/** A failure with the status to answer. */
export class Refusal extends Error {
  constructor(status, message, more = {}) {
    super(message)
    this.status = status
    this.more = more
  }
}

export async function readBody(request) {
  if (Number(request.headers["content-length"] ?? 0) > longestBody) throw tooLarge()
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > longestBody) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

export async function readJson(request) {
  requireType(request, "application/json")
  const body = await readBody(request)
  try {
    const value = JSON.parse(body)
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value
  } catch {
    throw new Refusal(400, "The body is not JSON.")
  }
  throw new Refusal(400, "The body must be a JSON object.")
}

export async function readForm(request) {
  requireType(request, "application/x-www-form-urlencoded")
  return new URLSearchParams(await readBody(request))
}

export function sendJson(response, status, value, headers = {}) {
  send(response, {
    status,
    type: "application/json; charset=utf-8",
    body: JSON.stringify(value),
    headers,
  })
}

export function sendPage(response, status, html) {
  send(response, { status, type: "text/html; charset=utf-8", body: String(html) })
}

export function send(response, { status, type, body, headers = {} }) {
  const length = Buffer.byteLength(body)
  response.writeHead(status, {
    ...safety,
    "cache-control": "no-store",
    "content-type": type,
    "content-length": length,
    ...headers,
  })
  response.end(response.req.method === "HEAD" ? undefined : body)
}

export function redirect(response, to, headers = {}) {
  response.writeHead(303, { ...safety, location: to, "content-length": 0, ...headers })
  response.end()
}

/** Another site must not be able to write here through somebody's browser. */
export function refuseForeignWrites(request) {
  if (["GET", "HEAD"].includes(request.method)) return
  const { "sec-fetch-site": site, origin, host } = request.headers
  // a neighbour below the same domain is another site, too; older browsers only say the origin
  const isOwn = site
    ? site === "same-origin" || site === "none"
    : !origin || hostOf(origin) === host
  if (!isOwn) throw new Refusal(403, "Changes from another site are refused.")
}

const hostOf = (origin) => (URL.canParse(origin) ? new URL(origin).host : undefined)

export function onlyMethods(request, ...methods) {
  const method = request.method === "HEAD" ? "GET" : request.method
  if (!methods.includes(method)) {
    throw new Refusal(405, `Use ${methods.join(" or ")}.`, {
      headers: { allow: methods.join(", ") },
    })
  }
  return method
}

function requireType(request, type) {
  const given = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase()
  if (given !== type) throw new Refusal(415, `Send ${type}.`)
}

// the rest of the body is not read, so the connection cannot be used again
const tooLarge = () =>
  new Refusal(413, "That is too large: the limit is 64 kB.", { headers: { connection: "close" } })
