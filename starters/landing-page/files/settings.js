import { choice, color, flag, list, readSettings, text } from "./web/settings-kinds.js"
import { languages, wordsIn } from "./words.js"

export const settings = readSettings({
  language: choice(...languages),
  product_name: text(40, 1),
  tagline: text(90, 1),
  description: text(400),
  call_to_action: text(30, 1),
  features: list(0, 9, 220),
  plans: list(0, 4, 240),
  questions: list(0, 12, 400),
  opening_hours: list(0, 8, 120),
  address: text(200),
  contact_form: flag,
  privacy_note: text(300),
  accent: color,
})

export const words = wordsIn(settings.language, settings.product_name)

/** The note below the forms, with the product's name for `{name}`. */
export const privacyNote = settings.privacy_note.replaceAll("{name}", () => settings.product_name)

const halves = (item, sign) => {
  const at = item.indexOf(sign)
  return at < 0 ? [item.trim(), ""] : [item.slice(0, at).trim(), item.slice(at + 1).trim()]
}

/** Features as `{ title, text }`, written as `Title: text`. */
export const features = settings.features.map((item) => {
  const [title, words] = halves(item, ":")
  return { title, text: words }
})

/**
 * Plans as `{ name, price, per, points, best }`, written as `Name | 9 € / month | point, point`.
 * A star before the name marks the one you recommend. `| 49 €` is a price alone.
 */
export const plans = settings.plans.map((item) => {
  const [name = "", price = "", points = ""] = item.split("|").map((part) => part.trim())
  const [sum, per] = halves(price, "/")
  return {
    name: name.replace(/^\*\s*/, ""),
    best: name.startsWith("*"),
    price: sum,
    per,
    points: points
      .split(",")
      .map((point) => point.trim())
      .filter(Boolean),
  }
})

/** Opening hours as `{ days, times }`, written as `Tuesday to Friday: 10:00 to 18:00` or in one part. */
export const openingHours = settings.opening_hours.map((item) => {
  const [, days, times] = /^([^:\d]*?):?\s+(\d.*)$/.exec(item.trim()) ?? [item, item, ""]
  return { days, times }
})

/** Whether there is a place that people can come to. */
export const hasPlace = openingHours.length > 0 || settings.address !== ""

/** Questions as `{ question, answer }`, written as `Question? Answer` or `Question | answer`. */
export const questions = settings.questions.map((item) => {
  const [question, answer] = halves(item, item.includes("|") ? "|" : "?")
  return { question: item.includes("|") || !answer ? question : `${question}?`, answer }
})
