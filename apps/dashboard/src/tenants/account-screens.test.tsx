// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import type { Session } from "@vibecaas/contract/kinds/accounts"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
import { agentInWords } from "./agent-words.ts"
import { ForgotScreen } from "./forgot-screen.tsx"
import { NewAddressScreen } from "./new-address-screen.tsx"
import { NewPasswordScreen } from "./new-password-screen.tsx"
import { SessionsPanel } from "./sessions-panel.tsx"
import { SignInScreen } from "./sign-in-screen.tsx"

const platform = () => ({
  ...{ version: "0", signup: "open" as const, baseDomain: "localhost" },
  isolation: { label: "none", weak: false, reaches: [] },
  simulated: [{ part: "mail", sentence: "mail: goes nowhere" }],
})

function session(given: Partial<Session>): Session {
  return {
    ...{ id: "s1", current: true, ip: "127.0.0.1", createdAt: at, expiresAt: at },
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    impersonated: null,
    ...given,
  }
}

test("who forgot their password is told the same whether there is such an account", async () => {
  const api = fakeApi({
    "GET /platform": platform,
    "POST /auth/forget-password": () => ({ asked: true }),
  })
  const { user } = draw(<ForgotScreen host="localhost" />)
  await user.type(screen.getByLabelText("Email"), "mara@example.com{Enter}")
  await screen.findByText(/If there is such an account/)
  await screen.findByText(/No mail server is set up here/)
  expect(api.sent("POST")).toMatchObject([{ body: { email: "mara@example.com" } }])
})

test("a new password is saved by the link's token, which leaves the address", async () => {
  const token = "x".repeat(43)
  window.location.hash = `#${token}`
  const api = fakeApi({
    "GET /platform": platform,
    "POST /auth/reset-password": () => new Refused({ status: 409, detail: "This link was used." }),
  })
  const { user, visited } = draw(<NewPasswordScreen host="localhost" />)
  await user.type(screen.getByLabelText("New password"), "a long password{Enter}")
  await screen.findByText("This link was used.")
  expect(window.location.hash).toBe("")
  expect(api.sent("POST")).toMatchObject([{ body: { token, newPassword: "a long password" } }])
  api.answer({ "POST /auth/reset-password": () => ({ success: true }) })
  await user.click(screen.getByRole("button", { name: "Save password" }))
  await waitFor(() => expect(visited).toEqual(["/sign-in"]))
})

test("an address is confirmed by the link's token, once somebody says so", async () => {
  const token = "y".repeat(43)
  window.location.hash = `#${token}`
  const api = fakeApi({
    "GET /platform": platform,
    "POST /auth/address/confirm": () => ({ email: "mara.new@example.com" }),
  })
  const { user } = draw(<NewAddressScreen host="localhost" />)
  expect(api.sent("POST")).toEqual([])
  await user.click(screen.getByRole("button", { name: "Confirm" }))
  await screen.findByText(/You sign in with mara.new@example.com/)
  expect(api.sent("POST")).toMatchObject([{ body: { token } }])
})

test("what is typed as a password is seen when the person asks for it, and refused at its field", async () => {
  fakeApi({
    "GET /platform": platform,
    "POST /auth/sign-in/email": () => new Refused({ status: 401, detail: "That is not right." }),
  })
  const { user } = draw(<SignInScreen next="/" host="localhost" />)
  await user.type(screen.getByLabelText("Email"), "mara@example.com")
  const password = screen.getByLabelText<HTMLInputElement>("Password")
  await user.type(password, "a long password")
  expect(password.type).toBe("password")
  const show = screen.getByRole("button", { name: "Show what is typed as password" })
  await user.click(show)
  expect(password.type).toBe("text")
  expect(show.getAttribute("aria-pressed")).toBe("true")
  await user.click(show)
  expect(password.type).toBe("password")
  await user.type(password, "{Enter}")
  await screen.findByText("That is not right.")
  expect(password.value).toBe("a long password")
})

test("the session that is used is told from others, and another one is ended", async () => {
  const phone = session({ id: "s2", current: false, userAgent: "Safari/605 (iPhone)" })
  const api = fakeApi({
    "GET /auth/sessions": () => ({ items: [session({}), phone] }),
    "DELETE /auth/sessions/{sessionId}": () => undefined as never,
  })
  const { user } = draw(<SessionsPanel />)
  await screen.findByText("(this one)")
  screen.getByRole("button", { name: "End Firefox on Linux", description: /Sign out to end it/ })
  await user.click(screen.getByRole("button", { name: "End Safari on iOS" }))
  await waitFor(() => expect(api.sent("DELETE")).toMatchObject([{ params: { sessionId: "s2" } }]))
})

test("a program that says nothing of itself is a program", () => {
  expect(agentInWords(null)).toBe("A program")
  expect(agentInWords("curl/8.5.0")).toBe("curl")
})
