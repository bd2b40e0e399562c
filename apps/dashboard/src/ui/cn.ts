import { type ClassValue, clsx } from "clsx"

/**
 * Joins class names; of two that set the same property the later one wins. Knows the forms that are used here:
 * a merger for all of Tailwind weighs more than the rest of this folder. A test compares both.
 */
export function cn(...values: ClassValue[]): string {
  const kept: string[] = []
  const taken = new Set<string>()
  for (const name of clsx(values).split(" ").reverse()) {
    const [where, own, also] = setBy(name)
    if (taken.has(where + own)) continue
    for (const group of [own, ...also]) taken.add(where + group)
    kept.push(name)
  }
  return kept.reverse().join(" ")
}

const sides = (x: string, all: readonly string[]) => all.map((side) => x.replace("*", side))

/** What else a class takes from those before it: all sides of a padding end each of them. */
const wider: Record<string, readonly string[]> = {
  p: sides("p*", ["x", "y", "t", "r", "b", "l"]),
  px: sides("p*", ["r", "l"]),
  py: sides("p*", ["t", "b"]),
  m: sides("m*", ["x", "y", "t", "r", "b", "l"]),
  mx: sides("m*", ["r", "l"]),
  my: sides("m*", ["t", "b"]),
  size: ["w", "h"],
  rounded: sides("rounded-*", ["t", "r", "b", "l"]),
  gap: ["gap-x", "gap-y"],
  overflow: ["overflow-x", "overflow-y"],
  inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  "inset-x": ["right", "left"],
  "inset-y": ["top", "bottom"],
  "border-width": sides("border-*-width", ["x", "y", "t", "r", "b", "l"]),
  "border-color": sides("border-*-color", ["x", "y", "t", "r", "b", "l"]),
  "line-clamp": ["display", "overflow"],
  flex: ["basis", "grow", "shrink"],
  "font-size": ["leading"],
  translate: ["translate-x", "translate-y"],
}

/** Groups by the form of their names, the narrower forms first. */
const forms: readonly [RegExp, string][] = [
  [
    /^(block|inline|inline-block|flex|inline-flex|grid|inline-grid|contents|hidden|table)$/,
    "display",
  ],
  [/^(static|relative|absolute|fixed|sticky)$/, "position"],
  [/^text-(1[1-46]|20|28|\[[\d.]+(px|em)\])$/, "font-size"],
  [/^text-(left|center|right)$/, "text-align"],
  [/^text-(balance|pretty|wrap|nowrap)$/, "text-wrap"],
  [/^text-(ellipsis|clip)$|^truncate$/, "text-overflow"],
  [/^text-/, "color"],
  [/^font-(normal|medium|semibold|bold)$/, "font-weight"],
  [/^font-(sans|mono)$/, "font-family"],
  [/^border(-\d+|-\[[\d.]+px\])?$/, "border-width"],
  [/^border-([xytrbl])(-\d+)?$/, "border-$1-width"],
  [/^border-([xytrbl])-/, "border-$1-color"],
  [/^border-(solid|dashed|dotted|none)$/, "border-style"],
  [/^border-(collapse|separate)$/, "border-collapse"],
  [/^border-/, "border-color"],
  [/^flex-(row|col)/, "flex-direction"],
  [/^flex-(wrap|nowrap)/, "flex-wrap"],
  [/^(col|row)-(start|end)-/, "$1-$2"],
  [/^(translate-[xy]|snap-[a-z]+|object-[a-z]+)(-|$)/, "$1"],
  [/^(underline|line-through|no-underline)$/, "text-decoration"],
  [/^outline-(\d+)$|^outline$/, "outline-width"],
  [/^(underline-offset|outline-offset|min-[wh]|max-[wh]|gap-[xy]|inset-[xy]|overflow-[xy])-/, "$1"],
  [/^(grid-cols|grid-rows|justify-items|justify-self|line-clamp|place-items)-/, "$1"],
  [/^rounded-([trbl])(-|$)/, "rounded-$1"],
  // Names of our own, such as `st` and `st-bad`, belong to none of these and stay beside each other.
  [
    /^(p[xytrbl]?|m[xytrbl]?|w|h|size|gap|inset|top|right|bottom|left|bg|rounded|shadow|leading|tracking|opacity|z)-/,
    "$1",
  ],
  [
    /^(flex|grow|shrink|order|basis|col|row|items|content|self|justify|overflow|overscroll)(-|$)/,
    "$1",
  ],
  [
    /^(cursor|whitespace|translate|rotate|duration|transition|ease|animate|aspect|resize)(-|$)/,
    "$1",
  ],
  [
    /^(accent|appearance|pointer-events|break|float|list|outline|select|touch|columns|fill|stroke)(-|$)/,
    "$1",
  ],
]

/** Under which conditions a class counts, the group of properties that it sets, and others that it takes along. */
function setBy(name: string): readonly [where: string, own: string, also: readonly string[]] {
  const at = name.lastIndexOf(":") + 1
  const important = name.endsWith("!") ? "!" : ""
  const bare = name.slice(at).replace(/^-/, "").replace(/!$/, "")
  for (const [form, group] of forms) {
    const found = form.exec(bare)
    if (!found) continue
    const own = group.replace(/\$(\d)/g, (_, part) => found[Number(part)] ?? "")
    return [name.slice(0, at) + important, own, wider[own] ?? []]
  }
  return ["", name, []]
}
