import type { Organization } from "@vibecaas/contract/kinds/tenants"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn as signInByApi, signUp } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, wide } from "./browser.ts"
import { sql } from "./database.ts"
import { type Platform, startPlatform } from "./platform.ts"

let platform: Platform
let browser: Browser
let page: Page
let person: Person
/** of the person whose browser this is */
let own: Organization
/** of somebody else, who made them a developer */
let noras: Organization
let foreign: Organization
let tulips: string
beforeAll(async () => {
  const starting = startPlatform()
  browser = await openBrowser()
  platform = await starting
  person = await signInByApi(platform)
  const nora = await signUp(platform, "Nora")
  const other = await signUp(platform, "Olga")
  const me = await person.call("GET /me", {})
  own = await organizationOf(person)
  noras = await named(nora, "Garden club")
  foreign = await named(other, "Olga and sons")
  await sql(
    platform,
    "insert into memberships (organization_id, user_id, role) values ($1, $2, 'developer')",
    [noras.id, me.id],
  )
  await person.call("POST /projects", { body: { name: "Alder" } })
  tulips = (await nora.call("POST /projects", { body: { name: "Tulips" } })).id
  page = (await openPageAs(browser, { platform, person })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
})

async function organizationOf({ call }: Person): Promise<Organization> {
  const { organizations } = await call("GET /me", {})
  const organization = organizations.find(({ personal }) => personal)
  if (!organization) throw new Error("somebody without an organization")
  return organization
}

/** Who is alone calls theirs personal; this one has a name. */
async function named(owner: Person, name: string): Promise<Organization> {
  const { id } = await organizationOf(owner)
  const params = { organizationId: id }
  return owner.call("PATCH /organizations/{organizationId}", { params, body: { name } })
}

const table = (of: Page) => of.getByRole("table", { name: "Projects" })
const title = (name: string | RegExp) => page.getByRole("heading", { name, level: 1 })
const switchButton = () => page.getByRole("button", { name: /^Organization: / })
const signedIn = () => ({ headers: { cookie: person.cookie } })

test("who belongs to two organizations sees the projects of each at its own address", async () => {
  onTestFailed(() => photograph(page, "two-organizations"))
  await page.goto(`${platform.url}/o/${own.slug}/projects`)
  await table(page).getByRole("link", { name: "Alder" }).waitFor()
  expect(await table(page).getByRole("link").count()).toBe(1)
  await page.goto(`${platform.url}/o/${noras.slug}/projects`)
  await table(page).getByRole("link", { name: "Tulips" }).waitFor()
  expect(await table(page).getByRole("link").count()).toBe(1)
})

test("the switch shows the open organization, and leads to another by keys alone", async () => {
  onTestFailed(() => photograph(page, "switch"))
  await page.goto(`${platform.url}/o/${own.slug}/usage`)
  await title("Usage").waitFor()
  await expect.poll(() => switchButton().textContent()).toContain(own.name)
  await switchButton().focus()
  await page.keyboard.press("Enter")
  const item = (name: string) => page.getByRole("menuitemradio", { name })
  await item(noras.name).waitFor()
  expect(await item(own.name).getAttribute("aria-checked")).toBe("true")
  expect(await axeBreaches(page)).toEqual([])
  await page.keyboard.type(noras.name.slice(0, 3))
  await page.keyboard.press("Enter")
  await title("Projects").waitFor()
  await table(page).getByRole("link", { name: "Tulips" }).waitFor()
  expect(page.url()).toBe(`${platform.url}/o/${noras.slug}/projects`)
  await expect.poll(() => switchButton().textContent()).toContain(noras.name)
})

test("the palette leads to another organization too", async () => {
  onTestFailed(() => photograph(page, "switch-palette"))
  await page.keyboard.press("Control+k")
  const palette = page.getByRole("dialog", { name: "Search or jump to" })
  await palette.waitFor()
  await page.keyboard.type(`Switch to ${own.name}`)
  await palette.getByRole("option", { name: `Switch to ${own.name}`, selected: true }).waitFor()
  await page.keyboard.press("Enter")
  await table(page).getByRole("link", { name: "Alder" }).waitFor()
})

test("an address without an organization leads to the one that was open last", async () => {
  onTestFailed(() => photograph(page, "remembered"))
  for (const { slug } of [noras, own]) {
    await page.goto(`${platform.url}/o/${slug}/projects`)
    await table(page).waitFor()
    await page.goto(`${platform.url}/settings`)
    await title("Settings").waitFor()
    expect(page.url()).toBe(`${platform.url}/o/${slug}/settings`)
    await page.goto(platform.url)
    await title("Projects").waitFor()
    expect(page.url()).toBe(`${platform.url}/o/${slug}/projects`)
  }
})

test("the address of a project without an organization leads to the one it belongs to", async () => {
  onTestFailed(() => photograph(page, "old-address"))
  await page.goto(`${platform.url}/projects/${tulips}/files?path=a`)
  await title(/^Tulips/).waitFor()
  expect(page.url()).toBe(`${platform.url}/o/${noras.slug}/projects/${tulips}/files?path=a`)
})

test("what one may do follows the role in the open organization", async () => {
  onTestFailed(() => photograph(page, "role"))
  await page.goto(`${platform.url}/o/${noras.slug}/settings`)
  const rename = page.getByRole("button", { name: "Rename organization" })
  await rename.waitFor()
  await rename.hover()
  await page
    .getByRole("tooltip")
    .getByText(/^Your role is developer/)
    .waitFor()
})

test("an organization that is foreign or unknown is not found, and the answers do not tell them apart", async () => {
  onTestFailed(() => photograph(page, "foreign"))
  const bodies: string[] = []
  for (const slug of [foreign.slug, "no-such-organization"]) {
    const { status, body } = await ask(platform, `${platform.url}/o/${slug}/projects`, signedIn())
    expect(status).toBe(404)
    expect(body).not.toContain(foreign.name)
    bodies.push(body)
    await page.goto(`${platform.url}/o/${slug}/projects`)
    await title("There is no such organization").waitFor()
    expect(await axeBreaches(page)).toEqual([])
  }
  await page.getByRole("link", { name: "Show projects" }).click()
  await title("Projects").waitFor()
})

test("a project that is looked for below another organization is said to be elsewhere, and opened there", async () => {
  onTestFailed(() => photograph(page, "elsewhere"))
  await page.goto(`${platform.url}/o/${own.slug}/projects/${tulips}`)
  await page.getByText("The project is elsewhere").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.getByRole("link", { name: "Open it there" }).click()
  await title(/^Tulips/).waitFor()
  expect(page.url()).toBe(`${platform.url}/o/${noras.slug}/projects/${tulips}`)
})

test("who is not signed in is led to the door by the server, and back after it", async () => {
  const { slug } = noras
  for (const path of [`/o/${slug}/usage?a=b`, `/projects/${tulips}`, "/settings", "/"]) {
    const { status, headers, body } = await ask(platform, `${platform.url}${path}`)
    const next = path === "/" ? "" : `?next=${encodeURIComponent(path)}`
    expect({ status, location: headers.location }).toEqual({
      status: 307,
      location: `/sign-in${next}`,
    })
    expect(body).not.toContain(noras.name)
  }
  const { context, page: visitor } = await openPageAs(browser, {
    platform,
    person: { ...person, cookie: "nothing=here" },
    view: wide,
  })
  onTestFailed(() => photograph(visitor, "door-and-back"))
  await visitor.goto(`${platform.url}/o/${slug}/usage`)
  await visitor.getByLabel("Email").fill(platform.admin.email)
  await visitor.getByLabel("Password").fill(platform.admin.password)
  await visitor.getByRole("button", { name: "Sign in" }).click()
  await visitor.getByRole("heading", { name: "Usage", level: 1 }).waitFor()
  expect(visitor.url()).toBe(`${platform.url}/o/${slug}/usage`)
  await context.close()
})

test("who runs the installation sets where a model is, tests it, and sees how agents did", async () => {
  onTestFailed(() => photograph(page, "models"))
  await page.goto(`${platform.url}/o/${own.slug}/models`)
  await page.getByText("No language model can be asked yet.").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.getByRole("button", { name: "Set address of a compatible server" }).click()
  const dialog = page.getByRole("dialog")
  // Nothing listens there.
  await dialog.getByLabel("Address").fill("http://127.0.0.1:9/v1")
  await dialog.getByRole("button", { name: "Set address" }).click()
  await page.getByRole("button", { name: "Test a compatible server" }).click()
  await dialog.getByLabel("Model").fill("llama3:8b")
  await dialog.getByRole("button", { name: "Ask" }).click()
  await dialog.getByText("The model's server cannot be reached.").waitFor()
  await page.keyboard.press("Escape")
  await page.goto(`${platform.url}/o/${own.slug}/agents`)
  await page.getByText("No agent asked a model in these days").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  const { status, body } = await ask(platform, `${platform.url}/metrics`)
  expect(status).toBe(200)
  expect(body).toContain("# TYPE vibecaas_agent_answers_total counter")
})

test("a visit that a client claims for itself is not believed", async () => {
  const claim = encodeURIComponent(
    JSON.stringify({ address: "/", me: { id: "usr_1", organizations: [foreign] } }),
  )
  const headers = { "x-vibecaas-visit": claim }
  const answer = await ask(platform, `${platform.url}/o/${foreign.slug}/projects`, { headers })
  expect(answer.status).toBe(307)
})
