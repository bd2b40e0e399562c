// Starts the real app as a process of its own, on a free port and a fresh folder for its data.
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const entry = fileURLToPath(new URL("../server.js", import.meta.url))

export async function startApp() {
  const folder = mkdtempSync(join(tmpdir(), "records-"))
  let running = await launch(folder)

  async function api(method, path, body, headers = {}) {
    const answer = await fetch(running.url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
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

  return {
    api,
    page: async (path) => (await api("GET", path)).text,
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
      if (port) resolve({ url: `http://127.0.0.1:${port}`, stop })
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    gone.then((code) => reject(new Error(`The app stopped with code ${code}:\n${output}`)))
  })
}
