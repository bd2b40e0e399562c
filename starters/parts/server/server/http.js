// Reading requests and sending answers, with limits.

const safety = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; base-uri 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
}

/** A failure with the status to answer and a sentence for people; `more` goes into JSON answers. */
export class Refusal extends Error {
  constructor(status, message, more = {}) {
    super(message)
    this.status = status
    this.more = more
  }
}

/** what is still read of a body that is too large, so that its sender gets to read the answer, in bytes */
const patience = 32 * 1024 * 1024

/** The body as bytes; a Refusal (413) when it is longer than `limit` bytes. */
export async function readBytes(request, limit) {
  let chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    else chunks = []
    if (size > limit + patience) break
  }
  if (size > limit) throw tooLarge(limit)
  return Buffer.concat(chunks)
}

/** The body as a JSON object. */
export async function readJson(request, limit = 64 * 1024) {
  requireType(request, "application/json")
  const body = await readBytes(request, limit)
  try {
    const value = JSON.parse(body.toString("utf8"))
    if (value !== null && typeof value === "object" && !Array.isArray(value)) return value
  } catch {
    throw new Refusal(400, "The body is not JSON.")
  }
  throw new Refusal(400, "The body must be a JSON object.")
}

/** The fields of a form. */
export async function readForm(request, limit = 64 * 1024) {
  requireType(request, "application/x-www-form-urlencoded")
  return new URLSearchParams((await readBytes(request, limit)).toString("utf8"))
}

export function sendJson(response, value, { status = 200, headers } = {}) {
  const body = JSON.stringify(value)
  send(response, { status, type: "application/json; charset=utf-8", body, headers })
}

export function sendPage(response, page, { status = 200, headers } = {}) {
  send(response, { status, type: "text/html; charset=utf-8", body: String(page), headers })
}

export function send(response, { status, type, body, headers = {} }) {
  response.writeHead(status, {
    ...safety,
    "cache-control": "no-store",
    "content-type": type,
    "content-length": Buffer.byteLength(body),
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
  const { origin, host, "sec-fetch-site": site } = request.headers
  const foreign = site ? !["same-origin", "none"].includes(site) : origin && hostOf(origin) !== host
  if (foreign) throw new Refusal(403, "Changes from another site are refused.")
}

/** Who asks, as far as the network tells: the address that the gateway in front of us saw. */
export function addressOf(request) {
  const forwarded = request.headers["x-forwarded-for"]?.split(",").at(-1)?.trim()
  return forwarded || request.socket.remoteAddress || "unknown"
}

function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

function requireType(request, type) {
  const given = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase()
  if (given !== type) throw new Refusal(415, `Send ${type}.`)
}

// a part of the body may be left unread, so the connection cannot be used again
function tooLarge(limit) {
  const size = limit >= 1024 * 1024 ? `${limit / 1024 / 1024} MB` : `${limit / 1024} kB`
  return new Refusal(413, `That is too large: the limit is ${size}.`, {
    headers: { connection: "close" },
  })
}
