import { html } from "../web/html.js"

const icon = (shapes) => html`<svg viewBox="0 0 20 20" width="20" height="20" fill="none"
  stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"
  aria-hidden="true">${shapes}</svg>`

export const icons = {
  mark: html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
    <circle cx="16" cy="16" r="16" fill="var(--accent)" class="mark-ground"/>
    <path class="mark-sign" d="M16 8v8l5.5 3.5" fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`,
  clock: icon(html`<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.8 1.8"/>`),
  people: icon(
    html`<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16c.4-3 2.4-4.6 5-4.6s4.6 1.6 5 4.6M13 4.6a2.8 2.8 0 0 1 0 4.9M14.8 11.8c1.6.6 2.5 2 2.7 4.2"/>`,
  ),
  price: icon(html`<path d="M3 10V4h6l8 8-6 6z"/><circle cx="6.6" cy="7.6" r="1"/>`),
  back: icon(html`<path d="M16 10H4.5M9.5 5l-5 5 5 5"/>`),
  done: icon(html`<path d="m4 10.5 4 4 8-9"/>`),
  wait: icon(html`<path d="M6 3h8M6 17h8M7 3c0 4 6 4 6 7s-6 3-6 7M13 3c0 4-6 4-6 7s6 3 6 7"/>`),
  gone: icon(html`<path d="m5 5 10 10M15 5 5 15"/>`),
  calendar: icon(
    html`<rect x="3" y="4.5" width="14" height="12.5" rx="2"/><path d="M3 8.5h14M7 2.5v3.5M13 2.5v3.5"/>`,
  ),
}
