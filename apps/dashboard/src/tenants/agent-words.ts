const browsers: readonly [RegExp, string][] = [
  [/\bEdg\//, "Edge"],
  [/\bFirefox\//, "Firefox"],
  [/\bChrom(e|ium)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
  [/\bcurl\//, "curl"],
]
const systems: readonly [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
]

/** A browser as people call it, e.g. "Firefox on Linux". */
export function agentInWords(userAgent: string | null): string {
  const found = (words: readonly [RegExp, string][]) =>
    words.find(([form]) => form.test(userAgent ?? ""))?.[1]
  const [browser = "A program", system] = [found(browsers), found(systems)]
  return system ? `${browser} on ${system}` : browser
}
