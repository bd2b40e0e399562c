import { fault } from "@vibecaas/kernel/fault"

/** Components that git or a file system could take for its own directory, after folding case. */
const reservedComponent = /^(\.git|git~\d+)$/

/**
 * Checks a path inside a project, component by component.
 *
 * A path is refused when git, Windows, macOS or a shell could read it as another one: `..`, `.GIT`,
 * `git~1`, control and invisible characters, backslashes, trailing dots and spaces.
 *
 * @throws Fault `path_refused`
 */
export function checkFilePath(path: string): void {
  const reason = refusalOf(path)
  if (reason) {
    throw fault("path_refused", {
      say: `The path ${JSON.stringify(path.slice(0, 100))} cannot be used: ${reason}.`,
    })
  }
}

function refusalOf(path: string): string | undefined {
  if (path.length === 0) return "it is empty"
  if (Buffer.byteLength(path) > 255) return "it is longer than 255 bytes"
  if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(path)) return "it has invisible characters"
  if (/[\\:*?"<>|]/.test(path)) return 'it has one of \\ : * ? " < > |'
  const components = path.split("/")
  if (components.length > 12) return "it is more than 12 folders deep"
  for (const component of components) {
    if (component === "") return "it starts or ends with a slash, or has two in a row"
    if (component === "." || component === "..") return "it has a . or .. component"
    if (/[. ]$/.test(component)) return "a component ends with a dot or a space"
    const folded = component.normalize("NFKC").toLowerCase()
    if (reservedComponent.test(folded)) return "it names git's own directory"
  }
  return undefined
}
