import { setTimeout as sleep } from "node:timers/promises"
import { fill, fillTheRest, needField, send } from "./fill.ts"
import { ask, type Element, find, press, pressControl, pressFound } from "./on-page.ts"
import { Failed, settle, soon, until, type Visitor } from "./visitor.ts"
import { patternOf, preferencesOf } from "./words.ts"

/** Presses something by its words. */
export async function click(
  visitor: Visitor,
  words: string,
  asked: { role?: string | undefined; beside?: string | undefined } = {},
): Promise<void> {
  const beside = asked.beside && patternOf(asked.beside).source
  await pressControl(visitor, words, { ...asked, beside })
  await settle(visitor.page())
}

/** Brings a value into one field, and leaves it there. */
export async function fillOne(
  visitor: Visitor,
  words: string,
  value: string | number | boolean,
): Promise<void> {
  const field = await needField(visitor, words)
  await fill(visitor, field, value)
  await field.dispatchEvent("change").catch(() => {})
  await settle(visitor.page())
}

/** Marks an entry as done: by its box, its button for that, or itself. */
export async function tick(visitor: Visitor, pattern: string): Promise<void> {
  const beside = patternOf(pattern).source
  const ways = [
    () => find(visitor, "control", ["."], { role: "checkbox", beside }),
    () => find(visitor, "control", ["."], { role: "switch", beside }),
    () => find(visitor, "toggle", beside),
    () => find(visitor, "control", preferencesOf("{done}"), { beside }),
    () => find(visitor, "control", preferencesOf(pattern), {}),
  ]
  await pressFound(visitor, `nothing marks “${pattern}” as done`, async () => {
    for (const way of ways) {
      const found = await way()
      if (found) return found
    }
    return null
  })
  await settle(visitor.page())
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Drags an entry below a heading, with the pointer. */
export async function drag(visitor: Visitor, pattern: string, to: string): Promise<void> {
  const page = visitor.page()
  const card = await boxOf(visitor, "entryOf", pattern)
  const heading = await boxOf(visitor, "heading", to)
  await page.mouse.move(card.x + card.width / 2, card.y + Math.min(card.height / 2, 20))
  await page.mouse.down()
  const goal = {
    x: heading.x + Math.max(heading.width / 2, 40),
    y: heading.y + heading.height + 60,
  }
  await page.mouse.move(goal.x, goal.y - 10, { steps: 12 })
  await page.mouse.move(goal.x, goal.y, { steps: 4 })
  await sleep(100)
  await page.mouse.up()
  await settle(page)
}

function boxOf(visitor: Visitor, how: "entryOf" | "heading", pattern: string): Promise<Box> {
  return until(visitor, `“${pattern}” is not on the page`, async () => {
    const element = await find(visitor, how, patternOf(pattern).source)
    await element?.scrollIntoViewIfNeeded()
    return element?.boundingBox()
  })
}

const password = "a-long-enough-password"

/** Signs up, in or out, wherever the app has that. */
export async function account(
  visitor: Visitor,
  way: "signUp" | "signIn" | "signOut",
  email = "probe@example.com",
): Promise<void> {
  if (way === "signOut") return signOut(visitor)
  await ask(visitor, "forget")
  const field = await openDoor(visitor, way)
  const known = await find(visitor, "field", preferencesOf("{email}|user|{name}|login"), {})
  if (known)
    await fill(visitor, known, (await wantsAddress(known)) ? email : (email.split("@")[0] ?? email))
  const secrets = await visitor.page().locator("input[type=password]:visible").elementHandles()
  for (const secret of secrets) await fill(visitor, secret, password)
  await fillTheRest(visitor, field, false)
  await send(visitor, field, `{${way}}|{submit}`)
  await settle(visitor.page())
}

const wantsAddress = (field: Element) =>
  field.evaluate((node) => {
    const { type, name, id, placeholder } = node as unknown as Record<string, string>
    const label = String(Reflect.get(globalThis, "evaluationReader").labelOf(node))
    return (
      type === "email" || /mail|correo|courriel/i.test([name, id, placeholder, label].join(" "))
    )
  })

/** The field for a password, behind the door that is meant. */
async function openDoor(visitor: Visitor, way: "signUp" | "signIn"): Promise<Element> {
  const secret = () => find(visitor, "passwordField")
  const other = way === "signUp" ? "signIn" : "signUp"
  if (!(await soon(visitor, secret))) {
    const door = await soon(visitor, () =>
      find(visitor, "control", preferencesOf(`{${way}}|{${other}}`), {}),
    )
    if (!door) throw new Failed("there is no way to sign up or in")
    await press(door)
    await settle(visitor.page())
  }
  const switched = await soon(visitor, () => find(visitor, "doorTo", preferencesOf(`{${way}}`)))
  if (switched) {
    await press(switched)
    await settle(visitor.page())
  }
  return until(visitor, "no field for a password", secret)
}

async function signOut(visitor: Visitor): Promise<void> {
  const out = () => find(visitor, "control", preferencesOf("{signOut}"), {})
  if (!(await soon(visitor, out))) {
    const menu = await find(
      visitor,
      "control",
      preferencesOf("account|menu|profile|konto|compte|cuenta"),
      {},
    )
    if (menu) await press(menu)
  }
  await pressFound(visitor, "nothing to sign out with", out)
  await settle(visitor.page())
}
