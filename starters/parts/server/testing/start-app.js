// Starts the real app as a process of its own, on a free port and a fresh folder for its data.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const entry = fileURLToPath(new URL("../server.js", import.meta.url))

/** The running app: its folder `data`, `ask(method, path, options)`, `page(path)`, `post(path, fields)`, `restart()`, `stop()`. */
export async function startApp() {
  const folder = mkdtempSync(join(tmpdir(), "app-"))
  let running = await launch(folder)

  async function ask(method, path, { json, form, body, headers = {} } = {}) {
    const answer = await fetch(running.url + path, {
      method,
      redirect: "manual",
      headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
      body: json ? JSON.stringify(json) : form ? new URLSearchParams(form) : body,
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get("content-type") ?? "")
    const value = isJson && text ? JSON.parse(text) : undefined
    return { status: answer.status, headers: answer.headers, text, value }
  }

  return {
    ask,
    data: folder,
    url: () => running.url,
    output: () => running.output(),
    page: async (path) => (await ask("GET", path, { headers: { accept: "text/html" } })).text,
    post: (path, form, headers) => ask("POST", path, { form, headers }),
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
      if (port) resolve({ url: `http://127.0.0.1:${port}`, stop, output: () => output })
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    gone.then((code) => reject(new Error(`The app stopped with code ${code}:\n${output}`)))
  })
}
