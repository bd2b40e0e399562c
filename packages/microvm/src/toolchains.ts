import { systemPath } from "@vibecaas/kernel/programs"
import { run } from "@vibecaas/kernel/spawn"
import { goFolder } from "./languages.ts"

/**
 * Languages that machines of this host can run, by version and platform, e.g. `cpython-3.11.2-linux-x64`;
 * absent where the host has none. Node is always there: it is the platform's own.
 */
export interface Toolchains {
  node: string
  python?: string
  go?: string
  rust?: string
}

/** What people do about a language that a host does not have. */
export const whatLacks: Record<keyof Toolchains, string> = {
  node: "This host has no Node.",
  python:
    "This host has no Python of version 3.10 or later. Its admin can install it (on Debian: apt-get install python3 python3-venv); then the platform has to be started again.",
  go: "This host has no Go of version 1.24 or later, and the platform brings one for Linux on x64 and arm64 alone, through the registry of modules. Its admin can install it (from go.dev, or as golang-go of a Debian that has one); then the platform has to be started again.",
  rust: "This host has no Rust where machines can see it. Its admin can install it (on Debian: apt-get install cargo rustc; what rustup puts into somebody's home is not seen); then the platform has to be started again.",
}

/** Asks the programs that machines of this host find. */
export async function readToolchains(): Promise<Toolchains> {
  const platform = `${process.platform}-${process.arch}`
  const [python, go, rust] = await Promise.all([
    answerOf("python3", ["-c", askPython]),
    answerOf("go", ["env", "GOVERSION"]),
    answerOf("sh", ["-c", askRust]),
  ])
  return {
    node: `${process.version}-${platform}`,
    ...(python === undefined ? {} : { python: `${python}-${platform}` }),
    ...(go === undefined ? {} : { go: `${go}-${platform}` }),
    ...(rust === undefined ? {} : { rust: `rust-${rust}-${platform}` }),
  }
}

/** Where `venv` is missing, which some systems ship apart, packages cannot be installed. */
const askPython =
  "import sys, venv; v = sys.version_info; print(f'{sys.implementation.name}-{v.major}.{v.minor}.{v.micro}') if v >= (3, 10) else sys.exit(1)"

/** A compiler alone links nothing. */
const askRust = 'command -v cargo cc >/dev/null && set -- $(rustc --version) && printf %s "$2"'

async function answerOf(program: string, argv: string[]): Promise<string | undefined> {
  const env = { PATH: `${systemPath}:${goFolder}`, HOME: "/nonexistent", GOTOOLCHAIN: "local" }
  try {
    const { exitCode, stdout } = await run(program, argv, { env, timeoutMs: 10_000 })
    const word = stdout.toString("utf8").trim()
    return exitCode === 0 && /^[\w.+-]{1,60}$/.test(word) ? word : undefined
  } catch {
    // Not installed.
    return undefined
  }
}
