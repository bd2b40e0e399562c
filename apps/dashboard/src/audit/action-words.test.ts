import { expect, test } from "vitest"
import { actionWords } from "./action-words.ts"

test.each([
  ["project.create", "Project created"],
  ["project.delete", "Project deletion asked for"],
  ["project.deleted", "Project deleted"],
  ["machine.wake", "Machine woken"],
  ["preview.link", "Preview opened"],
  ["api_key.rotate_all", "Api key rotate all"],
  ["sign-in", "Sign-in"],
])("%s reads “%s”", (action, words) => {
  expect(actionWords(action)).toBe(words)
})
