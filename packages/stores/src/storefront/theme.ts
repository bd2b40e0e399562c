/** How a shop looks, as its owner set it. Checked by the platform before it gets here. */
export interface ShopLook {
  name: string
  tagline: string
  /** `#rrggbb` */
  accent: string
  /** BCP 47, e.g. `en` */
  locale: string
  /** `data:image/png;base64,…` or webp, jpeg, svg+xml; nothing shows the name alone */
  logo?: string | undefined
}

type Rgb = [number, number, number]

/** The style sheet of one shop's colours; what is written in them is readable, whatever was chosen. */
export function themeSheet({ accent }: ShopLook): string {
  const colour = parse(accent)
  const onLight = readable(colour, { on: [255, 255, 255], towards: [0, 0, 0] })
  const onDark = readable(colour, { on: [20, 20, 22], towards: [255, 255, 255] })
  const onAccent = contrast(colour, [255, 255, 255]) >= 4.5 ? "#ffffff" : ink(colour)
  const fill = contrast(colour, parse(onAccent)) >= 4.5 ? colour : onLight
  return `:root{--accent:${hex(fill)};--on-accent:${fill === colour ? onAccent : "#ffffff"};--accent-text:light-dark(${hex(onLight)},${hex(onDark)})}`
}

const ink = (colour: Rgb) => (contrast(colour, [20, 20, 22]) >= 4.5 ? "#141416" : "#ffffff")

/** The colour, moved as little as it takes until it can be read on what it lies on. */
function readable(colour: Rgb, { on, towards }: { on: Rgb; towards: Rgb }): Rgb {
  for (let step = 0; step <= 20; step++) {
    const moved = mix(colour, { with: towards, share: step / 20 })
    if (contrast(moved, on) >= 5.2) return moved
  }
  return towards
}

function mix(colour: Rgb, { with: other, share }: { with: Rgb; share: number }): Rgb {
  const channel = (index: 0 | 1 | 2) =>
    Math.round(colour[index] * (1 - share) + other[index] * share)
  return [channel(0), channel(1), channel(2)]
}

/** From 1 to 21, as WCAG 2 defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: Rgb): number {
  const linear = (value: number) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

export function parse(text: string): Rgb {
  const value = Number.parseInt(text.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const hex = (colour: Rgb) => `#${colour.map((each) => each.toString(16).padStart(2, "0")).join("")}`
