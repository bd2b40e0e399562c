import { machineStates } from "@vibecaas/contract/kinds/machines"
import { expect, test } from "vitest"
import { machineOff } from "./machine-off.ts"

test("a running machine can be stopped and restarted, a stopped one only started", () => {
  const possible = (state: "running" | "stopped") =>
    (["start", "stop", "restart"] as const).filter(
      (verb) => machineOff(verb, { state, wanted: state }) === undefined,
    )
  expect(possible("running")).toEqual(["stop", "restart"])
  expect(possible("stopped")).toEqual(["start"])
})

test.each(machineStates)("nothing can be done with a machine that is to go and is %s", (state) => {
  for (const verb of ["start", "stop", "restart"] as const)
    expect(machineOff(verb, { state, wanted: "gone" })).toBe("The machine is being destroyed.")
})
