/** Languages whose syntax is coloured, by how a file's name ends. */
const byEnding = new Map<string, string>(
  Object.entries({
    ...{ js: "javascript", mjs: "javascript", cjs: "javascript", jsx: "javascript" },
    ...{ ts: "typescript", mts: "typescript", cts: "typescript", tsx: "typescript" },
    ...{ html: "xml", htm: "xml", xml: "xml", svg: "xml", vue: "xml", svelte: "xml" },
    ...{ css: "css", json: "json", webmanifest: "json", md: "markdown", py: "python", go: "go" },
    ...{ rs: "rust", sql: "sql", yaml: "yaml", yml: "yaml", toml: "ini", ini: "ini", env: "ini" },
    ...{ sh: "bash", bash: "bash", php: "php", java: "java" },
  }),
)

const byName = new Map<string, string>(
  Object.entries({
    dockerfile: "dockerfile",
    "go.mod": "go",
    "cargo.lock": "ini",
  }),
)

/** The language of a file by its path, e.g. `typescript` of `src/app.tsx`; none where it has no colours. */
export function languageOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase()
  return byName.get(name) ?? byEnding.get(name.slice(name.lastIndexOf(".") + 1))
}
