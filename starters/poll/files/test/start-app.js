// Starts the real app as a process of its own, on a free port, with a fresh folder for its data.
import { spawn } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const source = fileURLToPath(new URL("../", import.meta.url))

/** The values with which this app runs. */
export const settings = JSON.parse(readFileSync(join(source, "settings.json"), "utf8"))

/**
 * A running app that ends with the test.
 * @param changed settings that differ from those of settings.json
 */
export async function startApp(t, changed) {
  const data = mkdtempSync(join(tmpdir(), "app-data-"))
  const made = [data]
  const folderWith = (differences) => {
    if (!differences) return source
    made.push(copyWith(differences))
    return made.at(-1)
  }
  let folder = folderWith(changed)
  let running = await launch(folder, data)
  t.after(async () => {
    await running.stop()
    for (const path of made) rmSync(path, { recursive: true, force: true })
  })
  return {
    /** the folder of its data */
    data,
    visitor: () => makeVisitor(() => running.url),
    log: () => running.log(),
    url: () => running.url,
    /** Stops the app and starts it on the same data, perhaps with other settings. */
    restart: async (other) => {
      await running.stop()
      if (other) folder = folderWith(other)
      running = await launch(folder, data)
    },
  }
}

function copyWith(changed) {
  const folder = mkdtempSync(join(tmpdir(), "app-"))
  const wanted = (path) => !/[\\/](node_modules|data)$/.test(path)
  cpSync(source, folder, { recursive: true, filter: wanted })
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ ...settings, ...changed }))
  return folder
}

function launch(folder, data) {
  const env = { ...process.env, PORT: "0", DATA_DIR: data }
  // The runner's own mark would make the app's process report as a test.
  delete env.NODE_TEST_CONTEXT
  const child = spawn(process.execPath, ["server.js"], { cwd: folder, env })
  const gone = new Promise((resolve) => child.once("exit", resolve))
  let output = ""
  const stop = () => {
    child.kill("SIGTERM")
    return gone
  }
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk
      const port = /Listening on http:\/\/localhost:(\d+)/.exec(output)?.[1]
      if (port) resolve({ url: `http://localhost:${port}`, stop, log: () => output })
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    gone.then((code) => reject(new Error(`The app stopped with code ${code}:\n${output}`)))
  })
}

/** A browser without a screen: it keeps cookies and follows nothing by itself. */
function makeVisitor(url) {
  const cookies = new Map()
  async function ask(path, options = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const headers = { ...(cookie ? { cookie } : {}), ...options.headers }
    const answer = await fetch(url() + path, { redirect: "manual", ...options, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(";")[0].split("=")
      cookies.set(name, value)
    }
    const { status } = answer
    return { status, headers: answer.headers, text: await answer.text() }
  }
  return {
    ask,
    get: (path, headers) => ask(path, { headers }),
    post: (path, fields = {}, headers = {}) =>
      ask(path, { method: "POST", body: new URLSearchParams(fields), headers }),
    cookies,
  }
}
