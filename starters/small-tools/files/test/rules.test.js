import assert from "node:assert/strict"
import { test } from "node:test"
import { leftOf, newClock, paused, running, timeText } from "../public/rules/clock.js"
import { dealt, namesIn, shuffled, upTo } from "../public/rules/lots.js"
import { fallsTo, rowOf } from "../public/rules/rows.js"

const boardOf = (...rows) =>
  rows.flatMap((row) => [...row].map((sign) => (sign === "." ? undefined : Number(sign))))

test("a row wins across, down and in both slants, and not around the edge", () => {
  const three = { width: 3, need: 3 }
  assert.deepEqual(rowOf(boardOf("000", "11.", "..."), three), [0, 1, 2])
  assert.deepEqual(rowOf(boardOf("1.0", "1.0", "1.."), three), [0, 3, 6])
  assert.deepEqual(rowOf(boardOf("0..", ".0.", "1.0"), three), [0, 4, 8])
  assert.deepEqual(rowOf(boardOf("..1", ".1.", "1.."), three), [6, 4, 2])
  assert.equal(rowOf(boardOf(".00", "0..", "..."), three), undefined)
})

test("a stone falls onto the ones below, and into no full column", () => {
  const stones = boardOf("...", ".1.", ".0.")
  assert.equal(fallsTo(stones, { width: 3, column: 0 }), 6)
  assert.equal(fallsTo(stones, { width: 3, column: 1 }), 1)
  stones[1] = 0
  assert.equal(fallsTo(stones, { width: 3, column: 1 }), undefined)
})

test("only the clock that runs loses time, and none below nothing", () => {
  const begun = running(newClock([60_000, 60_000]), 1, 1000)
  assert.equal(leftOf(begun, 0, 9000), 60_000)
  assert.equal(leftOf(begun, 1, 9000), 52_000)
  const other = running(begun, 0, 9000)
  assert.equal(leftOf(other, 1, 20_000), 52_000)
  assert.equal(leftOf(other, 0, 900_000), 0)
  assert.equal(leftOf(paused(other, 10_000), 0, 99_000), 59_000)
})

test("times are minutes and seconds, a second that has begun as a whole one", () => {
  assert.deepEqual([300_000, 299_999, 61_000, 100, 0].map(timeText), [
    "5:00",
    "5:00",
    "1:01",
    "0:01",
    "0:00",
  ])
})

test("chance keeps everything, and gives each number from 1 to the highest", () => {
  assert.deepEqual(
    shuffled([1, 2, 3], () => 0.99),
    [3, 2, 1],
  )
  assert.deepEqual(
    [0, 0.5, 0.99].map((lot) => upTo(20, () => lot)),
    [1, 11, 20],
  )
})

test("names are lines or stand between commas, each once", () => {
  assert.deepEqual(namesIn("Zélie\n Maël ,Ilona;\n\nZélie"), ["Zélie", "Maël", "Ilona"])
})

test("teams are as even as can be, and nobody is left out", () => {
  assert.deepEqual(dealt([1, 2, 3, 4, 5], 2), [
    [1, 3, 5],
    [2, 4],
  ])
})
