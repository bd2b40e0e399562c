import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import {
  type Chained,
  type ChainedRecord,
  chainStart,
  digestOf,
  makeChainCheck,
} from "./audit-chain.ts"

const content = (number: number): Chained => ({
  ...{ id: `aud_${number}`, organizationId: "org_1", at: "2026-01-31T12:00:00.000Z" },
  ...{ action: "project.create", subject: "prj_1", ip: null, requestId: null },
  actor: { kind: "user", id: "user_1", name: "Mara" },
  details: { name: "Reading list", z: [1, { b: 2, a: 1 }] },
})

function chainOf(length: number): ChainedRecord[] {
  let previous = chainStart
  return Array.from({ length }, (_, at) => {
    const number = at + 1
    const digest = digestOf(content(number), "salt")
    const hash = createHash("sha256").update(`${previous}\n${number}\n${digest}`).digest("hex")
    const record = {
      ...content(number),
      salt: "salt",
      digest,
      number,
      previous,
      hash,
      erased: false,
    }
    previous = hash
    return record
  })
}

function check(change: (chain: ChainedRecord[]) => ChainedRecord[]) {
  const checking = makeChainCheck()
  for (const record of change(chainOf(4))) checking.take(record)
  return checking.seen()
}

const changed = (at: number, how: Partial<ChainedRecord>) => (chain: ChainedRecord[]) =>
  chain.map((record, place) => (place === at ? { ...record, ...how } : record))

test("a chain as it was written is whole, whatever the order of keys in its details", () => {
  const seen = check(changed(1, { details: { z: [1, { a: 1, b: 2 }], name: "Reading list" } }))
  expect(seen).toMatchObject({ records: 4, erased: 0, broken: null, head: { number: 4 } })
})

test.each([
  ["a word of a record", changed(1, { subject: "prj_2" }), 2, /content was changed/],
  ["who did it", changed(2, { actor: { kind: "user", id: "user_1", name: "X" } }), 3, /content/],
  [
    "a record that is gone",
    (all: ChainedRecord[]) => all.toSpliced(1, 1),
    3,
    /Records 2 to 2 are missing/,
  ],
  [
    "a record twice",
    (all: ChainedRecord[]) => all.toSpliced(2, 0, all[1] as ChainedRecord),
    2,
    /twice/,
  ],
  [
    "a digest that fits changed words",
    changed(1, { subject: "prj_2", digest: digestOf({ ...content(2), subject: "prj_2" }, "salt") }),
    2,
    /place in the chain/,
  ],
  ["a hash", changed(1, { hash: chainStart }), 2, /place in the chain/],
])("%s is found", (_, change, number, why) => {
  expect(check(change).broken).toEqual({ number, why: expect.stringMatching(why) })
})

test("a record whose words were erased keeps its place, and the chain is whole", () => {
  const erased = { ip: null, details: {}, salt: null, erased: true }
  expect(check(changed(1, erased))).toMatchObject({ erased: 1, broken: null })
})
