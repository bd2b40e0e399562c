/** For a process that may end by itself in between, or may not be ours. */
export function signalQuietly(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself, or belongs to another user.
  }
}
