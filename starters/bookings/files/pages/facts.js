import { settings } from "../settings.js"
import { html } from "../web/html.js"
import { icons } from "./icons.js"

/** What a slot costs, or nothing where it costs nothing. */
export function priceText() {
  if (settings.price === 0) return undefined
  const whole = Number.isInteger(settings.price)
  return new Intl.NumberFormat("en-GB", {
    style: "currency",
    currency: settings.currency,
    minimumFractionDigits: whole ? 0 : 2,
  }).format(settings.price)
}

export function lengthText() {
  const minutes = Math.round(settings.slot_minutes)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return [hours && `${hours} h`, (rest || hours === 0) && `${rest} min`].filter(Boolean).join(" ")
}

/** Length, price and size of a slot, with their signs. */
export const factsPart = () => html`<ul class="facts">
  <li>${icons.clock} ${lengthText()}</li>
  ${priceText() && html`<li>${icons.price} ${priceText()}</li>`}
  ${settings.capacity > 1 && html`<li>${icons.people} Up to ${settings.capacity} people</li>`}
</ul>`
