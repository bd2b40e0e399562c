import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { beginRun, type Person, signIn, untilRunEnded } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, previewOf } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { type RecordedModels, startRecordedModels } from "./recorded-models.ts"
import { complaintDesk } from "./stacks/complaint-desk.ts"
import { writeCassette } from "./stacks/written-cassette.ts"

let models: RecordedModels
let platform: Platform
let browser: Browser
let person: Person
const folder = mkdtempSync(join(tmpdir(), "complaint-desk-"))
beforeAll(async () => {
  const path = join(folder, "run.json")
  writeCassette(path, complaintDesk)
  models = await startRecordedModels([path])
  const starting = startPlatform({ env: models.env })
  browser = await openBrowser()
  platform = await starting
  person = await signIn(platform)
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
  models?.close()
  rmSync(folder, { recursive: true, force: true })
})

test("agents ask for leave to use AI, and once a person allows it the app that they built asks models by the wire", async () => {
  const { page } = await openPageAs(browser, { platform, person })
  onTestFailed(() => photograph(page, "ai-feature"))
  const { id: projectId, run } = await beginRun(person, {
    prompt: complaintDesk.goal,
    preview: "private",
  })
  await page.goto(`${person.root}/projects/${projectId}`)
  const decision = page.getByRole("region", { name: "Decision for AI feature" })
  await decision.getByText(/for at most \$1\.50 and 50,000 tokens a month\?/).waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await decision.getByRole("button", { name: "Allow" }).click()
  const { state, failure } = await untilRunEnded(person, run.id, 300)
  expect({ state, failure }).toEqual({ state: "succeeded", failure: null })

  const app = previewOf(page, "Complaint desk")
  await app.getByLabel("Complaint").fill("My box came a week late")
  await app.getByRole("button", { name: "Who should answer?" }).click()
  await app.getByRole("status").getByText("I read: “My box came a week late”").waitFor()
  const params = { projectId }
  const ai = await person.call("GET /projects/{projectId}/ai", { params })
  expect(ai).toMatchObject({ enabled: true, centsMax: 150, tokensMax: 50_000, used: { calls: 1 } })
}, 420_000)
