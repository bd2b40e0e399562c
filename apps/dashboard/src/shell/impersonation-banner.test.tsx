// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { ClosedOrganization } from "./closed-organization.tsx"
import { ImpersonationBanner } from "./impersonation-banner.tsx"

const until = new Date(Date.now() + 20 * 60_000).toISOString()
const looked = { ...mara(), impersonated: { byName: "Ada", reason: "Ticket 12", until } }

test("whoever looks as somebody is told so on every page, and ends it there", async () => {
  const api = fakeApi({
    "POST /impersonation/end": () => new Refused({ status: 503, detail: "Try again." }),
  })
  const { user } = draw(<ImpersonationBanner />, { me: looked })
  screen.getByText(/can change nothing/)
  screen.getByText(/in 20 min/)
  await user.click(screen.getByRole("button", { name: "End" }))
  await screen.findByText(/Try again/)
  await waitFor(() => expect(api.sent("POST")).toHaveLength(1))
})

test("a disabled organization says why, and leads to the others", () => {
  const closed = { ...organization("Halden Works", "owner"), disabled: "Sends spam" }
  draw(<ClosedOrganization me={mara([closed])} organization={closed} />)
  screen.getByText(/Sends spam/)
  const link = screen.getByRole("link", { name: "Open Mara Halden" })
  expect(link.getAttribute("href")).toBe("/o/mara-halden/projects")
})
