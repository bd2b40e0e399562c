import { readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { trackedFiles } from "./tracked-files.ts"

const codeEnding = /\.(ts|tsx|css|sh|cjs|mjs|js)$/
const generated = /(^|\/)(migrations\/|package-lock\.json)/
const vagueName = /^(utils?|helpers?|common|misc|types|constants|lib)\.(ts|tsx)$/
const lines = 300
/** An app without a build step has its style sheet in one piece, for one request. */
const linesOfSheets = 500
const isSheet = (file: string) => /^starters\/.*\.css$/.test(file)

/** The rules of the house that no other tool checks; one sentence per breach. */
export function lintStructure(root: string): string[] {
  const files = trackedFiles(root).filter((file) => !generated.test(file))
  return [...files.flatMap((file) => breachesOf(root, file)), ...copiesInStarters(root, files)]
}

/** A file that starters have alike is a part of them: a mistake mended in it is mended in all. */
function copiesInStarters(root: string, files: string[]): string[] {
  const firsts = new Map<string, string>()
  return files.flatMap((file) => {
    const [, path] = /^starters\/[^/]+\/files\/(.+)$/.exec(file) ?? []
    const content = path && read(join(root, file))
    if (!content) return []
    const first = firsts.get(`${path}\0${content}`)
    if (first) return [`${file}: also ${first}; keep it once, in a folder of starters/parts`]
    firsts.set(`${path}\0${content}`, file)
    return []
  })
}

function breachesOf(root: string, file: string): string[] {
  if (!codeEnding.test(file)) return []
  const text = read(join(root, file))
  if (text === undefined) return []
  const breaches: string[] = []
  const say = (why: string) => breaches.push(`${file}: ${why}`)
  const length = text.split("\n").length - 1
  const most = isSheet(file) ? linesOfSheets : lines
  if (length > most) say(`${length} lines; at most ${most}, so that a file is one idea`)
  // A starter keeps to the names that its stack's tools write.
  if (!file.startsWith("starters/") && vagueName.test(basename(file)))
    say("name the idea instead: such files gather everything")
  if (/^export \* from/m.test(text)) say("no `export *`: a door lists what goes through it")
  if (isServerCode(file)) serverBreaches(file, text, say)
  return breaches
}

const isServerCode = (file: string) =>
  /^(packages|apps\/control-plane)\/.*\.ts$/.test(file) &&
  !/(\.test|\.suite|\.bench)\.ts$|\/testing\/|\/bench\/|\/dev\//.test(file)

/** Time, chance, the network, processes and the environment are arguments, except where they are made. */
function serverBreaches(file: string, text: string, say: (why: string) => void): void {
  const code = withoutWords(text)
  const makesThem =
    file.startsWith("packages/kernel") ||
    /\/(main|drivers|backends|simulators|agent|program)\//.test(file)
  if (/process\.env\b/.test(code) && !/\/main\/|\/agent\/|\/drivers\/|\/program\//.test(file))
    say("`process.env` is read only in main/: settings are arguments")
  if (makesThem) return
  if (/\bDate\.now\(/.test(code)) say("`Date.now` only in kernel and drivers: take a `Clock`")
  if (/\bMath\.random\(/.test(code))
    say("`Math.random` only in kernel and drivers: take it as an argument")
  // A method that is defined has its parameter's type behind the bracket; a pattern has a bar before.
  if (/(?<![.\w|])(fetch|setTimeout|setInterval)\((?!\w+:)/.test(code))
    say("`fetch` and timers only in kernel and drivers: take a `Clock`, or `fetch` as an argument")
  if (isKind(file) && /\b(ServerResponse|FastifyRequest|FastifyReply|WebSocketServer)\b/.test(code))
    say(
      "types of HTTP only in http/, gateway/, door/ and routes.ts: behind them stand plain values",
    )
  if (/from "node:child_process"/.test(text) && !/launcher|cluster/.test(file))
    say("processes only in kernel, drivers and launchers")
}

/** A kind's folder, but for its routes and what it serves at doors of machines. */
const isKind = (file: string) =>
  /^apps\/control-plane\/src\/(?!(http|gateway|main|db|core)\/)/.test(file) &&
  !/\/door\/|\/routes\.ts$/.test(file)

/** The code without comments and texts, which may speak of anything, also in another language. */
function withoutWords(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|`[^`]*`|"[^"\n]*"/gm, "")
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch {
    // Deleted, but git still lists it.
    return undefined
  }
}
