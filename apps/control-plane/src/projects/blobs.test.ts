import { expect, test } from "vitest"
import { makeBlobs } from "./blobs.ts"
import { blobId } from "./listings.ts"

const one = Buffer.from("one")
const two = Buffer.from("two")
const of = (content: Buffer) => ({ sha: blobId(content), size: content.length })

test("what was committed is known, and only the rest is read, in the order that was asked for", async () => {
  const blobs = makeBlobs()
  blobs.follow("a", [
    { path: "one", content: one },
    { path: "gone", content: null },
  ])
  const asked: string[][] = []
  const read = async (missing: { sha: string }[]) => {
    asked.push(missing.map(({ sha }) => sha))
    return missing.map(() => two)
  }
  expect(await blobs.all("a", [of(two), of(one)], read)).toEqual([two, one])
  expect(await blobs.all("a", [of(one), of(two)], read)).toEqual([one, two])
  expect(asked).toEqual([[of(two).sha]])
})

test("a project knows nothing of what another one has, and large files are not kept", () => {
  const blobs = makeBlobs()
  const large = Buffer.alloc(600_000)
  blobs.follow("a", [
    { path: "one", content: one },
    { path: "large", content: large },
  ])
  expect(blobs.get("a", of(one).sha)).toEqual(one)
  expect(blobs.get("b", of(one).sha)).toBeUndefined()
  expect(blobs.get("a", of(large).sha)).toBeUndefined()
})
