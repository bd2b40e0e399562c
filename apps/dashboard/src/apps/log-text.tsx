import type { ReactNode } from "react"
import { cn } from "../ui/cn.ts"
import { clockTime, exactTime } from "../ui/format.ts"
import type { LogLevel } from "./log-levels.ts"
import type { LogLine } from "./log-lines.ts"

/**
 * Lines of a log for a block of code, each behind the time it was printed at; a rule and the time stand
 * where the app was started, a tint where a line tells of something wrong.
 */
export function logText(lines: readonly (LogLine & { level?: LogLevel })[]): ReactNode[] {
  return lines.map((line, at) =>
    "startedAt" in line ? (
      <StartRule key={at} at={line.startedAt} />
    ) : (
      <span key={at} className={cn("code-line", tints[line.level ?? "other"])}>
        {line.at === undefined ? null : <LineTime at={line.at} />}
        {line.text || " "}
      </span>
    ),
  )
}

const tints: Record<LogLevel, string> = { error: "code-del", warning: "code-warn", other: "" }

/** Not part of what is selected and copied: the line is as the app printed it. */
function LineTime({ at }: { at: string }) {
  const instant = Date.parse(at)
  return (
    <time dateTime={at} title={exactTime(instant)} className="mr-3 text-fg-3 select-none">
      {clockTime(instant)}
    </time>
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
