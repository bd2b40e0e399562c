import { isFault } from "@vibecaas/kernel/fault"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Principal } from "../core/kind.ts"
import { openPath } from "../core/own-paths.ts"
import { createPreviewLink } from "./preview-links.ts"
import { wordApp } from "./testing/apps.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"
import { signIn } from "./testing/sign-in.ts"

let world: MachineWorld
let project: Awaited<ReturnType<MachineWorld["project"]>>
beforeAll(async () => {
  world = await machineWorld()
  project = await world.project("Secret shop", "private")
  await world.run(project.id, await world.push(project.id, { "server.js": wordApp("secret") }))
})
afterAll(() => world.close())

const signedIn = () => signIn(world)

const link = (viewer: Principal, returnTo = "/", draftOf?: string) =>
  world.act((ctx) =>
    createPreviewLink(ctx, {
      ...{ projectId: project.id, returnTo, viewer, openPath, draftOf },
      previewUrl: (slug) => `http://${slug}.preview.localhost:3000`,
    }),
  )

async function open(url: string) {
  const { pathname, search } = new URL(url)
  const answer = await world.get(project.slug, `${pathname}${search}`)
  const cookie = [answer.headers["set-cookie"]].flat()[0]?.split(";")[0]
  return { ...answer, cookie: cookie ?? "" }
}
const look = async (cookie: string) =>
  world.get(project.slug, "/", { headers: cookie ? { cookie } : {} })

test("a member's link opens a private preview once, at the path that was asked for", async () => {
  const member = await signedIn()
  expect((await look("")).status).toBe(401)
  const { url } = await link(member, "/books?page=2#top")
  expect(url).toMatch(
    /^http:\/\/secret-shop\.preview\.localhost:3000\/\.vibecaas\/open\?code=[\w-]{43}$/,
  )
  const opened = await open(url)
  expect([opened.status, opened.headers.location]).toEqual([303, "/books?page=2#top"])
  expect(await look(opened.cookie)).toMatchObject({ status: 200, body: "secret" })
  expect(await open(url)).toMatchObject({ status: 410, cookie: "" })
})

test("only a member's link shows the draft of a run at work, and visitors see what is live", async () => {
  const member = await signedIn()
  const draftOf = world.db.newId("run")
  await expect(link(member, "/", draftOf)).rejects.toMatchObject({ code: "wrong_state" })
  const { signal } = new AbortController()
  const of = { organizationId: world.org.organizationId, projectId: project.id, draftOf }
  const { sessions } = world.server.apps
  const session = await sessions.session({ ...of, trust: "untrusted", signal })
  const draft = `${project.slug}--draft-${draftOf.slice(-8)}`
  const at = (path: string, cookie = "") =>
    world.get(draft, path, { headers: cookie ? { cookie } : {} })
  expect((await at("/")).status).toBe(401)
  const { url } = await link(member, "/", draftOf)
  const { host, pathname, search } = new URL(url)
  expect(host).toBe(`${draft}.preview.localhost:3000`)
  const opened = await at(`${pathname}${search}`)
  const cookie = [opened.headers["set-cookie"]].flat()[0]?.split(";")[0] ?? ""
  const before = await at("/", cookie)
  expect(before).toMatchObject({ status: 503, body: expect.stringContaining("is being built") })
  const server = wordApp("not yet for everybody")
  await session.startApp(await world.push(project.id, { "server.js": server }))
  expect(await at("/", cookie)).toMatchObject({ status: 200, body: "not yet for everybody" })
  const live = await open((await link(member)).url)
  expect((await look(live.cookie)).body).toBe("secret")
  await world.act((ctx) =>
    sessions.endDraft(ctx, { projectId: project.id, by: { loop: "runs", id: draftOf } }),
  )
  await expect.poll(async () => (await at("/", cookie)).status, { timeout: 10_000 }).toBe(404)
})

test("only the hash of a code is kept, and the asking is audited", async () => {
  const { url } = await link(await signedIn())
  const code = new URL(url).searchParams.get("code")
  const { rows } = await world.db.adminPool.query("select * from preview_codes")
  expect(JSON.stringify(rows)).not.toContain(code)
  const audit = await world.db.adminPool.query(
    "select count(*)::int as n from audit_records where action = 'preview.link'",
  )
  expect(audit.rows[0].n).toBeGreaterThan(0)
})

test("a code that is too old, or of another host or project, opens nothing", async () => {
  const member = await signedIn()
  const { url } = await link(member)
  await world.db.adminPool.query(
    "update preview_codes set expires_at = now() where redeemed_at is null",
  )
  expect((await open(url)).status).toBe(410)
  const other = await world.project("Other shop", "private")
  const { pathname, search } = new URL((await link(member)).url)
  expect((await world.get(other.slug, `${pathname}${search}`)).status).toBe(410)
})

test("a link leads to a path of the preview's own host only", async () => {
  const member = await signedIn()
  for (const returnTo of [
    "//evil.test/",
    "/\\evil.test",
    "https://evil.test/",
    "books",
    "/\t/evil.test",
  ]) {
    const error = await link(member, returnTo).catch((thrown: unknown) => thrown)
    expect(isFault(error, "invalid"), returnTo).toBe(true)
  }
})

test("signing out, and leaving the organization, end what was opened", async () => {
  const { access } = world.server.apps
  const target = { organizationId: world.org.organizationId, id: project.id }
  for (const [end, by] of [
    [`delete from auth."session" where "userId" = $1`, "sign-out"],
    ["delete from memberships where user_id = $1", "leaving"],
  ] as const) {
    const member = await signedIn()
    expect(await access.maySee(target, member)).toBe(true)
    await world.db.adminPool.query(end, [member.userId])
    expect(await access.maySee(target, member), by).toBe(false)
  }
})

test("a person of another organization is not let in by a link of their own", async () => {
  const { access } = world.server.apps
  const target = { organizationId: world.org.organizationId, id: project.id }
  const stranger = { userId: "user_stranger", sessionId: (await signedIn()).sessionId }
  expect(await access.maySee(target, stranger)).toBe(false)
})
