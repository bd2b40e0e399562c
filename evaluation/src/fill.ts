import { withDays } from "./days.ts"
import { ask, askOf, type Element, find, findFrom, press, pressControl } from "./on-page.ts"
import { Failed, until, type Visitor } from "./visitor.ts"
import { preferencesOf } from "./words.ts"

export type Value = string | number | boolean

interface Described {
  kind: string
  words: string
  options: { value: string; label: string }[]
  min: string
  isEditable: boolean
}

/** A field that a form offers beside search, found by its words; nothing when there is none now. */
export const freshField = (visitor: Visitor, words: string): Promise<Element | null> =>
  find(visitor, "field", preferencesOf(words), { fresh: true, searching: false })

/** @throws Failed when no field with these words comes up */
export function needField(visitor: Visitor, words: string): Promise<Element> {
  return until(visitor, `no field for “${words}”`, () =>
    find(visitor, "field", preferencesOf(words)),
  )
}

/**
 * Brings a value into a field of any kind, as a person would.
 *
 * @throws Failed when it does not take the value
 */
export async function fill(visitor: Visitor, field: Element, value: Value): Promise<void> {
  await askOf(field, "use")
  const about = await askOf<Described>(field, "describe")
  const text = withDays(String(value))
  const [first = ""] = text.split("|")
  if (about.kind === "select") return chooseOption(field, about, text)
  if (about.kind === "radio") return chooseRadio(field, about, text)
  if (["checkbox", "switch"].includes(about.kind)) return mark(field, value !== false)
  if (about.kind === "combobox" && !about.isEditable) {
    await press(field)
    await pressControl(visitor, optionPatterns(text).join("|"))
    return
  }
  await type(field, about, first)
  if (about.kind === "combobox") await field.press("Enter")
}

async function type(field: Element, about: Described, text: string): Promise<void> {
  const written = about.kind === "datetime-local" && !text.includes("T") ? `${text}T10:00` : text
  try {
    await field.fill(written, { timeout: 2000 })
  } catch {
    throw new Failed(`the field “${about.words}” (${about.kind}) does not take “${written}”`)
  }
}

async function chooseOption(field: Element, about: Described, text: string): Promise<void> {
  const real = about.options.filter(({ value, label }) => value !== "" || label !== "")
  for (const source of optionPatterns(text)) {
    const wanted = new RegExp(source, "iu")
    const found = real.find(({ value, label }) => wanted.test(label) || wanted.test(value))
    if (!found) continue
    await field.selectOption({ value: found.value })
    return
  }
  const offered = real.map(({ label }) => label).slice(0, 12)
  throw new Failed(`the field “${about.words}” does not offer “${text}”: ${offered.join(", ")}`)
}

async function chooseRadio(field: Element, about: Described, text: string): Promise<void> {
  for (const source of optionPatterns(text)) {
    const found = await findFrom(field, "choice", source)
    if (found) return mark(found, true)
  }
  throw new Failed(`the choice “${about.words}” does not offer “${text}”`)
}

/** Patterns of what may be chosen; a time may be written in any way, a number must be it whole. */
function optionPatterns(text: string): string[] {
  return text.split("|").flatMap((part) => {
    const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(part) ?? []
    if (hour !== undefined) return [`(^|\\D)0?${Number(hour)}\\s*[:.h]\\s*${minute}`]
    const plain = part.replaceAll(/[.*+?^${}()[\]\\/]/g, "\\$&")
    if (/^\d+$/.test(part)) return [`^\\D*${plain}(\\D|$)`]
    return [`^${plain}$`, plain]
  })
}

async function mark(box: Element, on: boolean): Promise<void> {
  const real = await box.evaluate((node) => Reflect.get(node, "checked") !== undefined)
  if (!real) {
    await press(box)
    return
  }
  await box.setChecked(on, { timeout: 1500 }).catch(() => box.setChecked(on, { force: true }))
}

/** What must not stay empty, or with `everything` all that is, gets something plausible. */
export async function fillTheRest(
  visitor: Visitor,
  field: Element | null,
  everything: boolean,
): Promise<void> {
  for (let left = 30; left > 0; left--) {
    const open = await visitor.page().evaluateHandle(
      ([near, all]) => {
        const reader = Reflect.get(globalThis, "evaluationReader")
        return reader.openFields(near, all)[0]
      },
      [field, everything] as const,
    )
    const next = open.asElement()
    if (!next) return
    const about = await askOf<Described>(next, "describe")
    await fill(visitor, next, plausible(about)).catch(() => {})
  }
}

function plausible(about: Described): Value {
  const options = about.options.filter(({ value }) => value !== "")
  const byKind: Record<string, Value> = {
    ...{ email: "probe@example.com", tel: "0151 2345678", url: "https://example.com/probe" },
    ...{ number: about.min || 1, range: about.min || 1, date: "{today+7}", time: "10:00" },
    ...{ month: "2027-01", week: "2027-W02", color: "#336699", checkbox: true, switch: true },
    ...{ select: options[0]?.label ?? "", radio: "", password: "a-long-enough-password" },
  }
  return byKind[about.kind] ?? "Probe"
}

/** Sends the form around a field: by its button, or as Enter does. */
export async function send(visitor: Visitor, field: Element, words: string): Promise<void> {
  const button = await findFrom(field, "submitOf", preferencesOf(words))
  if (!button) return field.press("Enter")
  await until(visitor, "the form’s button stays disabled", () => button.isEnabled())
  await press(button)
}

/** The first words of fields that are there, for a message. */
export async function fieldsInWords(visitor: Visitor): Promise<string> {
  const words = await ask<string[]>(visitor, "namesOfFields").catch(() => [])
  return words.length > 0 ? `there are: ${words.join(", ")}` : "there is no field"
}
