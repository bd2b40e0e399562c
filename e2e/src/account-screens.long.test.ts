import type { Browser } from "playwright-core"
import { afterAll, beforeAll, onTestFailed, test } from "vitest"
import { expectAccessible } from "./accessible.ts"
import { signIn, signUp } from "./api.ts"
import { openBrowser, openPageAs, photograph } from "./browser.ts"
import { sql } from "./database.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const password = "a-long-enough-password"
const longName = `Mara ${"Wolfeschlegelstein ".repeat(3)}`.slice(0, 60).trim()
const longAddress = `${`${"mara-wolfeschlegelsteinhausen".repeat(2)}`.slice(0, 48)}@example.com`

/** Each page of one's account and of administration, by its title and by a dialog of it that is looked at, too. */
const screens: { path: string; title: string; opener?: string; shows?: string | RegExp }[] = [
  { path: "/settings", title: "Settings", opener: "Add passkey" },
  { path: "/settings", title: "Settings", opener: "Turn on" },
  { path: "/settings", title: "Settings", opener: "Change address" },
  { path: "/settings/members", title: "People", shows: longAddress },
  { path: "/settings/api-keys", title: "API keys" },
  { path: "/settings/secrets", title: "Secrets" },
  { path: "/usage", title: "Usage", shows: "Requests a minute" },
  { path: "/platform/people", title: "People", opener: `Manage ${longName}` },
  { path: "/platform/organizations", title: "Organizations", opener: "Manage Personal" },
  { path: "/platform/simulated", title: "What is simulated" },
]

test("axe finds nothing on pages of the account and of administration, with names of 60 characters", async () => {
  const person = await signUp(platform, "Mara")
  const me = await person.call("GET /me", {})
  await person.call("PATCH /auth/account", { body: { name: longName } })
  await sql(platform, 'update auth."user" set "email" = $1 where "id" = $2', [longAddress, me.id])
  await sql(platform, "insert into platform_admins (user_id) values ($1)", [me.id])
  const again = await signIn(platform, { email: longAddress, password })
  const { page } = await openPageAs(browser, { platform, person: again })
  onTestFailed(() => photograph(page, "account-screens"))
  for (const { path, title, opener, shows } of screens) {
    await page.goto(`${again.root}${path}`)
    await page.getByRole("heading", { name: title, level: 1 }).waitFor()
    if (shows) await page.getByText(shows).first().waitFor()
    if (!opener) await expectAccessible(page)
    else {
      await page.getByRole("button", { name: opener }).first().click()
      await page.getByRole("dialog").waitFor()
      await expectAccessible(page)
    }
  }
}, 400_000)
