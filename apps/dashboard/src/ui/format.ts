/** "in 7 days", "in 23 h", "in 5 min", "soon": how far `at` lies behind `now`, both in `ms`. */
export function timeUntil(at: number, now: number): string {
  const minutes = Math.round((at - now) / 60_000)
  if (minutes < 1) return "soon"
  if (minutes < 60) return `in ${minutes} min`
  if (minutes < 48 * 60) return `in ${Math.round(minutes / 60)} h`
  return `in ${Math.round(minutes / 1440)} days`
}

/** "now", "12 min ago", "yesterday", "18 Nov": how far `at` lies before `now`, both in `ms`. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  if (seconds < 10) return "now"
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  const days = Math.floor(seconds / 86_400)
  if (days === 1) return "yesterday"
  return days < 7 ? `${days} days ago` : dayOf(at, now)
}

/** "18 Nov", with the year when that is another one: in UTC */
export function dayOf(at: number, now: number): string {
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" as const }),
    timeZone: "UTC",
  }).format(at)
}

/** "18 Nov, 14:31", in the reader's time zone, with the year when that is another one */
export function minuteOf(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" as const }),
    ...{ hour: "2-digit", minute: "2-digit" },
  }).format(at)
}

/** "22 Nov 2026, 14:31:02 UTC" */
export function exactTime(at: number): string {
  const text = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
    timeZone: "UTC",
  }).format(at)
  return `${text} UTC`
}

/** "14:31:02", in the reader's time zone */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(at)
}

/** "0 s", "0.8 s", "41.2 s", "2 min 5 s", "1 h 3 min" */
export function duration(ms: number): string {
  if (ms <= 0) return "0 s"
  if (ms < 1000) return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** "0:11.6", "12:04.0": a stop watch */
export function stopwatch(ms: number): string {
  const tenths = Math.floor(Math.max(0, ms) / 100)
  const seconds = Math.floor(tenths / 10)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}.${tenths % 10}`
}

/** Bytes of memory or of a disk, in the units that their sizes have: "69.6 kB", "66 MB", "1 GB" */
export function room(count: number): string {
  const mib = Math.round(count / 1024 ** 2)
  return mib < 1 ? bytes(count) : memory(mib)
}

/** "512 B", "15.4 kB", "1.2 MB" */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  if (count < 1_000_000) return `${(count / 1000).toFixed(1)} kB`
  return `${(count / 1_000_000).toFixed(1)} MB`
}

/** "512 MB", "4 GB" for mebibytes */
export function memory(mib: number): string {
  return mib >= 1024 && mib % 512 === 0 ? `${mib / 1024} GB` : `${mib.toLocaleString("en")} MB`
}

/** "1 file", "3 files" */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`
}

/** "prj_…5c2v9w": the prefix and the part of an id that differs most; "a1b2c3d" of a commit */
export function shortId(id: string): string {
  const cut = id.indexOf("_") + 1
  if (cut === 0) return id.slice(0, 7)
  return id.length - cut <= 10 ? id : `${id.slice(0, cut)}…${id.slice(-6)}`
}

/** "ML" for Mara Lindqvist */
export function initials(name: string): string {
  const words = name.trim().split(/[\s@.]+/)
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined]
  return letters.map((word) => word?.[0]?.toUpperCase() ?? "").join("") || "?"
}
