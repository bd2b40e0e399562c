/** A record keeper with a data model of its own in a folder, and what its programs do there. */
import { execFile, spawnSync } from "node:child_process"
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type DataModel, type Field, writeDataModel } from "@vibecaas/contract/data-model"

const starter = new URL("../../../../starters/record-keeper/files/", import.meta.url)
const folders: string[] = []

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** Every file of the app on this disk; `removeFolders` takes it away. */
export function written(model: DataModel): string {
  const folder = mkdtempSync(join(tmpdir(), "record-keeper-"))
  folders.push(folder)
  cpSync(starter, folder, { recursive: true, filter: (path) => !path.endsWith("/data") })
  describe(folder, model)
  return folder
}

/** Gives an app another data model. */
export function describe(folder: string, model: DataModel): void {
  writeFileSync(join(folder, "app.json"), writeDataModel(model))
}

/** `name` in words as the label: "due_date" → "Due date". */
export function field(name: string, type: Field["type"], more: Partial<Field> = {}): Field {
  const label = `${name[0]?.toUpperCase()}${name.slice(1).replaceAll("_", " ")}`
  return { name, label, type, required: false, ...more }
}

/** The app's own tests, all of them or those of one file. */
export function ownTests(
  folder: string,
  ...files: string[]
): Promise<{ passed: boolean; output: string }> {
  const { NODE_TEST_CONTEXT: _, VITEST: __, NODE_OPTIONS: ___, ...env } = process.env
  const options = { cwd: folder, env, timeout: 170_000, maxBuffer: 16 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(process.execPath, ["--test", ...files], options, (error, stdout, stderr) =>
      resolve({ passed: error === null, output: stdout + stderr }),
    )
  })
}

/** What a module run in the app's folder writes. @throws with its complaint when it fails */
export function run(folder: string, script: string): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", script],
    { cwd: folder, encoding: "utf8" },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/**
 * Runs a script beside the served app and answers its `result`. The script has `spec`, `store`
 * (which checks nothing), `ask(method, path, body?)` for JSON and `send(path, values)` for a form.
 */
export function served(folder: string, script: string): unknown {
  return JSON.parse(run(folder, `${serving}\n${script}\n${closing}`))
}

const serving = `
import { once } from "node:events"
import { createServer } from "node:http"
import { makeHandler } from "./server/handler.js"
import { readSpec } from "./server/spec.js"
import { openStore } from "./server/store.js"
const spec = readSpec()
const store = openStore(spec, "./data")
const server = createServer(makeHandler({ spec, store })).listen(0, "127.0.0.1")
await once(server, "listening")
const asked = async (method, path, type, body) => {
  const url = "http://127.0.0.1:" + server.address().port + path
  const headers = body === undefined ? {} : { "content-type": type }
  const answer = await fetch(url, { method, redirect: "manual", headers, body })
  return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") }
}
const ask = (method, path, body) =>
  asked(method, path, "application/json", body && JSON.stringify(body))
const send = (path, values) =>
  asked("POST", path, "application/x-www-form-urlencoded", String(new URLSearchParams(values)))
let result`

const closing = `
console.log(JSON.stringify(result))
server.close()
server.closeAllConnections()
store.close()`
