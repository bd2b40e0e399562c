import { organizationName, signUp } from "@vibecaas/contract/kinds/tenants"
import { expect, test } from "vitest"
import { emailFault, organizationNameFault, passwordFault, personNameFault } from "./credentials.ts"

const said = (result: { error?: { issues: { message: string }[] } | undefined }) =>
  result.error?.issues[0]?.message

const emails = ["", "mara", "mara@example.com", "a+b@c.org", "a..b@c.org", "m@localhost", "x@y.z"]
const texts = ["", " ", "a", "short", "correct horse", "x".repeat(61), "x".repeat(129)]

test.each(emails)("the form says of the address %j what the server says", (email) => {
  expect(emailFault(email)).toBe(said(signUp.shape.email.safeParse(email)))
})

test.each(texts)("the form says of the text %j what the server says", (text) => {
  expect(passwordFault(text)).toBe(said(signUp.shape.password.safeParse(text)))
  expect(personNameFault(text)).toBe(said(signUp.shape.name.safeParse(text)))
  expect(organizationNameFault(text)).toBe(said(organizationName.safeParse(text)))
})
