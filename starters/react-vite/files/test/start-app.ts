// Starts the real app on a free port, with a fresh folder for its data.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestContext } from "node:test"
import { fileURLToPath } from "node:url"
import type { Errors, Settings, Task } from "../shared/task.ts"

const folder = fileURLToPath(new URL("../", import.meta.url))

/** What addresses of the API answer, all in one: which of it is there is for the test to say. */
interface Answer {
  status: number
  body: Task & { tasks: Task[]; settings: Settings; fields: Errors; error: string }
}

/** A running app that ends with the test. */
export async function startApp(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "tasks-"))
  let running = await launch(data)
  t.after(async () => {
    await running.stop()
    rmSync(data, { recursive: true, force: true })
  })
  return {
    url: () => running.url,
    async ask(method: string, path: string, body?: unknown): Promise<Answer> {
      const sent = { "Content-Type": "application/json" }
      const answer = await fetch(new URL(path, running.url), {
        method,
        ...(method === "GET" ? {} : { headers: sent, body: JSON.stringify(body ?? null) }),
      })
      return { status: answer.status, body: await answer.json() }
    },
    /** Stops the app and starts it on the same data. */
    async restart() {
      await running.stop()
      running = await launch(data)
    },
  }
}

async function launch(data: string) {
  const env = { ...process.env, PORT: "0", DATA_DIR: data }
  const child = spawn(process.execPath, ["server.ts"], { cwd: folder, env })
  let output = ""
  const port = await new Promise<string>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      output += piece
      const [, found] = /Listening on (\d+)/.exec(output) ?? []
      if (found) resolve(found)
    }
    child.stdout.on("data", hear)
    child.stderr.on("data", hear)
    child.once("exit", (code) => reject(new Error(`The app ended with ${code}\n${output}`)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (child.exitCode !== null) return
      child.kill("SIGTERM")
      await once(child, "exit")
    },
  }
}
