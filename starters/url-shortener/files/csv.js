/** All links as a table for spreadsheets. @param origin where short links begin */
export function csvOf(list, origin) {
  const rows = [
    ["short", "long", "followed", "state", "made"],
    ...list.map(({ alias, url, hits, is_on, made_at }) => [
      `${origin}/${alias}`,
      url,
      hits,
      is_on ? "on" : "off",
      made_at,
    ]),
  ]
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`
}

const cell = (value) =>
  `"${String(value)
    .replace(/^[=+\-@\t]/, "'$&")
    .replaceAll('"', '""')}"`
