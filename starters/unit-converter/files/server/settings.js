import { readFileSync } from "node:fs"

/** The values of settings.json; what is left out has a value that works. */
export function readSettings(file = new URL("../settings.json", import.meta.url)) {
  const given = JSON.parse(readFileSync(file, "utf8"))
  const defaults = { title: "Converter", opensWith: "length", decimals: 4, keeps: true }
  return { ...defaults, ownUnits: [], accent: "#c2410c", ...given }
}

/** Black or white, whichever can be read better on the color. */
export function readableOn(color) {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const linear = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  const light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  return light > 0.179 ? "#000000" : "#ffffff"
}
