import { spawn } from "node:child_process"
import { once } from "node:events"
import { expect, test } from "vitest"
import { endOf } from "./run-inside.ts"

test.each([
  ["exit 3", { exitCode: 3, signal: null }],
  ["exit 137", { exitCode: null, signal: "SIGKILL" }],
  ["kill -9 $$", { exitCode: null, signal: "SIGKILL" }],
])("how a program ended that ran %s is known before and after its end", async (script, end) => {
  const child = spawn("/bin/sh", ["-c", script], { stdio: "ignore" })
  const early = endOf(child)
  await once(child, "exit")
  expect(await early).toEqual(end)
  expect(await endOf(child)).toEqual(end)
})
