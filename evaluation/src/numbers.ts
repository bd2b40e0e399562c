/**
 * Every number that a text may mean: `1.234,50`, `1,234.50` and `1 234,50` are 1234.5; of `1.234`
 * nobody knows whether it is one or a thousand, so it is both.
 */
export function numbersIn(text: string): number[] {
  const found = text.match(/\d(?:[\d.,'’]|[\s\u00a0\u202f](?=\d{3}(?!\d)))*/gu) ?? []
  return found.flatMap((piece) =>
    readings(piece.replaceAll(/[\s\u00a0\u202f'’]/gu, "").replace(/[.,]+$/, "")),
  )
}

function readings(piece: string): number[] {
  const dots = piece.split(".").length - 1
  const commas = piece.split(",").length - 1
  const english = Number(piece.replaceAll(",", ""))
  const german = Number(piece.replaceAll(".", "").replaceAll(",", "."))
  if (dots > 0 && commas > 0)
    return [piece.lastIndexOf(".") > piece.lastIndexOf(",") ? english : german].filter(isNumber)
  return [english, german].filter(isNumber)
}

const isNumber = (value: number) => !Number.isNaN(value)
