import fc from "fast-check"
import { expect, test } from "vitest"
import { isFault } from "./fault.ts"
import { masterKey, newDataKey, open, openDataKey, seal } from "./seal.ts"

const key = masterKey(new Uint8Array(32).fill(7))
const other = masterKey(new Uint8Array(32).fill(8))
const text = (value: string) => new TextEncoder().encode(value)

test("what was sealed opens with the same key and context, whatever it is", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (plain, context) => {
      expect([...open(key, seal(key, plain, context), context)]).toEqual([...plain])
    }),
  )
})

test("the same value is sealed differently each time, and shows nothing of itself", () => {
  const [a, b] = [seal(key, text("hunter2"), "c"), seal(key, text("hunter2"), "c")]
  expect(a).not.toBe(b)
  expect(a).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/)
  expect(Buffer.from(a.split(".")[3] ?? "", "base64url").includes("hunter2")).toBe(false)
})

test("a value copied to another row does not open", () => {
  const sealed = seal(key, text("a"), "secrets.value:sec_1")
  expect(() => open(key, sealed, "secrets.value:sec_2")).toThrow(broken)
})

test("a value with one bit changed anywhere does not open", () => {
  const [version, id, nonce, body = ""] = seal(key, text("ab"), "c").split(".")
  const bytes = Buffer.from(body, "base64url")
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const sealed = [version, id, nonce, changed.toString("base64url")].join(".")
    expect(() => open(key, sealed, "c")).toThrow(broken)
  }
})

test.each(["", "v1", "v2.a.b.c", "v1.aaaaaaaa..", "v1.aaaaaaaa.AAAA.AAAA", "plain text"])(
  "%j is no sealed value, and is said to be broken instead of ending the process",
  (sealed) => {
    expect(() => open(key, sealed, "c")).toThrow(broken)
  },
)

test("a value sealed with another key names both keys for our log, and neither to people", () => {
  try {
    open(other, seal(key, text("a"), "c"), "c")
    expect.unreachable()
  } catch (error) {
    if (!isFault(error, "seal_broken")) throw error
    expect(error.note).toBe(`sealed with key ${key.id}, this is ${other.id}`)
    expect(error.say).not.toContain(key.id)
  }
})

test("a cut or short body does not open", () => {
  const sealed = seal(key, text("a longer text"), "c")
  for (const length of [1, 8, 16, 20])
    expect(() => open(key, sealed.slice(0, -length), "c")).toThrow(broken)
})

test("a tag that was cut to a length AES-GCM also knows does not open", () => {
  const [version, id, nonce, tag = ""] = seal(key, new Uint8Array(), "c").split(".")
  const bytes = Buffer.from(tag, "base64url")
  expect(bytes).toHaveLength(16)
  for (const length of [4, 8, 12, 15]) {
    const cut = bytes.subarray(0, length).toString("base64url")
    expect(() => open(key, [version, id, nonce, cut].join("."), "c")).toThrow(broken)
  }
})

test("an organization's data key opens for it alone", () => {
  const wrapped = newDataKey(key, "org_1")
  expect(openDataKey(key, "org_1", wrapped).bytes).toHaveLength(32)
  expect(() => openDataKey(key, "org_2", wrapped)).toThrow(broken)
  expect(() => openDataKey(other, "org_1", wrapped)).toThrow(broken)
  expect(newDataKey(key, "org_1")).not.toBe(wrapped)
})

test("a master key has 32 bytes, and an id that does not tell it", () => {
  for (const length of [0, 16, 31, 33])
    expect(() => masterKey(new Uint8Array(length))).toThrow("must be 32 bytes")
  expect(masterKey(new Uint8Array(32)).id).toMatch(/^[0-9a-f]{8}$/)
  expect(key.id).not.toBe(other.id)
})

const broken = /^seal_broken:/
