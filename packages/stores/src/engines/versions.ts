/** `2.21.2` as numbers; what is behind a dash or plus does not count. */
function parts(version: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = (version.split(/[-+]/)[0] ?? "").split(".").map(Number)
  return [major, minor, patch]
}

/** Below 0 when `one` is the older. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parts(one), parts(other)]
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

export const majorOf = (version: string) => parts(version)[0]
