import type { Page } from "playwright-core"

const address = {
  "E-mail": "ada@example.com",
  "First name": "Ada",
  "Last name": "Lovelace",
  "Street and number": "1 Main Street",
  "Postal code": "10115",
  Town: "Berlin",
}

/** Fills in the first step of a checkout of our storefront. */
export async function fillAddress(page: Page): Promise<void> {
  for (const [label, value] of Object.entries(address)) await page.getByLabel(label).fill(value)
}
