import assert from "node:assert/strict"
import { test } from "node:test"
import { readSum } from "../public/sums.js"
import { convert, readQuantities, shown } from "../public/units.js"

const { quantities } = readQuantities()
const between = (value, from, to, among = quantities) => {
  const units = among.find(({ units }) => units.some(({ id }) => id === from)).units
  const of = (id) => units.find((each) => each.id === id)
  return convert(value, of(from), of(to))
}
const near = (value, expected) =>
  assert.ok(
    Math.abs(value - expected) < 1e-6 * Math.max(1, Math.abs(expected)),
    `${value} is not ${expected}`,
  )

test("known conversions are right", () => {
  near(between(1, "mi", "km"), 1.609344)
  near(between(100, "C", "F"), 212)
  near(between(-40, "F", "C"), -40)
  near(between(0, "K", "C"), -273.15)
  near(between(1, "gal", "l"), 3.785411784)
  near(between(100, "kmh", "mph"), 62.1371192)
  near(between(1, "GiB", "MB"), 1073.741824)
  near(between(1, "atm", "psi"), 14.6959488)
})

test("every unit goes to every other of its quantity and back", () => {
  for (const { units } of quantities)
    for (const from of units)
      for (const to of units) near(convert(convert(12.5, from, to), to, from), 12.5)
})

test("sums are read with their order and brackets, and nothing else is", () => {
  assert.equal(readSum("3 * 12 + 4"), 40)
  assert.equal(readSum("2 + 3 × (4 − 1) ÷ 2"), 6.5)
  assert.equal(readSum("-1,5"), -1.5)
  assert.equal(readSum("1e3"), 1000)
  for (const wrong of [
    "",
    "  ",
    "abc",
    "1 +",
    "(1",
    "1)",
    "1 2",
    "1/0",
    "1;2",
    "alert(1)",
    "1".repeat(101),
  ])
    assert.equal(readSum(wrong), undefined, wrong)
})

test("own units form a quantity, join a known one, and say what cannot be read", () => {
  const lines = [
    "1 pallet = 40 boxes",
    "1 box = 24 bottles",
    "2 sacks = 50 kg",
    "nonsense",
    "1 m = 3 ft",
    "0 a = 1 b",
  ]
  const read = readQuantities(lines)
  near(between(1, "own-pallet", "own-bottles", read.quantities), 960)
  near(between(3, "own-sacks", "kg", read.quantities), 75)
  assert.deepEqual(read.unread, ["nonsense", "1 m = 3 ft", "0 a = 1 b"])
})

test("numbers are shown with the digits that were chosen, and small ones never as 0", () => {
  assert.equal(shown(1234.56789, 2), "1,234.57")
  assert.equal(shown(0.000123456, 2), "0.0001235")
  assert.equal(shown(5, 0), "5")
  assert.equal(shown(1e20, 4), "1.0000e+20")
})
