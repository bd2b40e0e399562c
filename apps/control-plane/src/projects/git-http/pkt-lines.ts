/** Lines of git's protocol: four hexadecimal digits of length, then the bytes; `0000` ends a section. */

/** A wish of a push: a ref to move from one commit to another. */
export interface PushCommand {
  from: string
  to: string
  ref: string
}

export interface PushRequest {
  commands: readonly PushCommand[]
  /** what the client understands */
  capabilities: ReadonlySet<string>
}

const commandsMax = 1000

/** The wishes at the beginning of a push; nothing when it cannot be read. */
export function readPush(body: Uint8Array): PushRequest | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const commands: PushCommand[] = []
  let capabilities = new Set<string>()
  for (let at = 0; commands.length <= commandsMax; ) {
    const size = Number.parseInt(bytes.toString("latin1", at, at + 4), 16)
    if (size === 0) return { commands, capabilities }
    if (!(size > 4) || at + size > bytes.length) return undefined
    const [line = "", can] = bytes.toString("utf8", at + 4, at + size).split("\0")
    const command = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)\n?$/.exec(line)
    if (!command) return undefined
    const [, from = "", to = "", ref = ""] = command
    if (can !== undefined) capabilities = new Set(can.trim().split(" "))
    commands.push({ from, to, ref })
    at += size
  }
  return undefined
}

const flush = Buffer.from("0000")

function line(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from((bytes.length + 4).toString(16).padStart(4, "0")), bytes])
}

/** What git shows behind “remote:”. */
const told = (text: string) => line(Buffer.concat([Buffer.from([2]), Buffer.from(`${text}\n`)]))

/** The answer to a push of which nothing was taken: why stands behind each ref, and `says` before. */
export function refusal(
  { commands, capabilities }: PushRequest,
  { reason, says }: { reason: string; says: readonly string[] },
): Buffer {
  const report = Buffer.concat([
    line("unpack ok\n"),
    ...commands.map(({ ref }) => line(`ng ${ref} ${reason}\n`)),
    flush,
  ])
  const reports = capabilities.has("report-status") || capabilities.has("report-status-v2")
  if (!capabilities.has("side-band-64k")) return reports ? report : Buffer.of()
  const banded = line(Buffer.concat([Buffer.from([1]), report]))
  return Buffer.concat([...says.map(told), ...(reports ? [banded] : []), flush])
}

/** Puts sentences before the end of an answer of git's. */
export function withWords(
  answer: Buffer,
  { capabilities }: Pick<PushRequest, "capabilities">,
  says: readonly string[],
): Buffer {
  if (!capabilities.has("side-band-64k") || !answer.subarray(-4).equals(flush)) return answer
  return Buffer.concat([answer.subarray(0, -4), ...says.map(told), flush])
}
