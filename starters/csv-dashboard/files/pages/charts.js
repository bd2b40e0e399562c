// Charts as inline SVG. Widths are percents and texts are outside of any scaling, so that they stay
// readable on a telephone as on a wide screen.
import { dateLabel } from "../server/format.js"
import { html } from "../server/html.js"

/** Horizontal bars, one for each group; negative values are drawn as empty bars with their figure. */
export function barChart(groups, { format, type, measure }) {
  // few bars get more room, so that the chart fills its panel
  const rowHeight = groups.length < 6 ? 48 : 40
  const largest = Math.max(...groups.map(({ value }) => value), 0) || 1
  const says = `${measure}: ${groups.map(({ label, value }) => `${label} ${format.value(value, type)}`).join(", ")}`
  return html`<svg class="bars" role="img" aria-label="${says}" width="100%" height="${groups.length * rowHeight}">
  ${groups.map(({ label, value }, index) => {
    const top = index * rowHeight
    const width = Math.max(0, (value / largest) * 100).toFixed(2)
    return html`<g><title>${label}: ${format.value(value, type)}</title>
    <text x="0" y="${top + 14}">${label.length > 28 ? `${label.slice(0, 27)}…` : label}</text>
    <text x="100%" y="${top + 14}" text-anchor="end" class="figure">${format.value(value, type)}</text>
    <rect class="track" x="0" y="${top + 21}" width="100%" height="8" rx="4" />
    <rect class="bar" x="0" y="${top + 21}" width="${width}%" height="8" rx="4" /></g>`
  })}
</svg>`
}

const plot = { top: 12, height: 210, left: 13 }

/** A line with one point for each day, month or year. */
export function lineChart({ unit, points }, { format, type, measure }) {
  if (points.length === 0) return html`<p class="quiet empty">No row here has a date.</p>`
  const top = ceiling(Math.max(...points.map(({ value }) => value), 0))
  const bottom = Math.min(...points.map(({ value }) => value), 0)
  const placed = points.map(({ label, value }, index) => ({
    label: dateLabel(label),
    value,
    x: points.length === 1 ? 50 : (index / (points.length - 1)) * 100,
    y: (1 - (value - bottom) / (top - bottom)) * 100,
  }))
  const says = `${measure} by ${unit}, from ${placed[0].label} to ${placed.at(-1).label}; highest ${format.value(Math.max(...points.map(({ value }) => value)), type)}`
  return html`<svg class="lines" role="img" aria-label="${says}" width="100%" height="${plot.top + plot.height + 28}">
  ${grid({ top, bottom, format, type })}
  <svg x="${plot.left}%" y="${plot.top}" width="${100 - plot.left - 2}%" height="${plot.height}" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">
    <polygon class="area" points="${placed[0].x},100 ${path(placed)} ${placed.at(-1).x},100" />
    <polyline class="line" points="${path(placed)}" vector-effect="non-scaling-stroke" />
  </svg>
  ${placed.map((point) => dot(point, { format, type }))}
  ${xLabels(placed)}
</svg>`
}

const path = (placed) => placed.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ")

const across = (x) => `${(plot.left + (x * (98 - plot.left)) / 100).toFixed(2)}%`

const dot = ({ label, value, x, y }, { format, type }) =>
  html`<circle class="dot" cx="${across(x)}" cy="${(plot.top + (y * plot.height) / 100).toFixed(1)}" r="4"><title>${label}: ${format.value(value, type)}</title></circle>`

function grid({ top, bottom, format, type }) {
  return [0, 0.5, 1].map((part) => {
    const y = plot.top + plot.height * (1 - part)
    const value = bottom + (top - bottom) * part
    return html`<line class="grid" x1="${plot.left}%" x2="98%" y1="${y}" y2="${y}" />
    <text x="${plot.left - 1.5}%" y="${y + 4}" text-anchor="end">${format.short(value, type)}</text>`
  })
}

function xLabels(placed) {
  const middle = placed[Math.floor((placed.length - 1) / 2)]
  const shown = placed.length < 3 ? placed : [placed[0], middle, placed.at(-1)]
  const y = plot.top + plot.height + 22
  return shown.map((point, index) => {
    const anchor = index === 0 ? "start" : index === shown.length - 1 ? "end" : "middle"
    return html`<text x="${across(point.x)}" y="${y}" text-anchor="${placed.length === 1 ? "middle" : anchor}">${point.label}</text>`
  })
}

/** The next round number, for the upper end of the axis. */
function ceiling(value) {
  if (value <= 0) return 1
  const step = 10 ** Math.floor(Math.log10(value)) / 2
  return Math.ceil(value / step) * step
}
