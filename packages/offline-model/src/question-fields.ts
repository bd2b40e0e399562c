/** Fields told as clauses: "when I last watered them", "whether it's paid", "who has it". */
import type { Field } from "./blueprints/index.ts"
import { bareVerb, dated, flagWords, moneyWords, shorten } from "./clause-words.ts"

type Guess = Pick<Field, "type"> & Partial<Pick<Field, "unit" | "min" | "max">>
interface Asked {
  words: string
  guess?: Guess
}

const subject = String.raw`(?:i|we|they|it|he|she|you|someone|somebody|people|(?:the|my|our|each|that|this|a|an) [\p{L}]+(?:s|)|[\p{L}]+s)`
const object = String.raw`(?:\s+(?:it|them|this|that|him|her|one|each|these|those|(?:the|each|my|this|that) [\p{L}]+))?`
const helper = String.raw`(?:'s|'re|'ve|'d|'m)?(?:\s+(?:is|are|was|were|has|have|had|been|be|got|did|does|do|will|would|should|can|could|already|actually|still|ever|personally|now|being|get|gets|needs? to be|need to be|currently))*`

const forms: [RegExp, (match: RegExpMatchArray) => Asked | undefined][] = [
  [
    new RegExp(
      String.raw`^(?:(?:the )?(?:date|day) (?:and|when) )?when ${subject}${helper}\s+last\s+([\p{L}]+)${object}`,
      "iu",
    ),
    ([, verb]) => ({ words: `last ${verb}`, guess: { type: "date" } }),
  ],
  [
    /^(?:when )?last (?:time )?(?:i|we|they|it|he|she) (\p{L}+)/iu,
    ([, verb]) => ({ words: `last ${verb}`, guess: { type: "date" } }),
  ],
  [
    new RegExp(
      String.raw`^when ${subject}${helper}\s+next\s+(?:to )?(?:be )?(?:due )?([\p{L}]+)?`,
      "iu",
    ),
    ([, verb]) => ({ words: verb ? `next ${verb}` : "next date", guess: { type: "date" } }),
  ],
  [
    new RegExp(String.raw`^when ${subject}${helper}\s+(\p{L}+)${object} last$`, "iu"),
    ([, verb]) => ({ words: `last ${verb}`, guess: { type: "date" } }),
  ],
  [
    new RegExp(String.raw`^when ${subject}${helper}\s+next$`, "iu"),
    () => ({ words: "next date", guess: { type: "date" } }),
  ],
  [
    /^(?:by|until|till|since) when\b/i,
    (match) => ({
      words: /since/i.test(match[0]) ? "since" : /by/i.test(match[0]) ? "due date" : "until",
      guess: { type: "date" },
    }),
  ],
  [
    new RegExp(
      String.raw`^when (?:${subject}${helper}\s+)?(due|back|return(?:ed|s)?(?: it)?|coming back|expected back)\b`,
      "iu",
    ),
    ([, word]) => ({
      words: /due/i.test(word ?? "") ? "due date" : "return date",
      guess: { type: "date" },
    }),
  ],
  [
    new RegExp(
      String.raw`^when ${subject}${helper}\s+(\p{L}+)${object} (out|back|in|up|off|away|over|down)$`,
      "iu",
    ),
    ([, verb, way]) => ({ words: `${verb} ${way}`, guess: { type: "date" } }),
  ],
  [
    new RegExp(
      String.raw`^when ${subject}${helper}\s+([\p{L}]+?)s?${object}(?: (?:for|in|on|at|from|to|by|up|out) ?.*)?$`,
      "iu",
    ),
    ([, verb]) => ({ words: dated(verb ?? ""), guess: { type: "date" } }),
  ],
  [/^when$/i, () => ({ words: "date", guess: { type: "date" } })],
  [
    /^how (?:often|frequently) (?:(?:i|we|they|it|you|he|she|the \p{L}+|each \p{L}+|each|every \p{L}+|\p{L}+s)\s+)?(?:(?:need|needs|should|must|want|wants|have|has|require|requires|get|gets|is|are|do|does|to|be|got)\s+)*(\p{L}+)?/iu,
    ([, verb]) => ({
      words:
        verb && !/^(?:it|them)$/i.test(verb) ? `${bareVerb(verb)} every days` : "repeat every days",
      guess: { type: "whole_number", unit: "days", min: 1 } as Guess,
    }),
  ],
  [
    /^how many(?: times)? (?:an? |per |each |every )(day|week|month|night|year)$/i,
    ([, span]) => ({ words: `times per ${span}`, guess: { type: "whole_number" } }),
  ],
  [
    /^how many times(?: (?:i|we|it|they))?(?:'ve| have| has)?(?: been)? ?(\p{L}+)?/iu,
    ([, verb]) => ({ words: verb ? `times ${verb}` : "times", guess: { type: "whole_number" } }),
  ],
  [
    /^how many (?:(?:i|we|there|they|it|you)(?:'ve|'re)?\s+)?(?:(?:still|do|are|is|have|has|got|i|we)\s+)*(left|remaining|in stock|on hand|in total)\b/i,
    () => ({ words: "quantity", guess: { type: "whole_number" } }),
  ],
  [
    /^how many(?: (?:(?:do|are) )?(?:i|we|they|you|there)(?: (?:have|own|got|keep|are|need))?)?$/i,
    () => ({ words: "quantity", guess: { type: "whole_number" } }),
  ],
  [
    /^how many (\p{L}+) (?:(?:(?:are|i have|we have|is) )?(left|remaining)|(?:were|was|have been|had been) (\p{L}+))$/iu,
    ([, of, left, done]) => ({ words: `${of} ${left ?? done}`, guess: { type: "whole_number" } }),
  ],
  [
    /^how many ((?:\p{L}+ ){0,2}?\p{L}+?)(?: (?:it|they|there|i|we|he|she|you|each|are|is|have|has|were|was|left|of|in|people)\b.*)?$/iu,
    ([, thing]) => ({
      words: thing === "" || thing === "left" ? "quantity" : (thing ?? "quantity"),
      guess: { type: "whole_number" },
    }),
  ],
  [
    /^how much (?:water|light|sun|sunlight)\b/i,
    (match) => ({ words: match[0].replace(/^how much /i, "") }),
  ],
  [
    /^how much (?:(?:it|they|i|we|each|he|she|you|the \p{L}+|people|someone)(?:'s|'ve| have| has)? ?)?(?:weighs?)/iu,
    () => ({ words: "weight", guess: { type: "decimal", unit: "kg" } }),
  ],
  [
    /^how much (?:of (?:it|them|each)|there (?:is|are)|(?:is|are) left|(?:i|we) have left|(?:is|are) (?:left|in stock))/i,
    () => ({ words: "quantity", guess: { type: "whole_number" } }),
  ],
  [
    /^how much(?: money)?(?: .*?)?\b(owes?d?)\b/i,
    () => ({ words: "amount owed", guess: { type: "money" } }),
  ],
  [
    /^how much(?: money)?(?: .*?)?\b(paid|pay|pays)\b/i,
    () => ({ words: "price paid", guess: { type: "money" } }),
  ],
  [
    /^how much(?: money)?(?: .*?)?\b(spent|spend)\b/i,
    () => ({ words: "amount", guess: { type: "money" } }),
  ],
  [/^how much(?: money)?(?: .*?)?\bcosts?\b/i, () => ({ words: "cost", guess: { type: "money" } })],
  [
    /^how much(?: money)?(?: .*?)?\b(?:worth)\b/i,
    () => ({ words: "worth", guess: { type: "money" } }),
  ],
  [
    /^how much (?:i|we) (?:like|liked|enjoy|enjoyed|love|loved)\b/i,
    () => ({ words: "rating", guess: { type: "rating", min: 1, max: 5 } }),
  ],
  [/^how much\b/i, () => ({ words: "amount", guess: { type: "money" } })],
  [
    /^how (?:long)(?: .*?)?\b(hours)\b/i,
    () => ({ words: "hours", guess: { type: "decimal", unit: "h" } }),
  ],
  [/^how long\b/i, () => ({ words: "duration", guess: { type: "whole_number", unit: "min" } })],
  [/^how far\b/i, () => ({ words: "distance", guess: { type: "decimal", unit: "km" } })],
  [/^how heavy\b/i, () => ({ words: "weight", guess: { type: "decimal", unit: "kg" } })],
  [/^how (?:old)\b/i, () => ({ words: "age", guess: { type: "whole_number" } })],
  [/^how (tall|high)\b/i, () => ({ words: "height", guess: { type: "decimal" } })],
  [/^how (big|large)\b/i, () => ({ words: "size" })],
  [
    /^how (good|well|it (?:turned out|went|came out|was|tasted|felt|looks?|tastes?)|(?:they|we|i) (?:did|liked)|great|tasty|happy|much i (?:like|enjoy)(?:ed)?|i (?:liked|rate|feel|felt|rated|slept))\b/i,
    (match) => ({
      words: /feel|felt|happy/i.test(match[0]) ? "mood" : "rating",
      guess: { type: "rating", min: 1, max: 5 },
    }),
  ],
  [/^how (hard|difficult|tough)\b/i, () => ({ words: "difficulty" })],
  [/^how urgent|^how important/i, () => ({ words: "priority" })],
  [
    /^(?:whether|if)\b.*\bor not$/i,
    (match) => ({ words: flagWords(match[0].replace(/\s+or not$/i, "")), guess: { type: "flag" } }),
  ],
  [
    /^(?:whether|if)(?: or not)? .+$/i,
    (match) => ({ words: flagWords(match[0]), guess: { type: "flag" } }),
  ],
  [
    /^(?:did|do|does|has|have|is|are|was|were|am) (?:i|we|it|they|he|she|you)\b .+$/i,
    (match) => ({ words: flagWords(match[0]), guess: { type: "flag" } }),
  ],
  [
    /^who(?:m)?(?:'s| is| has| was| got)? ?(?:currently )?(?:borrowed|borrowing|borrows|taken|took|checked out)\b/i,
    () => ({ words: "borrower" }),
  ],
  [
    /^who (?:i|we) (?:lent|loaned|borrowed|gave|met|sold|bought|got|received)(?: (?:it|them))? ?(to|from|with)?/i,
    (match) => ({ words: match[0].replace(/^who (?:i|we) /i, "").replace(/\b(?:it|them)\b/i, "") }),
  ],
  [/^who wrote\b/i, () => ({ words: "author" })],
  [/^who directed\b/i, () => ({ words: "director" })],
  [/^who (?:published)\b/i, () => ({ words: "publisher" })],
  [/^who (?:made|makes|built|brews|roasts?|roasted)\b/i, () => ({ words: "maker" })],
  [
    /^who(?:'s| is| are)? (?:responsible|in charge|assigned|doing|on it|going to|supposed to).*$/i,
    () => ({ words: "assignee" }),
  ],
  [
    /^who(?:m)?(?: (?:it|he|she|this|they))?(?:'s|s|'re| is| are| was)? assigned to$/i,
    () => ({ words: "assigned to" }),
  ],
  [
    /^who (.+?)$/i,
    ([, rest]) => ({
      words: `who ${shorten(rest ?? "")}`,
      guess: { type: "text" },
    }),
  ],
  [
    /^(?:where)(?: (?:i|we|it|they|he|she))?(?:'s| is| are| was| were| came| comes| live| lives| keep| store| stored| put| kept|'m)*(?: (?:stored|kept|located|lives|sits|from|it|them|is))*$/i,
    (match) => ({ words: /from/i.test(match[0]) ? "origin" : "location" }),
  ],
  [
    /^where (?:(?:i|we|it|they|he|she|you)(?:'s|'ve| was| were| is| are| have| has)? )?(\p{L}+)(?: (?:it|them|him|her))?(?: (from|at|in))?$/iu,
    ([, verb]) => ({
      words: /^(?:live|lives|is|are|saw|seen|spotted)$/i.test(verb ?? "")
        ? "location"
        : `where ${verb}`,
      guess: { type: "text" },
    }),
  ],
  [/^where (?:on|in|along) (?:the )?\p{L}+$/iu, ([asked]) => ({ words: asked })],
  [/^where\b/i, () => ({ words: "location" })],
  [
    /^what (?:it is|they are|(?:we|i) have|is there|there is|it'?s|(?:it|they|each)(?:'s| is| are) called)(?: called)?$/i,
    () => ({ words: "name", guess: { type: "text" } }),
  ],
  [
    /^for what\b|^what (?:it (?:was|is) )?for$/i,
    () => ({ words: "description", guess: { type: "text" } }),
  ],
  [
    /^what (?:i|we|they|he|she|you|it|(?:the|my|our|each|every) \p{L}+)(?:'ve|'d|'s| have| has| had| was| were)?\s+(?:(?:actually|originally|usually)\s+)?(paid|pays?|costs?|spent|spend|charged?|charges|owes?|owed|earned|earn|sold|asked|worth|received)\b/iu,
    ([, verb]) => ({ words: moneyWords(verb ?? ""), guess: { type: "money" } }),
  ],
  [
    /^what (?:was|were|got|has been|had been|needs(?: to be)?|i|we) (?:done|do|did|doing|fixed|repaired|replaced|changed|discussed|said|decided|taught|covered|practi[sc]ed|eaten|ate|learned|happened|fixing|repairing)\b/i,
    (match) =>
      /learn|\bdid$/i.test(match[0])
        ? undefined
        : { words: match[0], guess: { type: "long_text" } },
  ],
  [
    /^what (?:i|we)(?:'d| would|'ll| will| could| should) .+$/i,
    ([asked]) => ({ words: shorten(asked), guess: { type: "long_text" } }),
  ],
  [
    /^what (?:triggered|caused|made|helped|inspired|influenced|prompted) (?:it|them|this|that|me|us)$/i,
    ([asked]) => ({ words: asked, guess: { type: "text" } }),
  ],
  [
    /^what (?:was|is|has been|were) (paid|charged|spent|owed|earned)\b/i,
    ([, verb]) => ({ words: moneyWords(verb ?? ""), guess: { type: "money" } }),
  ],
  [
    /^(?:which|what|whose) (\p{L}+) \p{L}+(?:ed|ote|ade|s|ook|ought|ent|ave) (?:it|them|this|that|him|her)$/iu,
    ([, thing]) => ({ words: thing ?? "" }),
  ],
  [
    /^whose (\p{L}+)(?: (?:it|this|that) (?:is|was))?$/iu,
    ([, thing]) => ({ words: `${thing} owner` }),
  ],
  [/^(?:from|to|at|on|by) wh(?:ich|at|ose) (\p{L}+)$/iu, ([, thing]) => ({ words: thing ?? "" })],
  [
    /^(?:which|what|whose) ((?:\p{L}+ )?(?!(?:it|they|he|she|we|i|you)\b)\p{L}+?)(?:'s)? (?:it|they|i|we|he|she|you|is|are|was|were|each|the|belongs?|has|have|owns?)\b.*$/iu,
    ([, thing]) => ({ words: thing ?? "" }),
  ],
  [/^when to (\p{L}+)/iu, ([, verb]) => ({ words: `${verb} date`, guess: { type: "date" } })],
  [
    /^what (?:i|we|they|he|she|you)(?:'ve| have)? (?!thought|think|liked|did|learned|learnt|noticed|wrote|said|paid|spent)(\p{L}+)$/iu,
    ([, verb]) => ({ words: verb ?? "", guess: { type: "text" } }),
  ],
  [
    /^what (?:was|were|is|got|has been) \p{L}+(?:ed|en|t|ght|ne|wn)$/iu,
    ([asked]) => ({ words: asked, guess: { type: "text" } }),
  ],
  [/^why\b/i, () => ({ words: "reason", guess: { type: "long_text" } })],
  [
    /^what (?:it|they)(?:'s| is| are)? (?:about)$/i,
    () => ({ words: "description", guess: { type: "long_text" } }),
  ],
  [
    /^what (?:i|we) (?:thought|think|liked|did|learned|learnt|noticed|wrote|said)\b.*$/i,
    (match) => ({
      words: /did/i.test(match[0])
        ? "activity"
        : /learn/i.test(match[0])
          ? "what I learned"
          : "notes",
      guess: { type: "long_text" },
    }),
  ],
  [/^what (?:it|they) (?:was|were) about$/i, () => ({ words: "topic" })],
  [/^what (?:they|he|she) said$/i, ([said]) => ({ words: said, guess: { type: "long_text" } })],
  [/^what happened\b/i, () => ({ words: "what happened", guess: { type: "long_text" } })],
]

/** The field behind a clause; undefined when the item is no clause but a name. */
export function fromQuestion(item: string): Asked | undefined {
  for (const [pattern, make] of forms) {
    const match = item.match(pattern)
    const asked = match && make(match)
    if (asked) return asked
  }
  return undefined
}
