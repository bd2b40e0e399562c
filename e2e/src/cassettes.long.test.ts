import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { ask, type Person, signIn as signInByApi } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPage,
  openPageAs,
  photograph,
  scrollsSidewaysBy,
} from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { cassettes, type RecordedModels, startRecordedModels } from "./recorded-models.ts"
import { startVisitors, type Visits, type Write } from "./visitors.ts"

const apps = ["live-board", "two-player-game", "invoice-maker"] as const

let models: RecordedModels
let platform: Platform
let browser: Browser
let person: Person
let dashboard: Page
beforeAll(async () => {
  models = await startRecordedModels(apps.flatMap((name) => [name, `${name}-changed`]))
  const starting = startPlatform({ env: models.env })
  browser = await openBrowser()
  platform = await starting
  person = await signInByApi(platform)
  dashboard = (await openPageAs(browser, { platform, person })).page
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
  models?.close()
})

const goalOf = (name: string): string =>
  JSON.parse(readFileSync(join(cassettes, `${name}.json`), "utf8")).goal

const untilRun = (number: number, state: string) =>
  dashboard
    .getByRole("region", { name: `Run ${number}` })
    .getByText(state)
    .waitFor()

/** Types a prompt and waits for its app, which everybody may see. */
async function build(name: (typeof apps)[number]): Promise<Project> {
  onTestFailed(() => photograph(dashboard, `cassette-${name}`))
  await dashboard.goto(`${platform.url}/projects`)
  await dashboard.getByRole("button", { name: "New project" }).click()
  await dashboard.getByLabel("What should it do?").fill(goalOf(name))
  await dashboard.getByRole("button", { name: "Create project" }).click()
  await untilRun(1, "Succeeded")
  const projectId = /prj_\w+/.exec(dashboard.url())?.[0] as Project["id"]
  return person.call("PATCH /projects/{projectId}", {
    params: { projectId },
    body: { preview: "public" },
  })
}

/** Asks for the change while people write to the app all along; answers what they did. */
async function change(name: string, project: Project, write: Write): Promise<Visits> {
  const visitors = startVisitors(platform, project.previewUrl, write)
  await dashboard.getByLabel("What should change?").fill(goalOf(`${name}-changed`))
  await dashboard.getByRole("button", { name: "Ask for change" }).click()
  await untilRun(2, "Succeeded")
  return visitors.stop()
}

async function visit(
  url: string,
): Promise<{ page: Page; context: BrowserContext; said: string[] }> {
  const opened = await openPage(browser, { width: 1440, scheme: "light" })
  const said = complaintsOf(opened.page)
  await opened.page.goto(url)
  return { ...opened, said }
}

const read = async (project: Project, path: string) =>
  JSON.parse((await ask(platform, new URL(path, project.previewUrl).href)).body)

/** Wide and light, narrow and dark: pictures to judge, no breach, nothing beyond the edge. */
async function look(page: Page, name: string): Promise<void> {
  for (const [width, colorScheme] of [
    [1440, "light"],
    [375, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme })
    await photograph(page, `${name}-${width}-${colorScheme}`)
    expect(await axeBreaches(page), `${name} at ${width}, ${colorScheme}`).toEqual([])
    expect(await scrollsSidewaysBy(page), `${name} at ${width}`).toBe(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ colorScheme: "light" })
}

test("a run waits for an answer, hears what is written to it, and is stopped for another goal", async () => {
  onTestFailed(() => photograph(dashboard, "people"))
  const { id: projectId } = await person.call("POST /projects", {
    body: { name: "Plants", preview: "private" },
  })
  await dashboard.goto(`${platform.url}/projects/${projectId}`)
  const goal = "Ask me who may see it: plants with name and location"
  await dashboard.getByLabel("What should it do?").fill(goal)
  await dashboard.getByRole("button", { name: "Start run" }).click()
  const question = dashboard.getByRole("region", { name: "Question of Planning" })
  await question.waitFor()
  const organization = dashboard.getByRole("navigation", { name: "Organization" })
  await organization.getByText("waiting for an answer").waitFor()
  await look(dashboard, "question")
  await question.getByRole("button", { name: "Only our organization" }).click()
  const timeline = dashboard.getByRole("region", { name: "Timeline" })
  // What a task did is folded once it has ended.
  await timeline.getByRole("button", { name: "Show all steps" }).click()
  await timeline.getByText("Planning asked “Who should see the app?”").waitFor()
  await dashboard.getByLabel("What should the agents know?").fill("The names may be long")
  await dashboard.getByRole("button", { name: "Send" }).click()
  await timeline.getByText("Administrator The names may be long").waitFor()
  await timeline
    .getByText(/read what .* wrote: “The names may be long”/)
    .first()
    .waitFor()
  await dashboard.getByRole("radio", { name: "Stop and redirect" }).check()
  await dashboard.getByLabel("What should they do instead?").fill("Ask me again: only names")
  await dashboard.getByRole("button", { name: "Stop and redirect" }).click()
  const next = dashboard.getByRole("region", { name: "Run 2" })
  await next.getByText("Goes on from the files of the run that was stopped for it.").waitFor()
  await question.waitFor()
  await dashboard.getByRole("button", { name: "Cancel run" }).click()
  await next.getByText("Cancelled", { exact: true }).waitFor()
})

/** Each lets agents build twice, in draft and live. */
const patience = 240_000

test(
  "a live board: what one does all see, and a change keeps every card that was and that comes",
  async () => {
    const project = await build("live-board")
    const [one, two] = [await visit(project.previewUrl), await visit(project.previewUrl)]
    const column = (page: Page, name: string) => page.getByRole("region", { name, exact: true })
    await column(one.page, "To do").getByLabel("New card in To do").fill("Order chairs")
    await column(one.page, "To do").getByRole("button", { name: "Add card" }).click()
    await column(two.page, "To do").getByText("Order chairs").waitFor()
    await two.page.getByRole("button", { name: "Move “Order chairs” to Doing" }).click()
    await column(one.page, "Doing").getByText("Order chairs").waitFor()

    const { written, failed } = await change("live-board", project, {
      path: "/api/cards",
      body: (n) => ({ title: `Card ${n}`, column: "done" }),
    })
    expect(failed).toEqual([])
    const { cards } = await read(project, "/api/board")
    const kept = new Set(cards.map(({ id }: { id: number }) => id))
    expect(written.filter(({ id }) => !kept.has(id))).toEqual([])
    expect(written.length).toBeGreaterThan(20)

    await Promise.all([one.page.reload(), two.page.reload()])
    await column(one.page, "Doing").getByText("Order chairs").waitFor()
    await one.page.getByRole("button", { name: "No owner: who does “Order chairs”" }).click()
    await one.page.getByLabel("Who does “Order chairs”?").fill("Mara")
    await one.page.getByRole("button", { name: "Save" }).click()
    await two.page.getByRole("button", { name: "Mara: who does “Order chairs”" }).waitFor()
    await two.page.getByLabel("New column").fill("Review")
    await two.page.getByRole("button", { name: "Add column" }).click()
    await column(one.page, "Review").waitFor()
    await look(one.page, "live-board")
    expect([...one.said, ...two.said]).toEqual([])
    await Promise.all([one.context.close(), two.context.close()])
  },
  patience,
)

test(
  "a game for two: each sees the other's moves, and finished games outlive the change",
  async () => {
    const project = await build("two-player-game")
    const red = await visit(project.previewUrl)
    await red.page.getByRole("button", { name: "Start a game" }).click()
    await red.page.getByText("Waiting for the other player").waitFor()
    const link = await red.page.getByLabel("Send this link to the other player").inputValue()
    const yellow = await visit(link)
    await yellow.page.getByRole("button", { name: "Play yellow" }).click()
    const drop = async (page: Page, number: number) => {
      await page.getByRole("status").getByText("Your turn").waitFor()
      await page.getByRole("button", { name: `Column ${number}, ` }).click()
    }
    for (const place of [1, 2, 3]) {
      await drop(red.page, place)
      await drop(yellow.page, place)
    }
    await drop(red.page, 4)
    await red.page.getByText("You win.").waitFor()
    await yellow.page.getByText("Red wins.").waitFor()

    const { written, failed } = await change("two-player-game", project, {
      path: "/api/games",
      body: () => ({}),
    })
    expect(failed).toEqual([])
    expect(written.length).toBeGreaterThan(20)
    for (const { id } of written) expect((await read(project, `/api/games/${id}`)).id).toBe(id)

    await red.page.goto(project.previewUrl)
    const results = red.page.getByRole("region", { name: "Finished games" })
    await results.getByText("Red beat Yellow").waitFor()
    await red.page.getByRole("textbox", { name: "Your name" }).fill("Mara")
    await red.page.getByRole("button", { name: "Start a game" }).click()
    await red.page.getByText("Waiting for the other player").waitFor()
    await yellow.page.goto(await red.page.getByLabel("Send this link").inputValue())
    await yellow.page.getByRole("textbox", { name: "Your name" }).fill("Jo")
    await yellow.page.getByRole("button", { name: "Play yellow" }).click()
    for (const place of [7, 6, 7, 6, 7, 6, 7].entries()) {
      await drop(place[0] % 2 === 0 ? red.page : yellow.page, place[1])
    }
    await yellow.page.getByText("Mara wins.").waitFor()
    await results.getByText("Mara beat Jo").waitFor()
    await look(red.page, "two-player-game")
    expect([...red.said, ...yellow.said]).toEqual([])
    await Promise.all([red.context.close(), yellow.context.close()])
  },
  patience,
)

test(
  "an invoice maker: totals to the cent, and numbers for every invoice that was and that comes",
  async () => {
    const project = await build("invoice-maker")
    const { page, context, said } = await visit(new URL("/new", project.previewUrl).href)
    await page.getByLabel("Name").fill("Mill & Sons")
    await page.getByLabel("Address").fill("1 River Road\nHalden")
    await page.getByRole("button", { name: "Add customer" }).click()
    await page.getByLabel("Customer").getByRole("option").first().waitFor({ state: "attached" })
    await page.getByLabel("What").fill("Work")
    await page.getByLabel("Quantity").fill("2,5")
    await page.getByLabel("Price in euros").fill("80")
    await page.getByRole("button", { name: "Add item" }).click()
    await page.getByLabel("What").nth(1).fill("Book")
    await page.getByLabel("Quantity").nth(1).fill("3")
    await page.getByLabel("Price in euros").nth(1).fill("9.99")
    await page.getByLabel("VAT").nth(1).selectOption("7 %")
    await page.getByRole("button", { name: "Save invoice" }).click()
    await page.getByText("€270.07").waitFor()

    const item = { text: "Work", quantity: 100, price: 5000, vat: 19 }
    const { written, failed } = await change("invoice-maker", project, {
      path: "/api/invoices",
      body: () => ({ customerId: 1, date: "2026-03-01", items: [item] }),
    })
    expect(failed).toEqual([])
    expect(written.length).toBeGreaterThan(20)
    const invoices: { id: number; number: string; items: object[] }[] = await read(
      project,
      "/api/invoices",
    )
    const whole = new Set(invoices.flatMap(({ id, items }) => (items.length > 0 ? [id] : [])))
    expect(written.filter(({ id }) => !whole.has(Number(id)))).toEqual([])
    const numbers = invoices.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(written.length + 1)
    expect(numbers.every((number) => /^\d{4}-\d{3,}$/.test(number))).toBe(true)

    await page.reload()
    await page.getByRole("button", { name: "Mark as paid" }).click()
    await page.getByText(/^Paid on /).waitFor()
    await look(page, "invoice-maker")
    await page.getByRole("link", { name: "All invoices" }).click()
    await page.getByText(`${written.length} open`, { exact: false }).waitFor()
    expect(said).toEqual([])
    await context.close()
  },
  patience,
)
