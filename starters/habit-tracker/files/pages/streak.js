import { html } from "../server/html.js"
import { icons } from "./layout.js"

export const counted = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`

/** How a habit stands, in a line: its streak, and what was done of this week. */
export const rowSummary = ({ target }, { unit, now, thisWeek }) =>
  html`${
    now > 0
      ? html`<span class="flame">${icons.flame}${counted(now, unit)}</span>`
      : html`<span>No streak yet</span>`
  }<span>${thisWeek} of ${target} this week</span>`
