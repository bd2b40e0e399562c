import { randomBytes } from "node:crypto"
import { request } from "node:http"

export interface TestAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  /** parsed JSON, or the text */
  body: unknown
}

export interface TestCall {
  body?: unknown
  headers?: Record<string, string>
  /** in place of JSON */
  text?: string | Uint8Array
}

export interface TestPerson {
  userId: string
  email: string
  password: string
  cookie: string
  organizationId: string
  /** `call("GET /projects")`; paths below `/api/v1`, with what a browser page would send */
  call(route: string, options?: TestCall): Promise<TestAnswer>
}

/** Speaks to the server as browsers and scripts do, with any Host: `fetch` cannot set one. */
export function testClient(origin: string) {
  const send = (route: string, options: TestCall = {}) => sendTo(origin, route, options)
  return {
    send,
    async signUp(name = "Mara Halden"): Promise<TestPerson> {
      const email = `p-${randomBytes(6).toString("hex")}@example.com`
      const password = "correct horse battery"
      const body = { name, email, password }
      const answer = await send("POST /api/v1/auth/sign-up/email", { body })
      if (answer.status !== 200) throw new Error(`sign-up: ${JSON.stringify(answer.body)}`)
      return known(origin, { email, password, cookie: cookieIn(answer) })
    },
    async signIn(email: string, password: string): Promise<TestPerson> {
      const answer = await send("POST /api/v1/auth/sign-in/email", { body: { email, password } })
      if (answer.status !== 200) throw new Error(`sign-in: ${JSON.stringify(answer.body)}`)
      return known(origin, { email, password, cookie: cookieIn(answer) })
    },
  }
}

/** The session cookie of an answer, as a `Cookie` header. */
export function cookieIn(answer: TestAnswer): string {
  const [first = ""] = [answer.headers["set-cookie"] ?? []].flat()
  return first.split(";", 1)[0] ?? ""
}

async function known(
  origin: string,
  person: { email: string; password: string; cookie: string },
): Promise<TestPerson> {
  const call = (route: string, options: TestCall = {}) => {
    const [method, path] = route.split(" ")
    const headers = { cookie: person.cookie, origin, ...options.headers }
    return sendTo(origin, `${method} /api/v1${path}`, { ...options, headers })
  }
  const { body } = await call("GET /me")
  const me = body as { id: string; organizations: { id: string }[] } // the reply's schema holds it
  return { ...person, call, userId: me.id, organizationId: me.organizations[0]?.id ?? "" }
}

export function sendTo(origin: string, route: string, options: TestCall): Promise<TestAnswer> {
  const [method = "GET", path = "/"] = route.split(" ")
  const { hostname, port } = new URL(origin)
  const text =
    options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const headers = {
    ...(text === undefined
      ? {}
      : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
    ...options.headers,
  }
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on("data", (chunk: Buffer) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () => {
        const body = Buffer.concat(chunks).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed(body) })
      })
    })
    sent.on("error", reject)
    sent.end(text)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
