import { expect, test } from "vitest"
import { checkTrust, climb, ladderOf, type Step } from "./ladder.ts"
import type { Caps, Rung, VmDriver, Wall } from "./port.ts"

const rung = (name: string, wall: Wall, lacks?: string): Rung => ({
  name,
  wall,
  lacks: () => lacks,
})

/** Only what the ladder looks at. */
const driver = (name: string, ...rungs: Rung[]) => ({ name, rungs }) as unknown as VmDriver

const sandbox = driver(
  "sandbox",
  rung("bubblewrap", "process"),
  rung("uid", "uid"),
  rung("none", "none"),
)
const lenient = { allowWeak: true, allowNoIsolation: false, requireIsolation: false }
const strict = { ...lenient, allowWeak: false }
const works = async ({ driver: { name }, rung: { name: step } }: Step) =>
  ({ driver: name, rung: step }) as Caps
const breaks = async () => {
  throw new Error("it sees a network")
}
const names = (steps: Step[]) => steps.map((step) => `${step.driver.name} ${step.rung.name}`)

test("the strongest wall stands first, whichever driver has it", () => {
  const hypervisor = driver("hypervisor", rung("kvm", "vm"))
  const other = driver("other", rung("namespaces", "process"))
  expect(names(ladderOf([sandbox, other, hypervisor]))).toEqual([
    "hypervisor kvm",
    "sandbox bubblewrap",
    "other namespaces",
    "sandbox uid",
    "sandbox none",
  ])
})

test("the first step that holds what it promises is taken", async () => {
  const broken = driver("broken", rung("a", "vm", "not installed: a"), rung("b", "vm"))
  const prove = (step: Step) => (step.driver === broken ? breaks() : works(step))
  const { caps } = await climb(ladderOf([sandbox, broken]), strict, prove)
  expect(caps).toEqual({ driver: "sandbox", rung: "bubblewrap" })
})

test("when no step is left, it is said what would help, and why each was not taken", async () => {
  const weak = ladderOf([driver("sandbox", rung("bubblewrap", "process"), rung("uid", "uid"))])
  await expect(climb(weak, strict, breaks)).rejects.toMatchObject({
    code: "isolation_refused",
    say: expect.stringContaining("Install bubblewrap"),
    note: "bubblewrap: it sees a network; uid: weak isolation is not allowed",
  })
  const required = { ...lenient, requireIsolation: true }
  await expect(climb(weak, required, breaks)).rejects.toMatchObject({
    say: expect.stringContaining("VIBECAAS_REQUIRE_ISOLATION is set"),
    note: expect.stringContaining("uid: isolation is required"),
  })
})

test("without any wall only our own code runs, unless an administrator says otherwise", () => {
  checkTrust("uid", "untrusted", lenient)
  checkTrust("none", "blueprint", lenient)
  checkTrust("none", "untrusted", { allowNoIsolation: true })
  expect(() => checkTrust("none", "untrusted", lenient)).toThrow(
    expect.objectContaining({ code: "isolation_refused" }),
  )
})
