import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signUp } from "./api.ts"
import { openBrowser, openPageAs, photograph } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let person: Person
let page: Page
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  person = await signUp(platform, "Mara")
  page = (await openPageAs(browser, { platform, person })).page
  await giveDevice(page)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

const password = "a-long-enough-password"

/** A device that keeps passkeys and always sees its owner. */
async function giveDevice(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send("WebAuthn.enable", { enableUI: false })
  const options = {
    ...({ protocol: "ctap2", transport: "internal", hasResidentKey: true } as const),
    ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  }
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options })
}

/** From the next page on: a browser that offers no passkeys in a field, as some do not. */
const offerNothing = () =>
  page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false")

const passkeys = () => page.getByRole("region", { name: "Passkeys" })
const dialog = () => page.getByRole("dialog")
const projects = () => page.getByRole("heading", { name: "Projects", level: 1 })

/** Ends at a sign-in page that has begun, since a passkey can lead on from it before it is whole. */
async function signOut(): Promise<void> {
  await page.goto("about:blank")
  await page.context().clearCookies()
  await page.goto(`${platform.url}/sign-in`, { waitUntil: "commit" })
}

test("a passkey is added in the settings, and signs in from the field of the address and by the button", async () => {
  onTestFailed(() => photograph(page, "passkeys"))
  await page.goto(`${person.root}/settings`)
  await passkeys().getByRole("button", { name: "Add passkey" }).click()
  await dialog().getByLabel("Name").fill("My laptop")
  await dialog().getByLabel("Your password").fill(password)
  await dialog().getByRole("button", { name: "Add passkey" }).click()
  await passkeys().getByText("My laptop").waitFor()

  await signOut()
  await projects().waitFor()

  await offerNothing()
  await signOut()
  await page.getByRole("button", { name: "Use a passkey" }).click()
  await projects().waitFor()
})

test("a passkey that was removed signs in no more", async () => {
  onTestFailed(() => photograph(page, "passkey-removed"))
  await page.goto(`${person.root}/settings`)
  await passkeys().getByRole("button", { name: "Remove My laptop" }).click()
  await dialog().getByRole("button", { name: "Remove" }).click()
  await passkeys()
    .getByText(/None yet/)
    .waitFor()
  await signOut()
  await page.getByRole("button", { name: "Use a passkey" }).click()
  await page
    .getByRole("alert")
    .getByText(/does not open an account here/)
    .waitFor()
  expect(await page.context().cookies()).not.toContainEqual(
    expect.objectContaining({ name: expect.stringContaining("session") }),
  )
})
