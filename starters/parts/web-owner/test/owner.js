// Becomes the owner as a person does: with the setup code from the app's log.
import assert from "node:assert/strict"

export const ownersPassword = "correct horse battery"

export const setupCode = (app) => /setup code is ([\w-]+)/.exec(app.log())?.[1]

/** A visitor who is signed in as the owner of a fresh app. */
export async function becomeOwner(app) {
  const owner = app.visitor()
  const fields = { code: setupCode(app), password: ownersPassword }
  const answer = await owner.post("/owner/sign-in", fields)
  assert.equal(answer.status, 303, answer.text)
  return owner
}
