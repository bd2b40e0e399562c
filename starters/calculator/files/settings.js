import { currencies } from "./public/numbers.js"
import { choice, color, flag, list, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  inputs: list(0, 16, 160),
  results: list(0, 16, 240),
  note: text(300),
  currency: choice("as written", ...currencies),
  language: choice("en", "de", "fr", "es"),
  history: flag,
  accent: color,
})
