import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Attachment } from "@vibecaas/contract/attachment"
import { attachmentBytesMax } from "@vibecaas/contract/attachment-limits"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { afterAll, beforeAll, expect, test } from "vitest"
import { allKinds } from "../http/testing/all-kinds.ts"
import { asBytes, made } from "../http/testing/matrix-world.ts"
import type { TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"

let root: string
let server: TestServer
let mara: TestPerson

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "attachments-"))
  server = await testServer({ kinds: (db, accounts) => allKinds(db, { root, accounts }).all })
  mara = await server.person("Mara")
})
afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true, force: true })
})

const upload = (person: TestPerson, name: string, text: string) =>
  person.call(`POST /attachments?${new URLSearchParams({ name })}`, asBytes(text))
/** chosen with the prompt, so that a run begins at once */
const starter = { id: "record-keeper", parameters: {} }
const page = "<script>alert(document.cookie)</script>"

test("what was given is answered to be saved, and nothing of it is run by a browser", async () => {
  const file = made<Attachment>(await upload(mara, "page.html", page))
  expect(file).toMatchObject({ kind: "text", mediaType: "text/plain", path: null })
  const body = { prompt: "A reading list", attachments: [file.id], starter }
  const project = made<Project & { run: Run }>(await mara.call("POST /projects", { body }))
  const runs = await mara.call(`GET /agents/runs/${project.run.id}`)
  expect(made<Run>(runs).attachments).toMatchObject([{ path: "attachments/page.html" }])
  const saved = await mara.call(`GET /agents/runs/${project.run.id}/attachments/${file.id}`)
  expect(saved.body).toBe(page)
  expect(saved.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="page.html"; filename*=UTF-8''page.html`,
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("default-src 'none'"),
    "cache-control": "no-store",
  })
})

test("a file of one run is not another's, and one of another organization cannot be given", async () => {
  const nora = await server.person("Nora")
  const hers = made<Attachment>(await upload(nora, "hers.txt", "hers"))
  const body = { prompt: "A reading list", attachments: [hers.id], starter }
  expect(await mara.call("POST /projects", { body })).toMatchObject({
    status: 422,
    body: { code: "invalid", detail: expect.stringMatching(/not there any more/) },
  })
  const films = made<Project & { run: Run }>(
    await mara.call("POST /projects", { body: { prompt: "A list of films", starter } }),
  )
  const read = await mara.call(`GET /agents/runs/${films.run.id}/attachments/${hers.id}`)
  expect(read.status).toBe(404)
})

test.each([
  ["bytes that are nothing known", () => upload(mara, "x.bin", "a\0b"), 422, /x\.bin is no image/],
  [
    "more bytes than a file may have",
    () => upload(mara, "x", "a".repeat(attachmentBytesMax + 1)),
    413,
    /too large/,
  ],
  ["no name", () => upload(mara, "", "a"), 422, /./],
  [
    "a form of another site",
    () =>
      mara.call("POST /attachments?name=a", {
        text: "a",
        headers: { "content-type": "text/plain" },
      }),
    415,
    /octet-stream/,
  ],
  [
    "a page of another origin",
    () =>
      mara.call("POST /attachments?name=a", {
        text: "a",
        headers: { ...asBytes("a").headers, origin: "https://evil.test" },
      }),
    403,
    /Origin/,
  ],
  [
    "files without a prompt",
    async () =>
      mara.call("POST /projects", {
        body: { name: "Mine", attachments: [made<Attachment>(await upload(mara, "a", "a")).id] },
      }),
    422,
    /with a prompt/,
  ],
  [
    "too many files",
    () =>
      mara.call("POST /projects", {
        body: { prompt: "x", attachments: Array.from({ length: 9 }, () => server.db.newId("att")) },
      }),
    422,
    /./,
  ],
] as const)("%s: refused in words", async (_, call, status, say) => {
  const { status: got, body } = await call()
  expect([got, (body as { detail: string }).detail]).toEqual([status, expect.stringMatching(say)])
})

test("what an organization attaches ends at its plan's limit, with a sentence, and grows again when files go", async () => {
  const nora = await server.person("Nora")
  await server.db.adminPool.query(
    `insert into quota_reservations (organization_id, resource, subject, amount)
     values ($1, 'attached_kilobytes', 'before', 199999)`,
    [nora.organizationId],
  )
  const last = made<Attachment>(await upload(nora, "a.txt", "a"))
  expect(await upload(nora, "b.txt", "b")).toMatchObject({
    status: 409,
    body: { code: "quota_exceeded", detail: expect.stringMatching(/kB of files/) },
  })
  expect((await nora.call(`DELETE /attachments/${last.id}`)).status).toBe(204)
  expect((await upload(nora, "b.txt", "b")).status).toBe(201)
})
