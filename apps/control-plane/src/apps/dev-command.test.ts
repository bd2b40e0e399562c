import { expect, test } from "vitest"
import { devCommand, devMemory, devVariables, scriptToShow } from "./dev-command.ts"

test.each([
  [{ dev: "vite", build: "vite build" }, null, "dev"],
  [{ dev: "next dev --webpack" }, null, "dev"],
  [{ dev: "node --watch server.js" }, null, "start"],
  [{ dev: "node --watch-path=src --watch server.js", build: "tsc" }, null, undefined],
  [{ start: "node server.js" }, null, "start"],
  [{}, null, "start"],
  [{ build: "vite build" }, null, undefined],
  [{ dev: "vite" }, ["node", "other.js"], "start"],
  [{ dev: "vite", build: "vite build" }, ["node", "other.js"], undefined],
] as const)(
  "of %j with the command %j a draft shows each commit by %s",
  (scripts, command, script) => {
    expect(scriptToShow(scripts, command)).toBe(script)
  },
)

test("Vite is told its port by arguments, everything else by PORT", () => {
  const told = ["--", "--port", "3000", "--strictPort", "--host", "127.0.0.1"]
  for (const dev of ["vite", "vite dev", "vite --open", "vite serve --mode=staging"]) {
    expect(devCommand({ dev }, 3000), dev).toEqual(["node", "--run", "dev", ...told])
  }
  for (const dev of ["vite --port 5000", "vite & node api.js", "next dev", "node dev.js"]) {
    expect(devCommand({ dev }, 3000), dev).toEqual(["node", "--run", "dev"])
  }
})

test("a dev server's heap takes half of what a draft has", () => {
  expect(devMemory).toEqual({ NODE_OPTIONS: "--max-old-space-size=512" })
})

test("a dev server answers at its draft's host", () => {
  expect(devVariables("shop--draft-1.apps.example.com")).toMatchObject({
    ...{ NODE_ENV: "development" },
    DEV_HOST: "shop--draft-1.apps.example.com",
    ...{ __VITE_ADDITIONAL_SERVER_ALLOWED_HOSTS: "shop--draft-1.apps.example.com" },
  })
})
