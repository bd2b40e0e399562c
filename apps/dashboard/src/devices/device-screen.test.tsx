// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { DeviceScreen } from "./device-screen.tsx"

const platform = () => ({
  ...{ version: "0", signup: "open" as const, baseDomain: "localhost" },
  isolation: { label: "none", weak: false, reaches: [] },
  simulated: [],
})

function show(more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /platform": platform,
    "GET /me": () => mara(),
    "POST /auth/device/look": () => ({
      ...{ name: "vibecaas on laptop", ip: "203.0.113.9", askedAt: at, expiresAt: at },
    }),
    ...more,
  })
  return { ...draw(<DeviceScreen code="BCDF-GHJK" />), api }
}

test("a program is let in by who sees what asks, and the same code", async () => {
  const { user, api } = show({ "POST /auth/device/allow": () => undefined as never })
  await screen.findByText("vibecaas on laptop")
  screen.getByText("BCDF-GHJK")
  screen.getByText(/if somebody sent you this link, close it/)
  await user.click(screen.getByRole("button", { name: "Let it sign in" }))
  await waitFor(() =>
    expect(api.sent("POST").at(-1)).toMatchObject({ body: { code: "BCDF-GHJK" } }),
  )
})

test("who is not signed in is led to sign-in and back, and an old code says so", async () => {
  const { api } = show({
    "GET /me": () => new Refused({ status: 401, detail: "Sign in first." }),
  })
  const link = await screen.findByRole("link", { name: "Sign in" })
  expect(link.getAttribute("href")).toContain("next=%2Fdevice%3Fcode%3DBCDF-GHJK")
  expect(api.sent("POST")).toEqual([])
})

test("a code by which nothing asks is said to be over", async () => {
  show({ "POST /auth/device/look": () => new Refused({ status: 404, detail: "Begin again." }) })
  await screen.findByText("Begin again.")
})
