import { expect, test } from "vitest"
import { refusedCalls } from "./refused-calls.ts"

const allow = 0x7fff0000
const notPermitted = 0x00050001

/** What the filter answers to a call, as the kernel runs it. */
function answerTo(filter: Buffer, call: { number: number; architecture: number }): number {
  let value = 0
  for (let at = 0; at < filter.length / 8; at += 1) {
    const [code, yes] = [filter.readUInt16LE(at * 8), filter.readUInt8(at * 8 + 2)]
    const k = filter.readUInt32LE(at * 8 + 4)
    if (code === 0x06) return k
    if (code === 0x20) value = k === 0 ? call.number : call.architecture
    if ((code === 0x15 && value === k) || (code === 0x35 && value >= k)) at += yes
  }
  throw new Error("the filter has no answer")
}

test.each([
  ["x64", 0xc000003e, [0, 1, 59, 231, 41, 102, 330], [101, 165, 250, 272, 173, 425]],
  ["arm64", 0xc00000b7, [63, 64, 221, 94, 198], [117, 40, 219, 97, 425, 112]],
] as const)(
  "on %s ordinary calls pass and the others do not",
  (name, architecture, passed, refused) => {
    const filter = refusedCalls(name) ?? Buffer.alloc(0)
    for (const number of passed) expect(answerTo(filter, { number, architecture })).toBe(allow)
    for (const number of refused)
      expect(answerTo(filter, { number, architecture })).toBe(notPermitted)
    const others = [
      { number: 1, architecture: 0x40000003 },
      { number: 0x40000001, architecture },
      { number: 0xffffffff, architecture },
    ]
    for (const call of others) expect(answerTo(filter, call)).toBe(notPermitted)
  },
)

test("an architecture whose numbers are not known has no filter", () => {
  expect(refusedCalls("riscv64")).toBeUndefined()
})
