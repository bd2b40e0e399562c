import { execFile } from "node:child_process"
import { existsSync, symlinkSync } from "node:fs"
import { mkdtemp, readdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import type { Store } from "@vibecaas/contract/store"
import type { Page } from "playwright-core"
import { expect, onTestFailed, test } from "vitest"
import { type Person, signIn as signInByApi } from "./api.ts"
import { openBrowser, openPage, openPageAs, photograph, wide } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { programsOfStore } from "./processes.ts"

const checkout = resolve(import.meta.dirname, "../..")
/** Where the tests of engines keep theirs too, from one run to the next. */
const kept = join(checkout, ".cache")

/**
 * Installs an engine as an operator does, unless it is there.
 *
 * @param argv what follows `bin/engines install`
 * @returns why it cannot be, if anything
 */
export function installEngine(
  { engine, version }: { engine: string; version: string },
  argv: readonly string[],
): Promise<string | undefined> {
  const isThere = () => existsSync(join(kept, "engines", engine, version, "install.json"))
  if (isThere()) return Promise.resolve(undefined)
  const program = join(checkout, "apps/control-plane/src/main/engines.ts")
  const env = { ...process.env, VIBECAAS_DATA: kept }
  return new Promise((done) => {
    execFile(process.execPath, [program, "install", ...argv], { env }, (error, _, stderr) =>
      // Another test may have installed it meanwhile.
      done(error && !isThere() ? stderr.trim().slice(-300) : undefined),
    )
  })
}

/** A platform that has the installed engines, somebody signed in, and one store of a real engine. */
export interface RealShop {
  platform: Platform
  person: Person
  /** where that person is signed in */
  page: Page
  /** a page of somebody who was never here */
  visit(): Promise<Page>
  /** as it is now */
  store(): Promise<Store>
  /** opens a tab of its screen */
  show(tab: string): Promise<void>
  /** waits until its work is over. @throws when it failed */
  untilReady(): Promise<Store>
  close(): Promise<void>
}

/** @returns the shop, which is being made, or what of the system it needs and is not here */
export async function openRealShop(wanted: {
  name: string
  engine: string
  version: string
}): Promise<RealShop | { lacks: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), "vibecaas-shop-"))
  symlinkSync(join(kept, "engines"), join(dataDir, "engines"))
  const platform = await startPlatform({ dataDir })
  const person = await signInByApi(platform)
  const lacks = await lacksFor(person, wanted)
  if (lacks) {
    await platform.remove()
    return { lacks }
  }
  const browser = await openBrowser()
  const { page } = await openPageAs(browser, { platform, person })
  const values = { adminEmail: "mara@example.com" }
  const { id } = await person.call("POST /stores", { body: { ...wanted, plan: "basic", values } })
  const store = () => person.call("GET /stores/{storeId}", { params: { storeId: id } })
  return {
    ...{ platform, page, person, store },
    visit: async () => (await openPage(browser, wide)).page,
    async show(tab) {
      await page.goto(`${person.root}/stores/${id}?tab=${tab}`)
    },
    async untilReady() {
      const state = async () => (await store()).state
      await expect.poll(state, { timeout: 600_000, interval: 250 }).toMatch(/^(ready|failed)$/)
      const now = await store()
      expect(now.failure).toBeNull()
      return now
    },
    async close() {
      await browser.close()
      await platform.remove()
    },
  }
}

async function lacksFor(person: Person, wanted: { engine: string; version: string }) {
  const { items } = await person.call("GET /store-engines", {})
  const engine = items.find(({ name }) => name === wanted.engine)
  return engine?.versions.find(({ version }) => version === wanted.version)?.lacks
}

/** What there still is of a store that was deleted, its last backup apart: rows, pages, programs, folders, limits. */
export async function leftOf(
  { platform, person, visit }: RealShop,
  { id, url }: Pick<Store, "id" | "url">,
): Promise<string[]> {
  const { items } = await person.call("GET /stores", {})
  const page = await visit()
  const status = (await page.goto(url))?.status()
  await page.close()
  // Not below them: a store's work folder leads into the engine's own, which is large.
  const folders = await Promise.all(
    ["stores/stores", "run/st/s"].map((name) => readdir(join(platform.dataDir, name))),
  )
  const groups = await Promise.all(
    (await readdir("/sys/fs/cgroup").catch(() => [])).map((name) =>
      readdir(join("/sys/fs/cgroup", name)).catch(() => []),
    ),
  )
  return [
    ...items.map(({ name }) => `store ${name}`),
    ...(status === 404 ? [] : [`a page that answers ${status}`]),
    ...programsOfStore(id).map((pid) => `process ${pid}`),
    ...[...folders, ...groups].flat().filter((name) => name.includes(id)),
  ]
}

/** Facts of one shop, in their order; each is skipped where the shop cannot be made. */
export function factsOf(
  at: () => RealShop | { lacks: string },
): (title: string, body: (shop: RealShop) => Promise<void>) => void {
  return (title, body) =>
    test(title, { timeout: 900_000 }, async (context) => {
      const shop = at()
      if ("lacks" in shop) return context.skip(shop.lacks)
      onTestFailed(() => photograph(shop.page, title))
      await body(shop)
    })
}
