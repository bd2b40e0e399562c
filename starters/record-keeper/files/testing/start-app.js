// Starts the real app as a process of its own, on a free port and a fresh folder for its data. Where the
// app keeps something for some people, its owner is made, and asks unless a test says who else does.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const entry = fileURLToPath(new URL("../server.js", import.meta.url))
const form = "application/x-www-form-urlencoded"

export async function startApp() {
  const folder = mkdtempSync(join(tmpdir(), "records-"))
  let running = await launch(folder)
  const code = running.code
  let owner

  async function ask(method, path, body, headers = {}) {
    const type = body === undefined ? {} : { "content-type": "application/json" }
    const answer = await fetch(running.url + path, {
      method,
      redirect: "manual",
      headers: { ...type, ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = answer.headers.get("content-type")?.startsWith("application/json")
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    }
  }

  /** The same requests by somebody: a cookie, or undefined for a visitor. */
  function as(cookie) {
    const own = cookie ? { cookie } : {}
    const api = (method, path, body, headers = {}) =>
      ask(method, path, body, { ...own, ...headers })
    const send = (path, values) =>
      api("POST", path, String(new URLSearchParams(values)), { "content-type": form })
    return { api, send, page: async (path) => (await api("GET", path)).text }
  }

  const visitor = as(undefined)
  /** Answers the cookie of who signed in or up, or made the owner. */
  async function enter(way, values) {
    const answer = await visitor.send(`/-/${way}`, values)
    const cookie = answer.headers.get("set-cookie")?.split(";")[0]
    return { status: answer.status, text: answer.text, cookie }
  }

  const password = "a long enough secret"
  if (code) owner = (await enter("owner", { code, name: "Olga Owner", password })).cookie
  return {
    ...as(owner),
    visitor,
    as,
    enter,
    owner,
    code,
    password,
    restart: async () => {
      await running.stop()
      running = await launch(folder)
    },
    stop: async () => {
      await running.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function launch(folder) {
  const env = { ...process.env, PORT: "0", HOST: "127.0.0.1", DATA_DIR: folder }
  // the runner's own marks would make the app's process report as a test
  delete env.NODE_TEST_CONTEXT
  const child = spawn(process.execPath, [entry], { env, stdio: ["ignore", "pipe", "pipe"] })
  const gone = new Promise((resolve) => child.once("exit", resolve))
  const stop = () => {
    child.kill("SIGTERM")
    return gone
  }

  return new Promise((resolve, reject) => {
    let output = ""
    const read = (chunk) => {
      output += chunk
      const port = output.match(/ listens on port (\d+)/)?.[1]
      const code = output.match(/owner's code: (\w+)/)?.[1]
      if (port) resolve({ url: `http://127.0.0.1:${port}`, code, stop })
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    gone.then((code) => reject(new Error(`The app stopped with code ${code}:\n${output}`)))
  })
}
