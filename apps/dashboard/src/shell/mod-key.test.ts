import { expect, test } from "vitest"
import { modKeyOf } from "./mod-key.ts"

test("shortcuts are named as the keyboard has them", () => {
  for (const apple of ["MacIntel", "iPhone", "iPad"]) expect(modKeyOf(apple)).toBe("⌘")
  for (const other of ["Linux x86_64", "Win32", ""]) expect(modKeyOf(other)).toBe("Ctrl")
})
