import { choice, color, list, number, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  title: text(60, 1),
  intro: text(400),
  opening_days: list(1, 7, 20),
  opens: number(0, 23.75),
  closes: number(0.25, 24),
  slot_minutes: number(5, 480),
  capacity: number(1, 200),
  asked: list(0, 6, 60),
  price: number(0, 100_000),
  currency: choice("EUR", "USD", "GBP", "CHF", "SEK", "PLN", "CAD", "AUD"),
  days_ahead: number(1, 60),
  time_zone: zone,
  accent: color,
})

function zone(value) {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value })
    return undefined
  } catch {
    return "give a time zone such as Europe/Berlin"
  }
}
