// From one accent color, the tones of it that can be read on light and on dark grounds.

type Color = readonly [number, number, number]

const readable = 4.9
const steps = 40
const black: Color = [0, 0, 0]
const white: Color = [255, 255, 255]

/**
 * CSS with `--accent`, `--on-accent` (text on it) and `--accent-text` (it as text).
 * @param grounds the light and the dark color on which accent text is hardest to read
 */
export function themeCss(accent: string, grounds: { light: string; dark: string }): string {
  const own = channels(accent)
  const light = toward(own, black, channels(grounds.light))
  const dark = toward(own, white, channels(grounds.dark))
  const onAccent = contrast(white, own) >= 4.5 ? "#ffffff" : "#000000"
  return `:root { --accent: ${accent}; --on-accent: ${onAccent}; --accent-text: ${hex(light)}; }
@media (prefers-color-scheme: dark) { :root { --accent-text: ${hex(dark)}; } }
`
}

const channels = (color: string): Color => {
  const at = (from: number) => Number.parseInt(color.slice(from, from + 2), 16)
  return [at(1), at(3), at(5)]
}
const hex = (color: Color) =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`

/** The color, moved to black or white just as far as it has to be. */
function toward(color: Color, end: Color, ground: Color): Color {
  for (let step = 0; step <= steps; step++) {
    const mix = (at: 0 | 1 | 2) => color[at] + ((end[at] - color[at]) * step) / steps
    const mixed: Color = [mix(0), mix(1), mix(2)]
    if (contrast(mixed, ground) >= readable) return mixed
  }
  return end
}

/** Contrast of two colors as WCAG 2.1 defines it. */
function contrast(one: Color, other: Color): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

function luminance(color: Color): number {
  const linear = (part: number) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2])
}
