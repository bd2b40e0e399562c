import assert from "node:assert/strict"
import { test } from "node:test"
import { readImage } from "../server/image.js"
import { gif, jpeg, png, secret, webp } from "../testing/pictures.js"

const size = ({ type, width, height }) => `${type} ${width} × ${height}`

test("kind and size of an image are read from its bytes", () => {
  assert.equal(size(readImage(jpeg())), "image/jpeg 4 × 2")
  assert.equal(size(readImage(png())), "image/png 3 × 5")
  assert.equal(size(readImage(webp())), "image/webp 7 × 9")
  assert.equal(size(readImage(gif())), "image/gif 9 × 8")
})

test("place, comments and hidden pictures are left out, colours stay", () => {
  for (const made of [jpeg(), png(), webp()])
    assert.equal(readImage(made).bytes.includes(secret), false)
  const { bytes } = readImage(jpeg())
  assert.ok(bytes.includes("ICC_PROFILE"))
  assert.ok(bytes.includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9])))
})

test("a photo taken on its side stays the right way up", () => {
  const { width, height, bytes } = readImage(jpeg({ orientation: 6 }))
  assert.equal(`${width} × ${height}`, "2 × 4")
  assert.equal(size(readImage(bytes)), "image/jpeg 2 × 4")
})

test("an image that was cleaned is an image, and cleaning it again changes nothing", () => {
  for (const made of [jpeg({ orientation: 8 }), png(), webp()]) {
    const once = readImage(made).bytes
    assert.deepEqual(readImage(once).bytes, once)
  }
})

test("what is no image is refused, whatever it is called", () => {
  for (const text of [
    "<svg onload=alert(1)>",
    "%PDF-1.7",
    "GIF",
    "",
    "\u0000\u0000\u0000 ftypavif",
  ])
    assert.throws(() => readImage(Buffer.from(text)), { status: 415 })
})

test("a damaged image is refused, wherever it breaks off", () => {
  for (const made of [jpeg(), png(), webp()]) {
    const whole = made.length - (made[0] === 0xff ? secret.length : 0)
    for (let length = 13; length < whole; length++)
      assert.throws(
        () => readImage(made.subarray(0, length)),
        { status: 422 },
        `${made[0]} ${length}`,
      )
  }
})

test("an image of too many pixels is refused", () => {
  assert.throws(() => readImage(png({ width: 10_000, height: 10_000 })), { status: 422 })
  assert.throws(() => readImage(png({ width: 20_000, height: 1 })), { status: 422 })
  assert.throws(() => readImage(png({ width: 0, height: 5 })), { status: 422 })
})
