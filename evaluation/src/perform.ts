import type { Simple, Step } from "./step.ts"
import { account, click, drag, fillOne, tick } from "./steps-act.ts"
import * as answers from "./steps-answers.ts"
import { enter, search, upload } from "./steps-forms.ts"
import * as look from "./steps-look.ts"
import { Failed, settle, Untried, type Visitor, withPatience } from "./visitor.ts"

/** What came of a test; `why` says in words which step could not be taken. */
export interface Tried {
  state: "passed" | "failed" | "untried"
  why: string | null
}

/** Takes the steps of a test one after the other. */
export async function tryOut(visitor: Visitor, steps: readonly Step[]): Promise<Tried> {
  try {
    await performAll(visitor, steps)
    return { state: "passed", why: null }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)
    return { state: error instanceof Untried ? "untried" : "failed", why }
  }
}

async function performAll(visitor: Visitor, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await perform(visitor, step)
}

/** How each kind of step is taken. */
type Ways = {
  [K in KeyOf<Simple>]?: (visitor: Visitor, step: Extract<Simple, Record<K, unknown>>) => unknown
}
type KeyOf<T> = T extends T ? keyof T : never

const ways = {
  open: (visitor, step) => visitor.open(step.open),
  reload,
  browser: (visitor, step) => visitor.switchTo(step.browser),
  follow: (visitor, step) => click(visitor, step.follow),
  click: (visitor, step) => click(visitor, step.click, step),
  cell: (visitor, step) => look.cell(visitor, step.cell),
  fill: (visitor, step) => fillOne(visitor, step.fill, step.with),
  enter: (visitor, step) => enter(visitor, step.enter, step.by),
  tick: (visitor, step) => tick(visitor, step.tick),
  drag: (visitor, step) => drag(visitor, step.drag, step.to),
  upload: (visitor, step) => upload(visitor, step.upload, step.with),
  search: (visitor, step) => search(visitor, step.search),
  account: (visitor, step) => account(visitor, step.account, step.email),
  see: (visitor, step) => look.see(visitor, step.see),
  says: (visitor, step) => look.says(visitor, step.says),
  gone: (visitor, step) => look.gone(visitor, step.gone),
  number: (visitor, step) => look.number(visitor, step.number, step.within),
  order: (visitor, step) => look.order(visitor, step.order),
  below: (visitor, step) => look.seeBelow(visitor, step),
  crossed: (visitor, step) => look.marked(visitor, "isCrossed", step.crossed),
  red: (visitor, step) => look.marked(visitor, "isRed", step.red),
  field: (visitor, step) => look.fieldIsThere(visitor, step.field),
  control: (visitor, step) => look.control(visitor, step.control),
  drawing: (visitor, step) => look.atLeast(visitor, "drawings", step.drawing),
  images: (visitor, step) => look.atLeast(visitor, "images", step.images),
  changes: (visitor, step) => look.changes(visitor, step.changes, step.start),
  fits: (visitor, step) => look.fits(visitor, step.fits),
  download: (visitor, step) => answers.download(visitor, step.download, step.holds),
  leads: (visitor, step) => answers.leads(visitor, step.leads),
  request: (visitor, step) => answers.request(visitor, step),
} satisfies Ways

/** After these the app may say something new. */
const acts: ReadonlySet<string> = new Set(["click", "follow", "enter", "tick", "upload"])

async function perform(visitor: Visitor, step: Step): Promise<void> {
  if ("anyOf" in step) return anyOf(visitor, step.anyOf)
  if ("not" in step) return not(visitor, step.not)
  if ("perhaps" in step)
    return withPatience(visitor, 1200, () => performAll(visitor, step.perhaps)).catch(() => {})
  if ("given" in step)
    return performAll(visitor, step.given).catch((error: Error) => {
      throw new Untried(`it could not be tried: ${error.message}`)
    })
  const kind = Object.keys(ways).find((each) => each in step)
  if (!kind) throw new Error(`there is no way to ${Object.keys(step).join(", ")}`)
  if (acts.has(kind)) await look.remember(visitor)
  // The key that was just found says which step it is.
  await (ways as Record<string, (visitor: Visitor, step: Simple) => unknown>)[kind]?.(visitor, step)
}

async function reload(visitor: Visitor): Promise<void> {
  await settle(visitor.page())
  await visitor.page().reload()
  await settle(visitor.page())
}

/** The first way that can be gone; the last has all the patience. */
async function anyOf(visitor: Visitor, choices: readonly (readonly Step[])[]): Promise<void> {
  const failures: string[] = []
  for (const [index, steps] of choices.entries()) {
    const patience = index === choices.length - 1 ? visitor.patienceMs : 2500
    try {
      return await withPatience(visitor, patience, () => performAll(visitor, steps))
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
  throw new Failed(failures.join("; nor: "))
}

async function not(visitor: Visitor, steps: readonly Step[]): Promise<void> {
  const { state } = await tryOut(visitor, steps)
  if (state === "passed") throw new Failed("it could be done, and should not")
}
