import { writeSync } from "node:fs"

/** Writes whole lines to a file descriptor at once, and loses what cannot be written: never throws. */
export function linesTo(fd: number): { write(line: string): void } {
  let lost = 0
  let torn = false
  const put = (line: string) => {
    const bytes = Buffer.from(torn ? `\n${line}` : line)
    let written = 0
    try {
      while (written < bytes.length) written += writeSync(fd, bytes, written)
      torn = false
      return true
    } catch {
      torn ||= written > 0
      return false
    }
  }
  return {
    write(line) {
      const note = { level: 40, time: Date.now(), msg: "lines of this log were lost", lost }
      const whole = (lost === 0 || put(`${JSON.stringify(note)}\n`)) && put(line)
      lost = whole ? 0 : lost + 1
    },
  }
}
