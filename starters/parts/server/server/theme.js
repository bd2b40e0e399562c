// The accent colour of settings.json, made readable: whatever colour is chosen, text in it and on it
// keeps a contrast of 4.5 : 1 in the light and in the dark scheme. `light` and `dark` are the surfaces on
// which it is hardest to read: the darkest of the light ones, the brightest of the dark ones.

const white = "#ffffff"

/** A style sheet with `--accent` (a surface), `--on-accent` (text on it) and `--accent-text` (text on pages). */
export function themeCss(accent, { light, dark }) {
  const rules = (page) => {
    // on dark pages surfaces are brighter than they must be, so that they do not look dull
    const seen = readable(accent, page, page === dark ? 4 : 3)
    // white text looks better on colours of middling brightness, which only need to be a little darker
    const surface = contrast(seen, white) < 2.6 ? seen : readable(seen, white, 4.5)
    const ink = contrast(surface, white) >= 4.5 ? white : "#000000"
    return `--accent:${surface};--on-accent:${ink};--accent-text:${readable(accent, page, 5.2)}`
  }
  return `:root{${rules(light)}}@media (prefers-color-scheme:dark){:root{${rules(dark)}}}`
}

/** The colour, moved towards black or white until it stands out from `page` by this `ratio`. */
function readable(color, page, ratio) {
  const target = luminance(page) > 0.4 ? 0 : 255
  for (let part = 0; part <= 1; part += 0.05) {
    const mixed = mix(color, target, part)
    if (contrast(mixed, page) >= ratio) return mixed
  }
  return mix(color, target, 1)
}

const channels = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))

function mix(color, target, part) {
  const mixed = channels(color).map((value) => Math.round(value + (target - value) * part))
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`
}

function luminance(color) {
  const [red, green, blue] = channels(color).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one, other) {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}
