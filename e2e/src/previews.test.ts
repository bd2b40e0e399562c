import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi, signUp } from "./api.ts"
import {
  openBrowser,
  openPage,
  openPageAs,
  photograph,
  previewOf,
  signIn,
  wide,
} from "./browser.ts"
import { commitFiles, hostileApp, putApp, untilApp } from "./hand-made-app.ts"
import { findingsOf, harmlessFindings, projectNames, stolenFrames } from "./hostile-page.ts"
import { type Platform, startPlatform } from "./platform.ts"

const heading = "Visitor book"
const secret = "Only members may read this."
const silent = `console.log("I keep to myself")\nsetInterval(() => {}, 1000)\n`
const breaking = `console.log("Looking for the cellar key")\nthrow new Error("the key is lost")\n`
const mended = `import { createServer } from "node:http"
createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<h1>Mended</h1>"))
  .listen(process.env.PORT, process.env.HOST)
`

/** a visitor's right is asked for again every 30 s */
const patience = { timeout: 60_000, interval: 500 }

let platform: Platform
let browser: Browser
let owner: Person
let [book, mute, broken]: Project[] = []
let page: Page
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  owner = await signInByApi(platform)
  const target = { dashboard: platform.url, session: "vibecaas.session" }
  const module = { "package.json": '{"type":"module"}' }
  mute = await putApp(owner, {
    ...{ name: "Mute", preview: "private" },
    files: { ...module, "server.js": silent },
  })
  broken = await putApp(owner, {
    ...{ name: "Broken", preview: "public" },
    files: { ...module, "server.js": breaking },
  })
  book = await putApp(owner, await hostileApp(target))
  await untilApp(owner, book.id, ({ state }) => state === "running")
  page = (await openPageAs(browser, { platform, person: owner })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const addressOf = (project: Project | undefined) => project?.previewUrl ?? ""
const idOf = (project: Project | undefined) => project?.id as Project["id"]
/** where the address of a private app leads who is not signed in */
const signInTitle = (of: Page) => of.getByRole("heading", { name: "Sign in", level: 1 })

test("members see a private preview in the dashboard's frame", async () => {
  onTestFailed(() => photograph(page, "frame"))
  await page.goto(`${owner.root}/projects/${book?.id}`)
  await previewOf(page, heading).getByText(secret).waitFor()
})

test("the page of an app gets nothing of the dashboard around it", async () => {
  expect(await findingsOf(previewOf(page, heading))).toEqual(harmlessFindings("frame"))
  expect(stolenFrames(page, platform.url)).toEqual([])
  expect(page.url()).toBe(`${owner.root}/projects/${book?.id}`)
})

test("the app opens in a tab of its own at a clean address, and gets nothing there either", async () => {
  const opening = page.waitForEvent("popup")
  await page.getByRole("button", { name: "Open app" }).click()
  const tab = await opening
  await tab.getByRole("heading", { name: heading }).waitFor()
  expect(tab.url()).toBe(`${addressOf(book)}/`)
  expect(await findingsOf(tab)).toEqual(harmlessFindings("tab"))
  expect(stolenFrames(tab, platform.url)).toEqual([])
  await tab.close()
})

test("what the app tried left no project, and the person signed in", async () => {
  expect(await projectNames(owner)).toEqual(["Broken", "Mute", heading])
  await page.reload()
  await previewOf(page, heading).getByText(secret).waitFor()
})

test("a stranger and a visitor without account are led to the door and see nothing of the app", async () => {
  const stranger = await signUp(platform, "Stranger")
  const profiles = [
    { ...(await openPage(browser, wide)), sees: "Sign in" },
    { ...(await openPageAs(browser, { platform, person: stranger })), sees: /no such project/ },
  ]
  for (const { context: profile, page: visitor, sees } of profiles) {
    await visitor.goto(addressOf(book))
    await visitor.getByRole("heading", { name: sees, level: 1 }).waitFor()
    expect(await visitor.content()).not.toContain(heading)
    await profile.close()
  }
  const refused = stranger.call("POST /projects/{projectId}/preview-links", {
    params: { projectId: idOf(book) },
    body: { returnTo: "/" },
  })
  await expect(refused).rejects.toMatchObject({ problem: { status: 404 } })
})

test("a member who opens a private app by its address is let in, at the same path", async () => {
  const { context: profile, page: visitor } = await openPageAs(browser, { platform, person: owner })
  onTestFailed(() => photograph(visitor, "let-in"))
  await visitor.goto(`${addressOf(book)}/?page=2`)
  await visitor.getByText(secret).waitFor()
  expect(visitor.url()).toBe(`${addressOf(book)}/?page=2`)
  await profile.close()
})

test("a one-time address opens the preview once, and not at another project", async () => {
  const link = () =>
    owner.call("POST /projects/{projectId}/preview-links", {
      params: { projectId: idOf(book) },
      body: { returnTo: "/" },
    })
  const { context: profile, page: visitor } = await openPage(browser, wide)
  const { url } = await link()
  await visitor.goto(url)
  await visitor.getByText(secret).waitFor()
  const used = await openPage(browser, wide)
  await used.page.goto(url)
  await used.page.getByRole("heading", { name: /does not open anything any more/ }).waitFor()
  const elsewhere = new URL((await link()).url)
  elsewhere.host = new URL(addressOf(broken)).host
  await used.page.goto(elsewhere.href)
  await used.page.getByRole("heading", { name: /does not open anything any more/ }).waitFor()
  await Promise.all([profile.close(), used.context.close()])
})

test("a preview that is made public opens to everybody, and made private it closes", async () => {
  onTestFailed(() => photograph(page, "public"))
  const { context: profile, page: visitor } = await openPage(browser, wide)
  const choose = async (preview: "public" | "private") => {
    await page.goto(`${owner.root}/projects/${book?.id}/settings`)
    await page.getByRole("switch", { name: "Public preview" }).click()
    if (preview === "public") await page.getByRole("button", { name: "Make public" }).click()
    await expect
      .poll(async () => (await projectOf(book)).preview, { timeout: 20_000 })
      .toBe(preview)
  }
  await choose("public")
  await visitor.goto(addressOf(book))
  await visitor.getByText(secret).waitFor()
  await choose("private")
  await expect.poll(() => statusInside(visitor, "/headers"), patience).toBe(401)
  await visitor.reload()
  await signInTitle(visitor).waitFor()
  await profile.close()
})

test("an app that crashes shows strangers nothing that it wrote, and comes up when it was mended", async () => {
  await untilApp(owner, idOf(broken), ({ state, restarts }) => state === "crashed" && restarts >= 3)
  const { context: profile, page: visitor } = await openPage(browser, wide)
  onTestFailed(() => photograph(visitor, "crash"))
  await visitor.goto(addressOf(broken))
  await visitor.getByRole("heading", { name: "broken crashed" }).waitFor()
  await visitor.getByText("It ended with exit code 1.").waitFor()
  expect(await visitor.getByRole("region", { name: "Last lines of its log" }).count()).toBe(0)
  expect(await visitor.content()).not.toContain("the key is lost")
  await commitFiles(owner, idOf(broken), { "server.js": mended })
  await visitor.getByRole("heading", { name: "Mended" }).waitFor()
  await profile.close()
})

test("after signing out the preview is private again", async () => {
  const leaver = await openPage(browser, wide)
  onTestFailed(() => photograph(leaver.page, "leaver"))
  await signIn(leaver.page, platform.url, platform.admin)
  await leaver.page.getByRole("link", { name: heading }).click()
  const opening = leaver.page.waitForEvent("popup")
  await leaver.page.getByRole("button", { name: "Open app" }).click()
  const tab = await opening
  await tab.getByText(secret).waitFor()
  await findingsOf(tab)
  await leaver.page.getByRole("button", { name: /^Account of/ }).click()
  await leaver.page.getByRole("menuitem", { name: "Sign out" }).click()
  await leaver.page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor()
  await expect.poll(() => statusInside(tab, "/headers"), patience).toBe(401)
  await tab.reload()
  await signInTitle(tab).waitFor()
  await leaver.context.close()
})

test("an app that never listens is named with its reason, and starts again from the dashboard", async () => {
  onTestFailed(() => photograph(page, "mute"))
  await untilApp(owner, idOf(mute), ({ state }) => state === "crashed")
  await page.goto(`${owner.root}/projects/${mute?.id}`)
  const shown = previewOf(page, "Mute")
  await shown.getByRole("heading", { name: "mute crashed" }).waitFor()
  await shown.getByText(/did not accept a connection on port \d+ within 60 s/).waitFor()
  await shown.getByText("I keep to myself").waitFor()
  await page.getByText("It stays down until its machine is restarted").waitFor()
  await page.goto(`${owner.root}/projects/${mute?.id}/machine`)
  await page.getByRole("button", { name: "Restart" }).click()
  await untilApp(owner, idOf(mute), ({ state }) => state === "starting")
})

/** What the preview's own host answers a page of it. */
const statusInside = (of: Page, path: string) =>
  of.evaluate(async (to) => (await fetch(to)).status, path)

const projectOf = (project: Project | undefined) =>
  owner.call("GET /projects/{projectId}", { params: { projectId: idOf(project) } })
