// From one accent color, all tones of it that can be read on light and on dark grounds.

const readable = 4.9
const steps = 40

/**
 * CSS with `--accent`, `--on-accent` (text on it), `--accent-text` (it as text, for both schemes) and
 * `--accent-on-paper` and `--accent-on-dark` (it as text on what is light or dark in both).
 * @param grounds the light and the dark color on which accent text is hardest to read
 */
export function themeCss(accent, grounds) {
  const own = channels(accent)
  const light = toward(own, channels("#000000"), channels(grounds.light))
  const dark = toward(own, channels("#ffffff"), channels(grounds.dark))
  const fill = `--accent: ${accent}; --on-accent: ${textOn(own)}; --accent-on-paper: ${hex(light)}; --accent-on-dark: ${hex(dark)};`
  return (
    `:root { ${fill} --accent-text: ${hex(light)}; }\n` +
    `@media (prefers-color-scheme: dark) { :root { --accent-text: ${hex(dark)}; } }\n` +
    `@media print { :root { --accent-text: ${hex(light)}; } }\n`
  )
}

const channels = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
const hex = (color) =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`

function textOn(ground) {
  const white = contrast([255, 255, 255], ground)
  return white >= 4.5 ? "#ffffff" : "#000000"
}

/** The color, moved to black or white just as far as it has to be. */
function toward(color, end, ground) {
  for (let step = 0; step <= steps; step++) {
    const mixed = color.map((part, at) => part + ((end[at] - part) * step) / steps)
    if (contrast(mixed, ground) >= readable) return mixed
  }
  return end
}

/** Contrast of two colors as WCAG 2.1 defines it. */
function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
