/** A text cut into statements: sentences, and headings with the bullets below them. */
export interface Statement {
  text: string
  /** bullets below it that name fields */
  items: string[]
}

const longestText = 6000
const bullet = /^(\s*)(?:[-*•·–—▪◦+]|\d{1,2}[.)]|\(?[a-z]\))\s+(.*)$/

export function statementsOf(text: string): Statement[] {
  const lines = cleaned(text)
    .split("\n")
    .filter((line) => line.trim() !== "")
  const statements: Statement[] = []
  let heading: Statement | undefined
  lines.forEach((line, index) => {
    const found = line.match(bullet)
    if (!found) {
      const made = sentencesOf(line).map((sentence) => ({ text: sentence, items: [] }))
      statements.push(...made)
      heading = made.at(-1)
      return
    }
    const content = (found[2] ?? "").replace(/^\[[ x]?\]\s*/i, "").trim()
    if (standsAlone(content) || hasBulletsBelow(lines, index) || !heading) {
      heading = { text: content, items: [] }
      statements.push(heading)
      if (!hasBulletsBelow(lines, index))
        heading =
          statements.findLast((each) => each.items.length > 0 || /:$/.test(each.text)) ?? heading
    } else heading.items.push(content)
  })
  return statements
}

/** "Many thanks, Geoff" */
const signOff =
  /[\s,]*\b(?:(?:[Ww]ith )?(?:(?:[Mm]any|[Kk]ind(?:est)?|[Bb]est|[Ww]arm(?:est)?|[Ff]riendly) )?(?:[Tt]hanks|[Rr]egards|[Ww]ishes|[Gg]reetings)(?: again| a lot| so much| in advance)?|[Tt]hank you(?: so much| very much| in advance)?|[Cc]heers|Best|Love|Yours(?: (?:sincerely|faithfully|truly))?|Sincerely)[,!.\s-]+[A-Z][\p{L}.'-]*(?: [A-Z][\p{L}.'-]*){0,2}\s*$/u

const digits: Record<string, string> = {
  zero: "0",
  one: "1",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  hundred: "100",
}
const informal: Record<string, string> = {
  wanna: "want to",
  gonna: "going to",
  gotta: "have to",
}
const numberWord = /\b(?:zero|one|three|four|five|six|seven|eight|nine|ten|hundred)\b/gi
/** "out of five stars", "from one to ten" */
const ranges =
  /\bout of (?:three|four|five|six|ten|a hundred|hundred)\b|\b(?:zero|one|0|1) ?(?:to|-|through|and) ?(?:three|four|five|six|seven|ten|hundred)\b|\b(?:three|four|five|ten)[- ]stars?\b/gi

/** One space between words, plain quotes and dashes, no control characters, at most 6000 of them. */
function cleaned(text: string): string {
  return text
    .slice(0, longestText)
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[‘’‚‛`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\*\*|__(?=\w+ )/g, "")
    .replace(/(?<=\p{L} )& (?=\p{L})/gu, "and ")
    .replace(/^[A-Z][A-Z &]{3,30}(?=:?$)/gm, (line) => `${line[0]}${line.slice(1).toLowerCase()}`)
    .replace(/\bw\/(?=\s)/gi, "with")
    .replace(signOff, "")
    .replace(/(?<=[,:] |and )were (?=i\b|we\b|it\b|they\b)/gi, "where ")
    .replace(ranges, (found) =>
      found.replace(numberWord, (word) => digits[word.toLowerCase()] ?? word),
    )
    .replace(/\b(?:wanna|gonna|gotta)\b/gi, (word) => informal[word.toLowerCase()] ?? word)
    .replace(/\b4(?= (?:my|the|our|me|us|an?|each|every|his|her|their)\b)/gi, "for")
    .replace(/\b2(?= (?:keep|track|write|save|note|see|log|record)\b)/gi, "to")
    .replace(/\bem\b/g, "them")
    .replace(/\b(?:u|ur)\b(?! ?\d)/g, (word) => (word === "u" ? "you" : "your"))
    .replace(/\b(?:smth|sth|sumthing)\b/gi, "something")
    .replace(/\s+n\s+(?=\p{L})/gu, " and ")
    .replace(/\bive\b/gi, "i've")
    .replace(/\bim\b/gi, "i'm")
    .replace(/\bid (?=like|love|want)/gi, "i'd ")
    .replace(
      /,?\s*\b(?:thx|thanks(?: a lot| so much| in advance)?|thank you(?! (?:cards?|notes?|letters?|gifts?)\b)|pls|plz|please|cheers)\b(?=[\s.!,:;]|$)/gi,
      "",
    )
    .replace(
      /\s+(?:would do|would be (?:great|nice|lovely|enough|perfect|ideal|brilliant|fine)|is enough|will do)(?: the (?:job|trick))?(?=[.!\n]|$)/gi,
      "",
    )
    .replace(/^#+\s*/gm, "")
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, "")
    .replace(/[\ue000-\ue00f]/g, "")
    .replace(/[ \t\u00a0]+(?=\S)/g, (space, at, all: string) =>
      at === 0 || all[at - 1] === "\n" ? space : " ",
    )
}

/** "For every flat the address, rent, for every tenant the name": a statement each. */
const perThing =
  /\b(?:for|of) (?:each|every) \p{L}+[^.;:!?]*,[^.;:!?]*,\s*(?:and )?(?=(?:for|of) (?:each|every) (?!(?:of|one|day|week|month|year)\b)\p{L}+ )/giu

function sentencesOf(line: string): string[] {
  return line
    .trim()
    .replace(perThing, (lead) => lead.replace(/,\s*(?:and )?$/, "; "))
    .replace(/\b(e\.g|i\.e|etc|vs|approx|mr|mrs|dr|incl)\./gi, (found) =>
      found.replaceAll(".", "\ue003"),
    )
    .split(/(?<=[^\d\s][.!?]|\d[.!?](?!\d))\s+|\s*;\s*|(?<=\))\.\s+/)
    .map((sentence) =>
      sentence
        .replaceAll("\ue003", ".")
        .replace(/[.!\s]+$/, "")
        .trim(),
    )
    .filter((sentence) => sentence !== "")
}

const ownStatement =
  /^(?:i |we |it should|they should|the app|users? (?:can|should)|(?:be able|ability|option|possibility) to|filter|search|sort|show (?:only|me)|order by|group by|send |notify|remind|let me|allow|each |every |must |should |can )/i

function standsAlone(content: string): boolean {
  if (ownStatement.test(content)) return true
  if (/^[\p{L} ]{3,40}\s+with\s+.+,/u.test(content)) return true
  const described = content
    .replace(/^(\p{L}+s) (?:that|which|who) [\p{L} ]{3,30}(?=\s*(?::|\s[-–])\s)/iu, "$1")
    .match(/^([\p{L}][\p{L} -]{2,30}?)\s*(?::|\(|-|–)\s*(.+)$/u)
  const parts = described?.[2]?.split(/,|\band\b/) ?? []
  return (
    /s$/i.test(described?.[1] ?? "") &&
    parts.length > 2 &&
    !/status|class|address|progress|access|genres|categories|tags/i.test(described?.[1] ?? "")
  )
}

function hasBulletsBelow(lines: string[], index: number): boolean {
  const here = lines[index]?.match(bullet)
  const next = lines[index + 1]?.match(bullet)
  return Boolean(here && next && (next[1] ?? "").length > (here[1] ?? "").length)
}

const speaker = String.raw`(?:i|we|you|it|they|users?|people|everyone|anyone|members|customers|clients|neighbou?rs|staff|students|friends|guests|visitors|the (?:app|list|page|site|tool|system|user|users)|my \p{L}+ and i|my \p{L}+|somebody|someone|there)`
const modal = String.raw`(?:(?:also|then|really|just|only|sometimes|often|mostly|usually)\s+)*(?:want|wants|would|'d|need(?! (?:water|to be|repair))|needs? to (?!be)|should|can|could|must|wish|will|have to|am able|are able|is able|may|might|like to|love to|'ll|plan to|should be|must be)\b`
const deed = String.raw`(?:filter(?:able|ed|ing)?|search(?:able|ing)?|sort(?:able|ed|ing)?|ordered(?! (?:on|at)\b)|order by|show(?:ing)? (?:only|me|the|all|which|what|overdue|unread|a)|see(?:ing)? (?:only|which|what|the|all|who|how)|list(?:ing)? only|send(?:s|ing)?|e-?mail(?:s|ing)? (?:me|us|the|them|people|everyone|customers|clients|guests)|notif(?:y|ies|ying)|remind(?:s|ing)?|alert(?:s|ing)?|(?:upload(?:s|ing)?|attach|scan|scrape|import|export|print|sync|integrate|charge|chat|message|share|calculate|translate|generate|predict)(?! ?(?:,|:|\)|and\b|or\b|on\b|date|name|number|text|$))|pay(?:ing)? (?:by|with|online)|take payments?|accept payments?|process payments?|log ?in|sign ?(?:in|up)|suggest(?:s|ing|ions?)?|recommend(?:s|ing|ations?)?|mark(?:ing)? (?:them|it|the|a|items?|books?|tasks?|which|as|\p{L}+ as)|tick(?:ing)? (?:them|it|off)|let(?:s|ting)? (?:me|us|people|users|them)|allow(?:s|ing)? (?:me|us|people|users|them)|automatically|group(?:ed)? by|be able to|the (?:ability|option|possibility) to|a way to|able to|help me)`

/** ", students have a name", "; a course has a title" */
const ownHas = String.raw`(?:each |every |an? |the )?(?!(?:i|we|you|they|it|who|that|which|to|and|one|what|whether|if|when|how|where|why)\b)\p{L}+(?: (?!that\b|which\b|and\b|or\b)\p{L}+)? (?:has|have|should have|must have|belongs? to|links? an?|connects? an?)\b`

/** ", and for each I'd write down" */
const ownEach = String.raw`for (?:each|every)(?: (?:one|of (?:them|these|those)))?,? ${speaker}\b`

const boundary = new RegExp(
  String.raw`(?:\s*[,—–]\s*|\s+-\s+)?(?:\s+|(?<=,\s))(?:(?:and|but|so|plus|then|also|which|that|where|while|with|in order|as well as|and also|for|to)\s+)*(?=(?:${speaker}\s*${modal})|(?:want|need|would like|wish) to (?!be)\w+|${deed}\b|${ownHas}|${ownEach})`,
  "giu",
)

/** A sentence cut where somebody begins to say what they want to do with the records. */
export function clausesOf(sentence: string): string[] {
  const cuts: string[] = []
  let from = 0
  for (const match of sentence.matchAll(boundary)) {
    const before = sentence.slice(from, match.index)
    const connected = match[0].trim() !== "" || from === 0
    // "how often they need water": the question word belongs to what follows
    if (!connected || before.trim() === "" || questionBefore(before) || !endsWell(before, match[0]))
      continue
    if (openParentheses(sentence.slice(0, match.index)) > 0) continue
    cuts.push(before)
    from = match.index + match[0].length
  }
  cuts.push(sentence.slice(from))
  return cuts.map((cut) => cut.trim().replace(/^[,\s]+|[,\s]+$/g, "")).filter((cut) => cut !== "")
}

function questionBefore(text: string): boolean {
  if (/\b(?:my|our) \p{L}+$/iu.test(text.trim())) return true
  return /\b(?:how|when|whether|what|which|where|who|why|if|how (?:often|much|many|long|far)|tools?|things?|items?)(?: \p{L}+)?$/iu.test(
    text.trim(),
  )
}

/** Either a comma or a joining word stands at the cut. */
function endsWell(before: string, joint: string): boolean {
  return (
    /[,—–-]|\b(?:and|but|so|plus|then|also|which|that|where|while|with|for|to|as well as)\b/i.test(
      joint,
    ) || /,$/.test(before.trim())
  )
}

function openParentheses(text: string): number {
  return (text.match(/[([]/g)?.length ?? 0) - (text.match(/[)\]]/g)?.length ?? 0)
}
