import { color, oneOf, readSettingsBy, text, texts } from "./settings-check.js"

export const currencies = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "PLN", "CAD", "AUD"]

export const readSettings = () =>
  readSettingsBy({
    groupName: text(50),
    people: texts({ min: 2, max: 20, itemMax: 30 }),
    currency: oneOf(...currencies),
    categories: texts({ min: 0, max: 12, itemMax: 24 }),
    accent: color,
  })
