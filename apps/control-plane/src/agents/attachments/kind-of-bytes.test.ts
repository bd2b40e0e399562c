import { attachmentBytesMax } from "@vibecaas/contract/attachment-limits"
import { isFault } from "@vibecaas/kernel/fault"
import fc from "fast-check"
import { expect, test } from "vitest"
import { smallImages } from "../testing/small-images.ts"
import { kindOf } from "./kind-of-bytes.ts"
import { pathOf } from "./path-of.ts"

test.each(Object.entries(smallImages))("%s is known by its bytes, with its size", (type, bytes) => {
  const image = { kind: "image", mediaType: `image/${type}`, width: 3, height: 2 }
  expect(kindOf("note.txt", bytes)).toEqual(image)
})

test.each([
  ["HTML", "<script>alert(1)</script>"],
  ["SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ["CSV", "title;pages\nÜber;7\n"],
  ["JSON", '{"a":1}'],
])("%s is plain text, whatever its name says", (_, text) => {
  const kind = { kind: "text", mediaType: "text/plain", width: null, height: null }
  expect(kindOf("logo.png", Buffer.from(text))).toEqual(kind)
})

test("a PDF is one", () => {
  expect(kindOf("a", Buffer.from("%PDF-1.7\n%\xe2\xe3"))).toMatchObject({
    kind: "pdf",
    mediaType: "application/pdf",
  })
})

const huge = Buffer.from(smallImages.png)
huge.writeUInt32BE(9000, 16)

test.each([
  ["an empty file", Buffer.of(), /^x is empty\.$/],
  [
    "a program",
    Buffer.from("7f454c46020101000000", "hex"),
    /^x is no image .+, no PDF and no text/,
  ],
  ["text that is no UTF-8", Buffer.from("Stra\xdfe", "latin1"), /no text in UTF-8/],
  ["a PNG that was cut", smallImages.png.subarray(0, 50), /or it is damaged/],
  ["a file that is too large", Buffer.alloc(attachmentBytesMax + 1, "a"), /larger than 3\.5 MB/],
  ["an image with too many pixels", huge, /9000 × 2 pixels; a side may have 8000/],
])("%s is refused by its name", (_, bytes, say) => {
  expect(() => kindOf("x", bytes)).toThrow(
    expect.objectContaining({ say: expect.stringMatching(say) }),
  )
})

test("any bytes, also behind the head of an image, are a kind or refused in words", () => {
  const head = fc.constantFrom(Buffer.of(), ...Object.values(smallImages))
  const upTo = fc.nat(60)
  fc.assert(
    fc.property(head, upTo, fc.uint8Array({ maxLength: 200 }), (begin, length, rest) => {
      try {
        kindOf("x", Buffer.concat([begin.subarray(0, length), rest]))
      } catch (error) {
        expect(isFault(error)).toBe(true)
      }
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ["Logo Final.PNG", "attachments/Logo Final.PNG"],
  ["../../etc/passwd", "attachments/passwd"],
  ["C:\\Users\\m\\Bücher.csv", "attachments/Bücher.csv"],
  [".git", "attachments/git"],
  ["a<b>\u0000.txt", "attachments/a-b--.txt"],
  ["...", "attachments/file"],
  [`${"long ".repeat(60)}.csv`, `attachments/${"long ".repeat(16).trim()}.csv`],
])("%j is read by agents as %s", (name, path) => {
  expect(pathOf(name, new Set())).toBe(path)
})

test("a name that is taken, in whatever case, gets a number", () => {
  const taken = new Set(["attachments/logo.png", "attachments/logo-2.png"])
  expect(pathOf("LOGO.png", taken)).toBe("attachments/LOGO-3.png")
})
