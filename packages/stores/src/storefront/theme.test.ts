import fc from "fast-check"
import { expect, test } from "vitest"
import { contrast, parse, themeSheet } from "./theme.ts"

test("whatever colour is chosen, everything that is written with it can be read", () => {
  const colour = fc.integer({ min: 0, max: 0xffffff })
  fc.assert(
    fc.property(colour, (value) => {
      const accent = `#${value.toString(16).padStart(6, "0")}`
      const sheet = themeSheet({ name: "", tagline: "", accent, locale: "en" })
      const [fill = "", on = "", light = "", dark = ""] = sheet.match(/#[0-9a-f]{6}/g) ?? []
      expect(contrast(parse(fill), parse(on))).toBeGreaterThanOrEqual(4.5)
      expect(contrast(parse(light), [255, 255, 255])).toBeGreaterThanOrEqual(4.5)
      expect(contrast(parse(dark), [20, 20, 22])).toBeGreaterThanOrEqual(4.5)
    }),
  )
})
