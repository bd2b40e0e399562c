import { choice, color, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  front: text(40),
  back: text(40),
  language: choice("en", "de", "fr", "es"),
  accent: color,
})
