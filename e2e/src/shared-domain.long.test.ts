import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi } from "./api.ts"
import { openBrowser, openPage, photograph, previewOf, signIn, wide } from "./browser.ts"
import { hostileApp, putApp, untilApp } from "./hand-made-app.ts"
import { findingsOf, harmlessFindings, projectNames, stolenFrames } from "./hostile-page.ts"
import { freePort, type Platform, startPlatform } from "./platform.ts"
import { startTlsFront, type TlsFront } from "./tls-front.ts"

// The dashboard and the apps below one registrable domain, behind TLS: the browser takes them for
// one site and sends cookies that it would keep back from another one.
const heading = "Visitor book"
const session = "__Host-vibecaas.session"

let platform: Platform
let front: TlsFront
let browser: Browser
let context: BrowserContext
let page: Page
let owner: Person
let book: Project
beforeAll(async () => {
  const [port, to] = [await freePort(), await freePort()]
  const url = `https://example.test:${port}`
  const starting = startPlatform({
    port: to,
    env: {
      VIBECAAS_BASE_DOMAIN: "example.test",
      VIBECAAS_PUBLIC_URL: url,
      VIBECAAS_TRUST_PROXY: "1",
    },
  })
  front = await startTlsFront({ port, to })
  browser = await openBrowser([
    "--host-resolver-rules=MAP example.test 127.0.0.1, MAP *.example.test 127.0.0.1",
    "--ignore-certificate-errors",
  ])
  platform = await starting
  owner = await signInByApi(platform)
  book = await putApp(owner, await hostileApp({ dashboard: url, session }))
  await untilApp(owner, book.id, ({ state }) => state === "running")
  ;({ context, page } = await openPage(browser, wide))
})
afterAll(async () => {
  await browser?.close()
  await front?.close()
  await platform?.remove()
})

test("over https the session is a cookie of one host that scripts do not read", async () => {
  onTestFailed(() => photograph(page, "https"))
  await signIn(page, platform.url, platform.admin)
  const [cookie] = (await context.cookies()).filter(({ name }) => name === session)
  expect(cookie).toMatchObject({
    ...{ domain: "example.test", path: "/", secure: true, httpOnly: true, sameSite: "Lax" },
  })
})

test("on the domain of the dashboard the page of an app gets nothing, in the frame", async () => {
  onTestFailed(() => photograph(page, "shared-frame"))
  await page.getByRole("link", { name: heading }).click()
  expect(await findingsOf(previewOf(page, heading))).toEqual(harmlessFindings("frame"))
  expect(stolenFrames(page, platform.url)).toEqual([])
})

test("on the domain of the dashboard the page of an app gets nothing, in a tab", async () => {
  const opening = page.waitForEvent("popup")
  await page.getByRole("button", { name: "Open app" }).click()
  const tab = await opening
  expect(await findingsOf(tab)).toEqual(harmlessFindings("tab"))
  expect(stolenFrames(tab, platform.url)).toEqual([])
  expect(tab.url()).toBe(`${book.previewUrl}/`)
  await tab.close()
})

test("what the app tried left no project, no other session, and the person signed in", async () => {
  expect(await projectNames(owner)).toEqual([heading])
  const sessions = (await context.cookies()).filter(({ name }) => name === session)
  expect(sessions).toMatchObject([{ domain: "example.test" }])
  await page.reload()
  await previewOf(page, heading).getByText("Only members may read this.").waitFor()
})

test("who is not signed in is led to the door over https too", async () => {
  const { context: profile, page: visitor } = await openPage(browser, wide)
  await visitor.goto(book.previewUrl)
  await visitor.getByRole("heading", { name: "Sign in", level: 1 }).waitFor()
  expect(await visitor.content()).not.toContain(heading)
  await profile.close()
})
