import { setTimeout as sleep } from "node:timers/promises"
import { numbersIn } from "./numbers.ts"
import { ask, find, needControl, press } from "./on-page.ts"
import { Failed, until, type Visitor, withPatience } from "./visitor.ts"
import { patternOf, preferencesOf } from "./words.ts"

const textOf = (visitor: Visitor) => ask<string>(visitor, "text")

export async function see(visitor: Visitor, pattern: string): Promise<void> {
  const wanted = patternOf(pattern)
  await until(visitor, `“${pattern}” is not on the page`, async () =>
    wanted.test(await textOf(visitor)),
  )
}

/** Words that came since the page was last acted on: an answer, not a heading that always stood there. */
export async function says(visitor: Visitor, pattern: string): Promise<void> {
  const words = new RegExp(patternOf(pattern).source, "giu")
  const timesIn = (text: string) => text.match(words)?.length ?? 0
  const before = timesIn(visitor.before)
  await until(
    visitor,
    `it does not answer “${pattern}”`,
    async () => timesIn(await textOf(visitor)) > before,
  )
}

/** Keeps what the page says now, for whoever wants to know what an act changes. */
export async function remember(visitor: Visitor): Promise<void> {
  visitor.before = await textOf(visitor).catch(() => "")
}

export async function gone(visitor: Visitor, pattern: string): Promise<void> {
  const wanted = patternOf(pattern)
  await until(
    visitor,
    `“${pattern}” is still on the page`,
    async () => !wanted.test(await textOf(visitor)),
  )
}

export async function number(visitor: Visitor, value: number, within = 0.005): Promise<void> {
  await until(visitor, `the number ${value} is not on the page`, async () =>
    numbersIn(await textOf(visitor)).some((each) => Math.abs(each - value) <= within),
  )
}

/** One text after another, at some place each. */
export async function order(visitor: Visitor, patterns: readonly string[]): Promise<void> {
  await until(visitor, `not in this order: ${patterns.join(", ")}`, async () => {
    let rest = await textOf(visitor)
    for (const pattern of patterns) {
      const found = patternOf(pattern).exec(rest)
      if (!found) return false
      rest = rest.slice(found.index + found[0].length)
    }
    return true
  })
}

export async function seeBelow(
  visitor: Visitor,
  step: { below: string; text: string; among: string },
): Promise<void> {
  const [text, heading, among] = [step.text, step.below, step.among].map(
    (each) => patternOf(each).source,
  )
  await until(visitor, `“${step.text}” is not below “${step.below}”`, () =>
    ask<boolean>(visitor, "under", text, heading, among),
  )
}

export async function marked(
  visitor: Visitor,
  mark: "isCrossed" | "isRed",
  pattern: string,
): Promise<void> {
  const what = mark === "isCrossed" ? "struck through" : "red"
  await until(visitor, `“${pattern}” is not ${what}`, () =>
    ask<boolean>(visitor, mark, patternOf(pattern).source),
  )
}

export async function control(visitor: Visitor, pattern: string): Promise<void> {
  await needControl(visitor, pattern)
}

export async function atLeast(
  visitor: Visitor,
  what: "drawings" | "images",
  count: number,
): Promise<void> {
  await until(
    visitor,
    `there are fewer than ${count} ${what}`,
    async () => (await ask<number>(visitor, what)) >= count,
  )
}

/** Whether the page looks otherwise after keys, or after pieces of a board were pressed. */
export async function changes(
  visitor: Visitor,
  actions: readonly string[],
  start?: string,
): Promise<void> {
  if (start) await begin(visitor, start)
  await visitor.page().mouse.move(0, 0)
  const before = await visitor.page().screenshot()
  for (const action of actions) {
    const [, nth] = /^cell (\d+)$/.exec(action) ?? []
    if (nth !== undefined) await cell(visitor, Number(nth))
    else await visitor.page().keyboard.press(action)
    await sleep(150)
  }
  await visitor.page().mouse.move(0, 0)
  await until(
    visitor,
    "nothing on the page changes",
    async () => !before.equals(await visitor.page().screenshot()),
  )
}

async function begin(visitor: Visitor, start: string): Promise<void> {
  const opener = await withPatience(visitor, 700, () => needControl(visitor, start)).catch(
    () => null,
  )
  if (opener) await press(opener)
  await sleep(200)
}

/** Presses one piece of a board. */
export async function cell(visitor: Visitor, nth: number): Promise<void> {
  const at = await until(visitor, "there is no board", () =>
    ask<{ x: number; y: number } | null>(visitor, "cell", nth),
  )
  await visitor.page().mouse.click(at.x, at.y)
}

export async function fits(visitor: Visitor, width: number): Promise<void> {
  const page = visitor.page()
  const before = page.viewportSize()
  await page.setViewportSize({ width, height: 800 })
  try {
    const sticksOut = await ask<number>(visitor, "sticksOut")
    if (sticksOut > 1)
      throw new Failed(`at ${width} px the page scrolls sideways by ${sticksOut} px`)
  } finally {
    if (before) await page.setViewportSize(before)
  }
}

export const fieldIsThere = async (visitor: Visitor, words: string): Promise<void> => {
  await until(visitor, `no field for “${words}”`, () =>
    find(visitor, "field", preferencesOf(words)),
  )
}
