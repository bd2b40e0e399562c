import fc from "fast-check"
import { expect, test } from "vitest"
import { nextEdit } from "./small-edit.ts"

const lines = fc.array(fc.constantFrom("a", "b", "c", "", "  d,", "e()"), { maxLength: 12 })

test("following the edits leads from one text to the other, or says that it does not", () => {
  fc.assert(
    fc.property(lines, lines, (old, next) => {
      const after = next.join("\n")
      let text = old.join("\n")
      for (let round = 0; round < 30; round++) {
        const edit = nextEdit(text, after)
        if (!edit) break
        expect(text.split(edit.find)).toHaveLength(2)
        text = text.replace(edit.find, () => edit.replace)
        if (text === after) return
      }
    }),
    { numRuns: 400 },
  )
})

test("one changed line in a long file is one short edit", () => {
  const old = Array.from({ length: 100 }, (_, index) => `line ${index};`)
  const next = old.with(50, "changed")
  expect(nextEdit(old.join("\n"), next.join("\n"))).toEqual({
    find: "line 50;",
    replace: "changed",
  })
})

test("a removed line leaves no gap", () => {
  const edit = nextEdit("one\ntwo\nthree", "one\nthree")
  expect(edit && "one\ntwo\nthree".replace(edit.find, edit.replace)).toBe("one\nthree")
})

test("equal texts need no edit, and different ones are written anew", () => {
  expect(nextEdit("same", "same")).toBeUndefined()
  expect(nextEdit("a\nb\nc", "x\ny\nz")).toBeUndefined()
})
