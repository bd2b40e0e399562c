import { html } from "../web/html.js"

const icon = (shapes) => html`<svg viewBox="0 0 20 20" width="20" height="20" fill="none"
  stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true">${shapes}</svg>`

export const plus = icon(html`<path d="M10 4v12M4 10h12"/>`)
export const up = icon(html`<path d="M10 16V5M5 9.5 10 4.5l5 5"/>`)
export const back = icon(html`<path d="M16 10H4.5M9.5 5l-5 5 5 5"/>`)
export const grip = icon(
  html`<path stroke-width="2.6" d="M7.5 5v0M12.5 5v0M7.5 10v0M12.5 10v0M7.5 15v0M12.5 15v0"/>`,
)

/** How far a column is along the board: a ring that fills up, with a check at the end. */
export function ring(share) {
  const around = 2 * Math.PI * 3.5
  if (share === 1)
    return html`<svg class="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle cx="10" cy="10" r="9" fill="currentColor"/>
      <path d="m6 10.3 2.8 2.8L14 7.8" class="ring-check" fill="none" stroke-width="2"
        stroke-linecap="round" stroke-linejoin="round"/></svg>`
  return html`<svg class="ring" viewBox="0 0 20 20" width="20" height="20" fill="none"
    stroke="currentColor" aria-hidden="true"><circle cx="10" cy="10" r="8" stroke-width="2"/>
    <circle cx="10" cy="10" r="3.5" stroke-width="7" transform="rotate(-90 10 10)"
      stroke-dasharray="${(around * share).toFixed(2)} ${around.toFixed(2)}"
      ${share === 0 && html`visibility="hidden"`}/></svg>`
}
