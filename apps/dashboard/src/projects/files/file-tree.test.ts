import { expect, test } from "vitest"
import { treeLines } from "./file-tree.ts"

test("folders stand before files, each by name, and files below their folder", () => {
  const files = ["server.js", "public/list.js", "README.md", "public/css/a.css", "app/x.js"]
  const lines = treeLines(files.map((path) => ({ path, size: 1, sha: "" })))
  expect(
    lines.map(({ depth, name, file }) => `${" ".repeat(depth)}${name}${file ? "" : "/"}`),
  ).toEqual(["app/", " x.js", "public/", " css/", "  a.css", " list.js", "README.md", "server.js"])
})
