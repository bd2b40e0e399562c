import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fieldsInWords, fill, fillTheRest, freshField, send, type Value } from "./fill.ts"
import { ask, type Element, find, findFrom, press, pressControl } from "./on-page.ts"
import { fieldWords, type Values } from "./step.ts"
import { Failed, settle, soon, until, type Visitor } from "./visitor.ts"
import { preferencesOf } from "./words.ts"

const files = join(import.meta.dirname, "../files")

/**
 * Fills a form in and sends it. A form that is not there is opened by a button that adds something;
 * one that asks in dialogs of the browser gets its answers there.
 *
 * @throws Failed when a field is missing that may not be, or the form cannot be sent
 */
export async function enter(visitor: Visitor, values: Values, by?: string): Promise<void> {
  await ask(visitor, "forget")
  const asked = Object.entries(values).map(([key, value]) => ({ ...fieldWords(key), value }))
  visitor.dialogAnswers = asked.map(({ value }) => String(value))
  const given = await fillAll(visitor, asked)
  if (given === "in dialogs") return settle(visitor.page())
  visitor.dialogAnswers = []
  const near = given[0] ?? (await find(visitor, "anyField"))
  if (!near) throw new Failed("there is no form")
  await fillTheRest(visitor, near, given.length === 0)
  await send(visitor, near, by ? `${by}|{submit}` : "{submit}")
  await settle(visitor.page())
}

interface Asked {
  words: string
  optional: boolean
  value: Value
}

async function fillAll(
  visitor: Visitor,
  asked: readonly Asked[],
): Promise<Element[] | "in dialogs"> {
  const needed = asked.find(({ optional }) => !optional)
  if (needed && !(await openForm(visitor, needed.words))) return "in dialogs"
  const given: Element[] = []
  for (const { words, optional, value } of asked) {
    // What may be missing is not put into the one field that has another value already.
    const field =
      (await freshField(visitor, words)) ?? (optional ? null : await soleField(visitor, asked))
    if (field) {
      await fill(visitor, field, value)
      given.push(field)
      // What was chosen may bring further fields.
      await sleep(50)
    } else if (!(await joinedToDay(visitor, value)) && !optional)
      throw new Failed(`no field for “${words}”; ${await fieldsInWords(visitor)}`)
  }
  return given
}

/** A form with one field for text means it, whatever it is called. */
async function soleField(visitor: Visitor, asked: readonly Asked[]): Promise<Element | null> {
  return asked.filter(({ optional }) => !optional).length === 1
    ? find(visitor, "onlyTextField")
    : null
}

/** A time belongs to the field that already has the day, if that takes both. */
async function joinedToDay(visitor: Visitor, value: Value): Promise<boolean> {
  if (!/^\d\d:\d\d$/.test(String(value))) return false
  const moment = await find(visitor, "usedMoment")
  if (!moment) return false
  const [day] = (await moment.inputValue()).split("T")
  await moment.fill(`${day}T${value}`)
  return true
}

/** Whether a form with this field is there, opened if need be; false when dialogs took all answers. */
async function openForm(visitor: Visitor, words: string): Promise<boolean> {
  const there = async () => (await freshField(visitor, words)) ?? find(visitor, "onlyTextField")
  if (await soon(visitor, there)) return true
  const opener = await find(visitor, "control", preferencesOf("{add}|{book}|{edit}"))
  if (!opener) throw new Failed(`no field for “${words}”; ${await fieldsInWords(visitor)}`)
  const before = visitor.dialogAnswers.length
  await press(opener)
  await settle(visitor.page())
  if (visitor.dialogAnswers.length < before) return false
  const named = await fieldsInWords(visitor)
  await until(visitor, `no field for “${words}”; ${named}`, there)
  return true
}

/** Gives the app a file, with what its form wants beside it. */
export async function upload(visitor: Visitor, name: string, values: Values = {}): Promise<void> {
  await ask(visitor, "forget")
  const there = () => find(visitor, "fileField")
  if (!(await soon(visitor, there)))
    await pressControl(visitor, "{upload}|{add}|datei|file|photo|foto|image|bild")
  const field = await until(visitor, "nowhere to give a file", there)
  for (const [key, value] of Object.entries(values)) {
    const { words, optional } = fieldWords(key)
    const other = await freshField(visitor, words)
    if (other) await fill(visitor, other, value)
    else if (!optional) throw new Failed(`no field for “${words}”; ${await fieldsInWords(visitor)}`)
  }
  await field.setInputFiles(join(files, name))
  await sleep(200)
  await fillTheRest(visitor, field, false).catch(() => {})
  // Many take a file as soon as it is chosen.
  const button = await findFrom(field, "submitOf", preferencesOf("{upload}|{submit}")).catch(
    () => null,
  )
  if (button && (await button.isEnabled().catch(() => false)) && !(await opensChooser(button)))
    await press(button).catch(() => {})
  await settle(visitor.page())
}

/** A button that only opens the browser's chooser of files sends nothing. */
const opensChooser = (button: Element) =>
  button.evaluate((node) =>
    /choose|select|browse|durchsuch|auswähl|parcour|choisir|elegir|examinar/i.test(
      String(Reflect.get(node, "innerText")),
    ),
  )

export async function search(visitor: Visitor, text: string): Promise<void> {
  const field = await until(visitor, "nowhere to search", () => find(visitor, "searchField"))
  await fill(visitor, field, text)
  await field.press("Enter")
  await settle(visitor.page())
}
