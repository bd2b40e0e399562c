import { color, flag, list, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  columns: list(2, 8, 30),
  votes: flag,
  accent: color,
})
