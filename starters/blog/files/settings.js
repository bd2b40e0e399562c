import { color, number, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  tagline: text(140),
  author: text(60),
  about: text(600),
  posts_per_page: number(1, 50),
  accent: color,
})
