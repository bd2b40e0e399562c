import { color, flag, readSettingsBy, text, texts, whole } from "./settings-check.js"

export const readSettings = () =>
  readSettingsBy({
    title: text(60),
    resource: text(30),
    fields: texts({ min: 1, max: 20, itemMax: 80 }),
    pageSize: whole(5, 100),
    keyToWrite: flag,
    accent: color,
  })
