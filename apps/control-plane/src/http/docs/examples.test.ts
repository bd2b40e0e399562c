import { execFile, spawnSync } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testDatabase } from "../../db/testing/test-database.ts"
import type { Kinds } from "../../main/kinds.ts"
import { allKinds } from "../testing/all-kinds.ts"
import { testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { callsOf, type Described } from "./described.ts"
import { type Examples, examplesOf } from "./examples.ts"

const run = promisify(execFile)
let server: TestServer
let document: Described
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  const db = await testDatabase()
  let use: Kinds["keys"]
  server = await testServer({
    db,
    kinds: (_, accounts) => {
      const kinds = allKinds(db, { root: resolve("/nonexistent"), accounts })
      use = kinds.keys
      return kinds.all
    },
    keys: () => use,
  })
  const mara = await server.person("Mara")
  const { body: project } = await mara.call("POST /projects", { body: { name: "Tulips" } })
  const { body: key } = await mara.call(`POST /organizations/${mara.organizationId}/api-keys`, {
    body: { name: "Examples", permissions: ["project:read", "project:create", "run:read"] },
  })
  env = {
    ...{ PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" },
    VIBECAAS_URL: server.origin,
    VIBECAAS_KEY: (key as { secret: string }).secret,
    PROJECT_ID: (project as { id: string }).id,
  }
  const { body } = await testClient(server.origin).send("GET /docs/api/openapi.json")
  document = body as Described
  folder = await mkdtemp(join(tmpdir(), "vibecaas-examples-"))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await server.close()
  await server.db.close()
})

const programs: Record<keyof Examples, (file: string) => [string, string[]]> = {
  curl: (file) => ["bash", [file]],
  typescript: (file) => [process.execPath, [file]],
  python: (file) => ["python3", [file]],
}
const endings = { curl: "sh", typescript: "mts", python: "py" }

/** Runs the example of a call as somebody would who copied it, and answers what it printed. */
async function tried(route: string, language: keyof Examples): Promise<string> {
  const call = callsOf(document).find(({ method, path }) => `${method} ${path}` === route)
  const example = call && examplesOf(call, document)?.[language]
  if (!example) throw new Error(`${route} has no example`)
  const file = join(folder, `example.${endings[language]}`)
  await writeFile(file, example)
  const [program, args] = programs[language](file)
  return (await run(program, args, { env, cwd: folder })).stdout
}

const needs = { curl: "curl", typescript: process.execPath, python: "python3" }

test.for(["curl", "typescript", "python"] as const)(
  "the examples in %s do what they say",
  async (language, { skip }) => {
    const missing = spawnSync(needs[language], ["--version"]).error !== undefined
    skip(missing, `this host has no ${needs[language]}`)
    expect(JSON.parse(await tried("POST /projects", language))).toMatchObject({ state: "empty" })
    expect(JSON.parse(await tried("GET /projects", language))).toHaveProperty("items.0.id")
    expect(JSON.parse(await tried("GET /projects/{projectId}", language))).toMatchObject({
      name: "Tulips",
    })
    expect(JSON.parse(await tried("GET /agents/runs", language))).toMatchObject({ items: [] })
  },
)
