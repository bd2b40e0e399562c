import type { ReactNode } from "react"
import { clockTime, exactTime } from "../ui/format.ts"
import type { LogLine } from "./log-lines.ts"

/** Lines of a log for a block of code; a rule and the time stand where the app was started. */
export function logText(lines: readonly LogLine[]): ReactNode[] {
  return lines.map((line, at) =>
    "startedAt" in line ? (
      <StartRule key={at} at={line.startedAt} />
    ) : (
      <span key={at} className="code-line">
        {line.text || " "}
      </span>
    ),
  )
}

function StartRule({ at }: { at: string }) {
  const instant = Date.parse(at)
  return (
    <span
      title={exactTime(instant)}
      className="code-line flex items-center gap-3 py-0.5 font-sans text-fg-3 select-none after:h-px after:flex-1 after:bg-line-2"
    >
      Started at {clockTime(instant)}
    </span>
  )
}
