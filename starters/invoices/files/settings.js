import { choice, color, list, number, readSettings, text } from "./web/settings-kinds.js"

export const settings = readSettings({
  business_name: text(80, 1),
  business_address: text(300),
  tax_id: text(60),
  payment_details: text(400),
  currency: choice("EUR", "USD", "GBP", "CHF", "SEK", "PLN", "CAD", "AUD"),
  tax_rate: number(0, 99),
  other_tax_rates: list(0, 6, 10),
  tax_name: text(20, 1),
  prefix: text(12),
  payment_days: number(0, 365),
  accent: color,
})
