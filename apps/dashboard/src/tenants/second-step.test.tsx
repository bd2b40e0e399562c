// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
// Loaded when they are wanted; here before the first test, whose time it would take.
import "./second-step-dialogs.tsx"
import { SecondStepPanel } from "./second-step-panel.tsx"
import { SignInScreen } from "./sign-in-screen.tsx"

const { id, name, email } = mara()
const user = { id, name, email }
const codes = ["aaaaa-bbbbb", "ccccc-ddddd"]
const platform = () => ({
  ...{ version: "0", signup: "open" as const, baseDomain: "localhost" },
  isolation: { label: "none", weak: false, reaches: [] },
  simulated: [],
})

test("it is turned on by password, key and a code, and the recovery codes stay until they are kept", async () => {
  const api = fakeApi({
    "GET /auth/second-step": () => ({ on: false, recoveryCodes: 0 }),
    "POST /auth/second-step/begin": () => ({
      ...{ address: "otpauth://totp/VibeCaaS:mara?secret=ABCD", key: "ABCD", recoveryCodes: codes },
    }),
    "POST /auth/second-step/confirm": () =>
      new Refused({
        status: 422,
        detail: "Wrong.",
        fields: { "/code": "That code is not right." },
      }),
  })
  const { user: hands } = draw(<SecondStepPanel />)
  await hands.click(await screen.findByRole("button", { name: "Turn on" }))
  const dialog = within(await screen.findByRole("dialog"))
  await hands.type(dialog.getByLabelText("Your password"), "a long password{Enter}")
  await dialog.findByRole("img", { name: /QR code/ })
  dialog.getByText("ABCD")
  await hands.type(dialog.getByLabelText("Code that the app shows"), "000000{Enter}")
  await dialog.findByText("That code is not right.")
  expect(dialog.queryByText(/aaaaa/)).toBeNull()
  api.answer({ "POST /auth/second-step/confirm": () => ({ user }) })
  await hands.click(dialog.getByRole("button", { name: "Turn on" }))
  await dialog.findByText(/aaaaa-bbbbb/)
  await hands.keyboard("{Escape}")
  dialog.getByText(/aaaaa-bbbbb/)
  await hands.click(dialog.getByRole("button", { name: "I have kept them" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
})

test("it is turned off by the password, and a wrong one is said at the field", async () => {
  fakeApi({
    "GET /auth/second-step": () => ({ on: true, recoveryCodes: 3 }),
    "POST /auth/second-step/end": () =>
      new Refused({ status: 422, detail: "No.", fields: { "/password": "That is not it." } }),
  })
  const { user: hands } = draw(<SecondStepPanel />)
  await screen.findByText(/3 recovery codes left/)
  await hands.click(screen.getByRole("button", { name: "Turn off" }))
  const dialog = within(await screen.findByRole("dialog"))
  await hands.type(dialog.getByLabelText("Your password"), "not mine{Enter}")
  await dialog.findByText("That is not it.")
})

test("a sign-in that asks for a code goes on with one, and then leads where it was to lead", async () => {
  const api = fakeApi({
    "GET /platform": platform,
    "GET /auth/provider": () => ({ name: null }),
    "POST /auth/sign-in/email": () => ({ user: null, secondStep: true }),
    "POST /auth/sign-in/second-step": () => ({ user }),
  })
  const { user: hands, visited } = draw(<SignInScreen next="/o/mara" host="localhost" />)
  await hands.type(screen.getByLabelText("Email"), email)
  await hands.type(screen.getByLabelText("Password"), "a long password{Enter}")
  await hands.type(await screen.findByLabelText("Code"), "123456")
  await hands.click(screen.getByRole("checkbox", { name: "Trust this browser" }))
  expect(visited).toEqual([])
  await hands.click(screen.getByRole("button", { name: "Sign in" }))
  await waitFor(() => expect(visited).toEqual(["/o/mara"]))
  expect(api.sent("POST")[1]).toMatchObject({ body: { code: "123456", trust: true } })
})
