import { color, flag, number, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(40, 1),
  tagline: text(120),
  open_to_all: flag,
  alias_length: number(3, 12),
  accent: color,
})
