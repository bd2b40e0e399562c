// @vitest-environment jsdom
import { act, screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { noteRate } from "../api/rate.ts"
import { draw } from "../testing/draw.tsx"
import { RateNotice } from "./rate-notice.tsx"

const tell = (policy: "organization" | "provisioning", limit: number, remaining: number) =>
  act(() => noteRate({ policy, limit, remaining, resetSeconds: 30 }))

test("a limit is told of once a fifth of it is left, with when it goes on, and no longer once it is far", () => {
  draw(<RateNotice />, { at: "/" })
  tell("organization", 1000, 201)
  expect(screen.getByRole("status", { name: "Limit" }).textContent).toBe("")
  tell("organization", 1000, 200)
  screen.getByText(/^Your organization may make 200 more requests this minute, of 1,000\./)
  screen.getByText(/^Counted anew in 30 s\.$/)
  tell("provisioning", 10, 9)
  screen.getByText(/200 more requests/)
  tell("organization", 1000, 0)
  screen.getByText(/^Your organization may make no more than 1,000 requests a minute\./)
  screen.getByText(/^It goes on in 30 s\.$/)
  tell("organization", 1000, 900)
  expect(screen.getByRole("status", { name: "Limit" }).textContent).toBe("")
  tell("provisioning", 10, 2)
  screen.getByText(/^2 more things may be started this minute, of 10\./)
})
