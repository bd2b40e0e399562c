import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { askForChange, beginRun, type Person, signIn, untilRunEnded } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import {
  complaintsOf,
  openBrowser,
  openPage,
  photograph,
  scrollsSidewaysBy,
  wide,
} from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { cassettes, type RecordedModels, startRecordedModels } from "./recorded-models.ts"
import { proxyHere } from "./starters/go-modules.ts"
import { indexHere } from "./starters/python-packages.ts"
import { registryHere } from "./starters/starter-packages.ts"

/**
 * Apps of real stacks, from a prompt to a change, by the loops, tools, machines and registries of a whole
 * platform. The models are simulated: somebody wrote down the answers that a strong one would give.
 */
interface Stack {
  /** of its two cassettes */
  name: string
  /** what people call it */
  title: string
  /** what it needs that is not here; nothing when all is */
  lacks: string | undefined
  heading: string
  /** uses the app as it was first built */
  use(page: Page): Promise<void>
  /** looks for what the change brought, on the data from before */
  useChanged(page: Page): Promise<void>
}

const toolchains = await readToolchains()
const withoutGo = toolchains.go === undefined ? "this computer has no Go" : undefined
const withoutPython = toolchains.python === undefined ? "this computer has no Python" : undefined
const [npm, python, go] = await Promise.all([
  registryHere(),
  withoutPython ? undefined : indexHere(),
  withoutGo ? undefined : proxyHere(),
])

const stacks: readonly Stack[] = [
  {
    ...{ name: "simulated-react", title: "React", heading: "Club tasks" },
    lacks: npm ? undefined : "no registry of packages is reached from here",
    async use(page) {
      await page.getByLabel("What is to be done?").fill("Mow the lawn")
      await page.getByRole("button", { name: "Add" }).click()
      await page.getByRole("button", { name: "Mow the lawn", exact: true }).click()
      await page.getByLabel("Who").selectOption("Grace")
      await page.getByRole("button", { name: "Save" }).click()
      await expect.poll(() => workload(page)).toEqual(["Ada 0", "Grace 1", "Linus 0"])
    },
    async useChanged(page) {
      await expect.poll(() => workload(page)).toEqual(["Grace 1"])
    },
  },
  {
    ...{ name: "simulated-fastapi", title: "FastAPI", heading: "Reading list" },
    lacks: withoutPython ?? (python ? undefined : "no index of Python's packages is reached"),
    async use(page) {
      for (const [title, author] of [
        ["Dune", "Frank Herbert"],
        ["Emma", "Jane Austen"],
      ] as const) {
        await page.getByLabel("Title").fill(title)
        await page.getByLabel("Author").fill(author)
        await page.getByRole("button", { name: "Add book" }).click()
        await page.getByRole("listitem").filter({ hasText: title }).waitFor()
      }
    },
    async useChanged(page) {
      await page.getByRole("checkbox", { name: "Dune" }).check()
      await page.getByText("1 left to read").waitFor()
      await page.reload()
      await expect.poll(() => page.getByRole("checkbox", { name: "Dune" }).isChecked()).toBe(true)
    },
  },
  {
    ...{ name: "simulated-go", title: "Go", heading: "Guest book" },
    lacks: withoutGo ?? (go ? undefined : "no proxy of Go's modules is reached from here"),
    async use(page) {
      await page.getByLabel("Name").fill("Ada")
      await page.getByLabel("Text").fill("Lovely evening")
      await page.getByRole("button", { name: "Sign the book" }).click()
      await page.getByRole("listitem").filter({ hasText: "Lovely evening" }).waitFor()
    },
    async useChanged(page) {
      await page.getByText("1 entry").waitFor()
      await page.getByRole("listitem").filter({ hasText: "Ada, " }).waitFor()
    },
  },
]

const here = stacks.filter(({ lacks }) => lacks === undefined)
const goalOf = (name: string): string =>
  JSON.parse(readFileSync(join(cassettes, "stacks", `${name}.json`), "utf8")).goal

let models: RecordedModels
let platform: Platform
let browser: Browser
let person: Person
beforeAll(async () => {
  const names = here.flatMap(({ name }) => [`stacks/${name}`, `stacks/${name}-changed`])
  models = await startRecordedModels(names)
  const registries = {
    ...(npm ? { VIBECAAS_REGISTRY_NPM: npm } : {}),
    ...(python ? { VIBECAAS_REGISTRY_PYPI: python } : {}),
    ...(go ? { VIBECAAS_REGISTRY_GO: go } : {}),
  }
  platform = await startPlatform({ env: { ...models.env, ...registries } })
  browser = await openBrowser()
  person = await signIn(platform)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
  models?.close()
})

async function untilProved(runId: Run["id"]): Promise<void> {
  const { state, failure } = await untilRunEnded(person, runId, 600)
  expect({ state, failure }).toEqual({ state: "succeeded", failure: null })
}

for (const { name, title, lacks, heading, use, useChanged } of stacks) {
  const reason = lacks === undefined ? "" : ` [skipped: ${lacks}]`
  test.skipIf(lacks !== undefined)(
    `an app in ${title} is built by simulated agents from a prompt, used, and changed with its data${reason}`,
    async () => {
      const project = await beginRun(person, { prompt: goalOf(name), preview: "public" })
      await untilProved(project.run.id)
      const { page, context } = await openPage(browser, wide)
      onTestFailed(() => photograph(page, `stack-${name}-failed`))
      const said = complaintsOf(page)
      await page.goto(project.previewUrl)
      await page.getByRole("heading", { name: heading }).waitFor()
      await use(page)

      const run = await askForChange(person, project.id, goalOf(`${name}-changed`))
      await untilProved(run.id)
      await page.reload()
      await useChanged(page)
      expect(await axeBreaches(page)).toEqual([])
      await photograph(page, `stack-${name}`)
      await page.setViewportSize({ width: 375, height: 800 })
      expect(await scrollsSidewaysBy(page)).toBe(0)
      expect(said).toEqual([])
      await context.close()
    },
    1_500_000,
  )
}

/** What each line says, for those who hear it. */
const workload = async (page: Page) => {
  const said = await page.getByRole("region", { name: "Workload" }).ariaSnapshot()
  return [...said.matchAll(/listitem: "?([^"\n]+)/g)].map(([, line]) => line)
}
