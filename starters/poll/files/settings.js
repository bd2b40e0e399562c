import { choice, color, list, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  intro: text(300),
  mode: choice("poll", "quiz"),
  questions: list(1, 30, 400),
  show_results: choice("after voting", "always"),
  accent: color,
})
