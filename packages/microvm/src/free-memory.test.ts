import { isFault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import { checkMemory, freeMemoryMiB } from "./free-memory.ts"

test("a machine is refused when the host has too little memory for it, and may be tried again", () => {
  const machine = { memoryMiB: 512 }
  for (const free of [384, 4096, undefined]) checkMemory(free, machine)
  const refused = expect.toSatisfy(
    (error: unknown) => isFault(error, "vm_boot_failed") && error.retryable,
  )
  expect(() => checkMemory(383, machine)).toThrow(refused)
})

test("this host tells what it has, and nothing is made up where it does not", async () => {
  expect(await freeMemoryMiB()).toBeGreaterThan(0)
  expect(await freeMemoryMiB("/proc/none")).toBeUndefined()
})
