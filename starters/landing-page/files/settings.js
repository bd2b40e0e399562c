import { color, list, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  product_name: text(40, 1),
  tagline: text(90, 1),
  description: text(400),
  call_to_action: text(30, 1),
  features: list(0, 9, 220),
  plans: list(0, 4, 240),
  questions: list(0, 12, 400),
  privacy_note: text(300),
  accent: color,
})

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
 * A star before the name marks the one you recommend.
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

/** Questions as `{ question, answer }`, written as `Question? Answer` or `Question | answer`. */
export const questions = settings.questions.map((item) => {
  const [question, answer] = halves(item, item.includes("|") ? "|" : "?")
  return { question: item.includes("|") || !answer ? question : `${question}?`, answer }
})
