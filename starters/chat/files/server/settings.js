import { color, flag, readSettingsBy, text, texts, whole } from "./settings-check.js"

export const readSettings = () =>
  readSettingsBy({
    title: text(40),
    accent: color,
    rooms: texts({ min: 1, max: 12, itemMax: 30 }),
    welcome: text(160),
    messageLength: whole(100, 4000),
    deleteOwn: flag,
  })
