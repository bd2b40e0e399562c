import { expect, test } from "vitest"
import { z } from "zod"
import { flag, readConfig, setting } from "./config.ts"

const settings = {
  PORT: setting(z.coerce.number("must be a number").default(3000), "the port", "3000"),
  NAME: setting(z.string().min(3, "must be longer").optional(), "the name", "none"),
  LOUD: setting(flag(false), "whether it is loud", "0"),
}

test("what is not set has its default, and so has what is set to nothing", () => {
  const defaults = { ok: true, values: { PORT: 3000, NAME: undefined, LOUD: false } }
  expect(readConfig(settings, {})).toEqual(defaults)
  expect(readConfig(settings, { PORT: "", NAME: "", LOUD: "" })).toEqual(defaults)
})

test("all mistakes come together, in the order of the settings, each with its meaning", () => {
  expect(readConfig(settings, { LOUD: "very", NAME: "ab", PORT: "x" })).toEqual({
    ok: false,
    mistakes: [
      "PORT: must be a number (the port)",
      "NAME: must be longer (the name)",
      "LOUD: must be 1 or 0 (whether it is loud)",
    ],
  })
})

test.each([
  ...["1", "true", "yes", "on"].map((text) => [text, true] as const),
  ...["0", "false", "no", "off"].map((text) => [text, false] as const),
])("a flag reads %s as %s, whatever its default", (text, value) => {
  for (const fallback of [true, false])
    expect(readConfig({ A: setting(flag(fallback), "", "") }, { A: text })).toEqual({
      ok: true,
      values: { A: value },
    })
})

test("a variable that nobody declared is not read", () => {
  expect(readConfig(settings, { OTHER: "x" })).toMatchObject({ ok: true })
})
