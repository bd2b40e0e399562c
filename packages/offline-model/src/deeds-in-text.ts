/** What is noted each time something is done: a kind of record of its own. */
import { singular } from "./words.ts"

/**
 * "When I tune I want to note the date, …", said after pianos were described, becomes
 * "Every tuning: piano, the date, …"; without anything described before the text stays as it is.
 */
export function withDeeds(text: string): string {
  return text.replace(deed, (whole, start: string, each, verb: string, _: string, at: number) => {
    const thing = each ? singular(String(each).toLowerCase()) : lastKind(text.slice(0, at))
    return thing ? `${start}Every ${shownAs(text) ?? nameOf(verb)}: ${thing}, ` : whole
  })
}

const deed =
  /(^|\n|[.!?] )(?:(?:and|then),? )?(?:for (?:each|every) (\p{L}+),? )?(?:when(?:ever)?|(?:each|every) time) (?:i|we) (\p{L}{3,})(?: (?:it|one|them|up|out))*,? (?:i|we)(?:'d like| would like| want| need) to (note(?: down)?|write down|put down|record|log|enter|jot down) (?=[^.:\n]*,[^.:\n]*,)/giu

/** The kind described last, each on a line of its own. */
function lastKind(before: string): string | undefined {
  const kinds = [...before.matchAll(/(?:^|\n)((?:\p{L}+ )?\p{L}+s): [^\n]*,|(\p{L}+s) \([^()]*,/gu)]
  const last = kinds.at(-1)?.[1] ?? kinds.at(-1)?.[2]
  return last && singular(last.toLowerCase())
}

/** "see the inspections newest first" tells what they are called. */
function shownAs(text: string): string | undefined {
  const shown = text.match(
    /\bsee (?:the|my|our|all) (\p{L}+s) (?:newest|latest|sorted|in order)\b/iu,
  )
  return shown?.[1] && singular(shown[1].toLowerCase())
}

const nouns: Record<string, string> = {
  inspect: "inspection",
  sell: "sale",
  buy: "purchase",
  service: "service",
  deliver: "delivery",
  visit: "visit",
  repair: "repair",
  test: "test",
  check: "check",
  bake: "bake",
  run: "run",
}

function nameOf(verb: string): string {
  const low = verb.toLowerCase()
  return nouns[low] ?? `${low.replace(/e$/, "")}ing`
}
