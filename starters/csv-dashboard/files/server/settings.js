import { color, flag, oneOf, readSettingsBy, text, textUpTo, whole } from "./settings-check.js"

export const currencies = ["EUR", "USD", "GBP", "CHF", "JPY", "SEK", "PLN", "CAD", "AUD"]

export const readSettings = () =>
  readSettingsBy({
    title: text(60),
    accent: color,
    currency: oneOf(...currencies),
    groupBy: textUpTo(60),
    rowsPerPage: whole(10, 100),
    example: flag,
  })
