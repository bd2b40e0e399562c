const rule =
  "Commands have no network, so they can install and download nothing. The tool install_packages brings packages of npm, of Python, of Go and of Rust (for Go without names it locks what the files import, as go mod tidy does); much of what is needed Node 24 has itself (node:http, node:sqlite, node:test, node:crypto …)."

const managers =
  /^(npm|pnpm|yarn|bun|npx|pnpx|bunx|pip3?|pipx|uv|poetry|gem|bundle|cargo|composer|apt|apt-get|apk|dnf|yum|brew|corepack|deno)$/
const fetching =
  /^(install|i|ci|add|create|init|update|upgrade|up|exec|dlx|x|get|sync|download|require|fetch)$/
/** what runs a package that is not there by fetching it */
const runners = /^(npx|pnpx|bunx|corepack)$/

/** Why a command cannot work in a machine without a network; undefined when it may. */
export function refusalOf(argv: readonly string[]): string | undefined {
  return commandsIn(argv).some(needsNetwork) ? rule : undefined
}

/** A shell's script is read as the commands it lists; quotes are not understood, only looked past. */
function commandsIn(argv: readonly string[]): string[][] {
  const [program = "", ...rest] = argv
  const flag = rest.findIndex((word) => /^-\w*c$/.test(word))
  const isScript = flag >= 0 && /^(ba|da|z|a)?sh$/.test(nameOf(program))
  const script = isScript ? rest[flag + 1] : undefined
  if (script === undefined) return [[...argv]]
  return script.split(/&&|\|\||[;|\n]/).map((part) => part.trim().split(/\s+/))
}

function needsNetwork(words: readonly string[]): boolean {
  const at = words.findIndex((word) => !/^\w+=/.test(word) && word !== "env")
  const [program = "", ...rest] = words.slice(Math.max(at, 0)).map(nameOf)
  if (/^python3?$/.test(program) && rest[0] === "-m") return needsNetwork(rest.slice(1))
  if (program === "git") return /^(clone|fetch|pull|push)$/.test(rest[0] ?? "")
  if (program === "go") return fetchesModules(rest)
  if (program === "curl" || program === "wget")
    return !words.some((word) => /localhost|127\./.test(word))
  if (runners.test(program)) return true
  const verb = rest.find((word) => !word.startsWith("-"))
  if (program === "yarn" && verb === undefined) return true
  return managers.test(program) && fetching.test(verb ?? "")
}

/** `go run` and `go install` fetch what is named with its version. */
function fetchesModules([verb = "", what = "", ...more]: readonly string[]): boolean {
  if (verb === "mod") return what === "tidy" || what === "download"
  if (verb === "run" || verb === "install") return [what, ...more].some((word) => /@\S/.test(word))
  return verb === "get"
}

const nameOf = (word: string) => word.split("/").at(-1) ?? word
