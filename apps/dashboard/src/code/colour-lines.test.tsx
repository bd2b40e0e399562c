// @vitest-environment jsdom
import { waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { DiffView } from "../projects/diff-view.tsx"
import { draw } from "../testing/draw.tsx"
import { colourLines } from "./colour-lines.ts"
import { languageOf } from "./languages.ts"

const shown = (text: string, language: string) =>
  colourLines(text, language).map((line) => line.map((piece) => piece.text).join(""))

test.each([
  ["typescript", "const a = `x\ny`\n\n/* one\n   two */"],
  ["python", 'def f(x):\n    """says\n    more"""\n    return x'],
  ["xml", "<p class='a'>\n  &amp; <b>x</b>\n</p>\n<script>let a = '<'</script>"],
  ["json", '{\n  "a": [1, null]\n}'],
  ["rust", "fn main() {\n    // says\n}"],
  ["unheard-of", "as it is\n"],
])("the lines of %s hold every character, and as many lines as the text", (language, text) => {
  expect(shown(text, language)).toEqual(text.split("\n"))
})

test("what goes over several lines has its colour in each", () => {
  const lines = colourLines("/* one\n   two */\nconst a = 1", "typescript")
  expect(lines[0]).toEqual([{ text: "/* one", look: "hljs-comment" }])
  expect(lines[1]).toEqual([{ text: "   two */", look: "hljs-comment" }])
  expect(lines[2]?.[0]).toEqual({ text: "const", look: "hljs-keyword" })
})

test.each([
  ["src/app.tsx", "typescript"],
  ["public/index.html", "xml"],
  ["Dockerfile", "dockerfile"],
  ["Cargo.lock", "ini"],
  ["LICENSE", undefined],
  ["photo.constructor", undefined],
])("%s is read as %s", (path, language) => {
  expect(languageOf(path)).toBe(language)
})

test("a diff is coloured side by side: what was removed is no part of what came", async () => {
  const patch = "@@ -1,2 +1,2 @@\n-/* old\n+const fresh = 1\n const b = 2\n"
  const counts = { added: 1, removed: 1, truncated: false }
  const file = { path: "a.ts", change: "modified" as const, patch, ...counts }
  const { container } = draw(<DiffView files={[file]} />)
  const words = (look: string) =>
    [...container.querySelectorAll(look)].map(({ textContent }) => textContent)
  await waitFor(() => expect(words(".code-add .hljs-keyword")).toEqual(["const"]))
  expect(words(".code-del .hljs-comment")).toEqual(["/* old"])
  expect(words(".code-line")).toEqual(["1− /* old", "1+ const fresh = 1", "2  const b = 2"])
})
