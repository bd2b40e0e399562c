// Starts the real app in a thread of its own, on a free port, with a fresh folder for its data.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { fileURLToPath, pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"

const source = fileURLToPath(new URL("../", import.meta.url))

/** The values with which this app runs. */
export const settings = JSON.parse(readFileSync(join(source, "settings.json"), "utf8"))

/**
 * A running app that ends with the test.
 * @param changed settings that differ from those of settings.json
 */
export async function startApp(t, changed) {
  const { stop, ...app } = await start(changed)
  t.after(stop)
  return app
}

const shared = new Map()
/** One app for all tests of a file that ask for these settings and leave each other alone. */
export function sharedApp(changed) {
  const key = JSON.stringify(changed ?? {})
  if (!shared.has(key)) shared.set(key, start(changed))
  return shared.get(key)
}
after(async () => {
  for (const app of shared.values()) await (await app).stop()
})

async function start(changed) {
  const data = mkdtempSync(join(tmpdir(), "app-data-"))
  const made = [data]
  const folderWith = (differences) => {
    if (!differences) return source
    made.push(copyWith(differences))
    return made.at(-1)
  }
  let folder = folderWith(changed)
  let running = await launch(folder, data)
  const stop = async () => {
    await running.stop()
    for (const path of made) rmSync(path, { recursive: true, force: true })
  }
  return {
    stop,
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
  const wanted = (path) => !/[\\/](node_modules|data|test|fonts)$/.test(path)
  cpSync(source, folder, { recursive: true, filter: wanted })
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ ...settings, ...changed }))
  return folder
}

function launch(folder, data) {
  const env = { ...process.env, PORT: "0", DATA_DIR: data }
  const entry = pathToFileURL(join(folder, "server.js"))
  const thread = new Worker(entry, { env, stdout: true, stderr: true })
  let output = ""
  const stop = () => thread.terminate()
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`The app stopped: ${why}\n${output}`))
    const read = (chunk) => {
      output += chunk
      const port = /Listening on http:\/\/localhost:(\d+)/.exec(output)?.[1]
      if (port) resolve({ url: `http://localhost:${port}`, stop, log: () => output })
    }
    thread.stdout.on("data", read)
    thread.stderr.on("data", read)
    thread.once("error", fail)
    thread.once("exit", fail)
  })
}

let visitors = 0
/** A browser without a screen, at an address of its own: it keeps cookies and follows nothing by itself. */
function makeVisitor(url) {
  const cookies = new Map()
  visitors++
  const address = `203.0.${Math.floor(visitors / 250)}.${(visitors % 250) + 1}`
  async function ask(path, options = {}) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const headers = { "x-forwarded-for": address, ...(cookie && { cookie }), ...options.headers }
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
