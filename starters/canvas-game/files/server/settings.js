import { color, flag, oneOf, readSettingsBy, text, whole } from "./settings-check.js"

export const readSettings = () =>
  readSettingsBy({
    title: text(40),
    accent: color,
    bricks: color,
    speed: oneOf("slow", "normal", "fast"),
    lives: whole(1, 9),
    powerUps: flag,
  })
