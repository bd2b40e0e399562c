import { expect, test } from "vitest"
import { costOf, priceOf, showPrice } from "./cost.ts"

const info = (provider: string, model: string) => ({ provider, model, simulated: false, label: "" })
const used = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 }

function costs(provider: string, model: string, tokens: Partial<typeof used>): number | undefined {
  const price = priceOf(info(provider, model))
  return price && costOf(price, { ...used, ...tokens })
}

test("a million tokens of each sort cost what the list says", () => {
  const million = 1_000_000
  expect(costs("openai", "gpt-5", { output: million })).toBe(10_000_000)
  expect(costs("anthropic", "claude-haiku-4-5", { input: million })).toBe(1_000_000)
  expect(costs("anthropic", "claude-haiku-4-5", { input: million, cacheRead: million })).toBe(
    100_000,
  )
  expect(costs("anthropic", "claude-haiku-4-5", { input: million, cacheWrite: million })).toBe(
    1_250_000,
  )
})

test("a part that was cached is paid apart from the rest, and rounded as a whole", () => {
  expect(costs("openai", "gpt-5", { input: 1000, cacheRead: 900, output: 10 })).toBe(338)
})

test("a long prompt has the rates of long prompts", () => {
  expect(costs("google", "gemini-2.5-pro", { input: 200_000 })).toBe(250_000)
  expect(costs("google", "gemini-2.5-pro", { input: 200_001 })).toBe(500_003)
})

test.each([
  ["anthropic", "claude-sonnet-4-5-20250929", true],
  ["openai", "gpt-4o-2024-11-20", true],
  ["openai", "gpt-5.9", false],
  ["openai", "gpt-5-ultra", false],
  ["google", "gemini-2.5-flash-lite", true],
  ["compatible", "gpt-5", false],
])("whether the price of %s:%s is known: %s", (provider, model, known) => {
  expect(priceOf(info(provider, model)) !== undefined).toBe(known)
})

test("a price is shown with the month and the place of its list", () => {
  expect(showPrice(info("openai", "gpt-5"))).toEqual({
    ...{ input: 1.25, cachedInput: 0.125, cacheWrite: 1.25, output: 10 },
    asOf: expect.stringMatching(/^\d{4}-\d{2}$/),
    source: expect.stringContaining("openai.com"),
  })
  expect(showPrice(info("openai", "gpt-5.9"))).toBeNull()
})

test("a simulated model costs nothing, whatever its name", () => {
  const price = priceOf({ ...info("openai", "gpt-5"), simulated: true })
  expect(price && costOf(price, { ...used, input: 5, output: 5 })).toBe(0)
})
