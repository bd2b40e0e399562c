import { html } from "../web/html.js"
import { dayText } from "./layout.js"

/** A bar for each day. @param days `{ day, n }`, the newest last */
export function chartPart(days, { label, height = 30 } = {}) {
  const most = Math.max(1, ...days.map(({ n }) => n))
  const width = 100 / days.length
  return html`<svg class="chart" viewBox="0 0 100 ${height}" preserveAspectRatio="none"
    ${label ? html`role="img" aria-label="${label}, at most ${most} a day"` : html`aria-hidden="true"`}>${days.map(
      ({ day, n }, at) => {
        const tall = n === 0 ? height * 0.03 : (n / most) * height
        return html`<rect class="${n === 0 ? "none" : "some"}" x="${(at * width + width * 0.1).toFixed(2)}"
          y="${(height - tall).toFixed(2)}" width="${(width * 0.8).toFixed(2)}" height="${tall.toFixed(2)}"><title>${dayText(day)}: ${n}</title></rect>`
      },
    )}</svg>`
}
