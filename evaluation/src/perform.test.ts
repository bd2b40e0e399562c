import { expect, test } from "vitest"
import type { Step } from "./step.ts"
import { owned, shoppingList } from "./testing/list-apps.ts"
import { notes } from "./testing/other-apps.ts"
import { brief, trials } from "./testing/tells-apart.ts"

const { tried, tellsApart } = trials()

const all = { keep: true, live: true, cross: true }

test("a list that forgets on a reload is told from one that keeps", () =>
  tellsApart({ honest: shoppingList(), green: shoppingList({ ...all, keep: false }) }, [
    { enter: { "{thing}": "Oats" } },
    { see: "Oats" },
    { reload: true },
    { see: "Oats" },
  ]))

test("a second browser that has to reload is told from one that sees at once", () =>
  tellsApart({ honest: shoppingList(), green: shoppingList({ ...all, live: false }) }, [
    { browser: "other" },
    { browser: "first" },
    { enter: { "{thing}": "Basil" } },
    { browser: "other" },
    { see: "Basil" },
  ]))

test("a test whose conditions cannot be met says nothing about the app", async () => {
  const steps: Step[] = [{ given: [{ see: "no such thing" }] }, { see: "Shopping" }]
  expect(await tried(shoppingList(), steps, brief)).toBe("untried")
})

test("what only an owner may is tried with the code that the app wrote into its log", async () => {
  const log = "Ready\nNo owner yet. Open /owner; the setup code is AB12-CD34-56\n"
  const steps: Step[] = [{ enter: { "{thing}": "Oats" } }, { see: "Oats" }]
  expect(await tried(owned("AB12-CD34-56"), steps, { log })).toBe("passed")
  expect(await tried(owned("another code"), steps, { log, ...brief })).toBe("failed")
})

test("a form is sent by the button that sends it, and its only field is not filled with what may be missing", async () => {
  const steps: Step[] = [{ enter: { note: "Oats", "nickname ?": "Zoe" } }, { see: "Oats" }]
  expect(await tried(notes(), steps, brief)).toBe("passed")
})
