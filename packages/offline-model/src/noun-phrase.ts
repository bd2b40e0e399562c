/** What a wish is about: "I'd like a simple app to track my plants" → "plants". */
import { heldBy, isKnown } from "./known-entities.ts"
import { looksLikeWord } from "./sense.ts"
import { lastWord, singular } from "./words.ts"

const kinds = `(?:list|log|logbook|log book|register|registry|catalog(?:ue)?|collection|inventory|directory|overview|tracker|manager|management|organi[sz]er|diary|journal|stash|hoard|archive|index|library|record(?:s)?|database|db|table|planner|tracking|database app|spreadsheet|keeper|notebook|book|box|board|sheet|file|vault|hub|shelf|chart|ledger|rota|calendar|schedule|portfolio|roster|(?:tasting )?notes)`
const apps = `(?:(?:web|mobile|phone|record[- ]keeping|crud|single[- ]page) ?)?(?:apps?|application|tool|web ?site|site|web ?app|program|page|system|platform|place|way|something|software|dashboard|portal|service|solution|thing|project|interface|ui|mvp|crm|space|spot|somewhere)`
const adjectives = `(?:simple|short(?= lists?\\b)|small|little|tiny|basic|nice|beautiful|pretty|personal|private|minimal(?:ist)?|quick|easy|easy-to-use|clean|modern|new|online|digital|web-?based|mobile-friendly|shared|good|great|proper|lightweight|full|complete|fast|cool|fancy|super|very|really|lovely|cute|neat|handy|straightforward|responsive|internal|own|big|large|huge|long|growing|entire|whole|favou?rite|old|little|existing|custom|central|central(?:ized)?|dead[- ]simple|kind of|sort of|plain|tidy)`
const keeping = `(?:(?:keep|keeps|keeping|kept)(?: (?:track|score|scores|a record|records|a list|lists?|a log|logs?|notes?|tabs|an overview|hold|an eye|a collection|a diary|a journal|an inventory|an eye on))(?: (?:of|on|about))?|track(?:s|ing)?(?: of)?|manag(?:e|es|ing)|record(?:s|ing)?|log(?:s|ging)?|list(?:s|ing)|store(?:s)?|storing|save(?:s)?|saving|organi[sz](?:e|es|ing)|catalog(?:ue|ues|uing|ing|s)?|collect(?:s|ing)?|not(?:e|es|ing)(?: down)?|remember(?:s|ing)?|register(?:s|ing)?|monitor(?:s|ing)?|maintain(?:s|ing)?|writ(?:e|ing) down|jot(?:ting)? down|document(?:s|ing)?|follow(?:ing)?(?: up on)?|handl(?:e|es|ing)|administer|schedul(?:e|ing)|captur(?:e|ing)|stay on top of|keep on top of|inventory)`
const weak = `(?:keep(?:s|ing)?|list|plan(?:s|ning)?|enter(?:s|ing)?|add(?:s|ing)?|see|view|know|put|have|show|review|rate|share|file|note|organise|sort out|drop off|donate|bring in|hand in|lend(?: out)?|borrow|offer|take(?: out)?|hold|holds|contains?|write)`

const strips: [RegExp, "strong" | "weak" | "kind"][] = [
  [
    /^(?:i'm|i am|we're|we are) (?:an? |the )?[\p{L} -]{2,40}?(?:,? and|,? who|,)\s+(?=i |we |want|need|would|like|keep|track)/iu,
    "weak",
  ],
  [
    /^is there (?:any|some|a|an)(?: \p{L}+)? (?:way|chance|possibility|option)(?: of| to| for)?(?: (?:getting|get|having|have|making|make))?\s+/iu,
    "weak",
  ],
  [/^(?:in|at) (?:my|our|the) \p{L}+(?: \p{L}+)?,\s+/iu, "weak"],
  [/^as an? [\p{L} ]{3,30}?,? (?=i |we )/iu, "weak"],
  [/^(?:need|needs|want|wanted|looking for)\s+/i, "weak"],
  [/^(?:would like|like|want|need|wish|love) to\s+/i, "weak"],
  [/^(?:my |our |the )?(?:\p{L}+ ){0,2}\p{L}+(?:'s|s')\s+/iu, "weak"],
  [
    /^(?:my|our|the) (?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|kid|child|brother|sister|gran|grandma|grandpa|grandmother|grandfather|friend|boss|nan|aunt|uncle|boyfriend|girlfriend)s\s+(?=\p{L})/iu,
    "weak",
  ],
  [
    /^(?:every|each|once (?:a|every)|twice a|most|on) (?:\p{L}+ )?(?:day|night|morning|evening|week|weekend|month|year|season|spring|summer|autumn|fall|winter|quarter|time|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?(?: or (?:so|two))?,?\s+(?=i |we |there |they |you |he |she |my |our )/iu,
    "weak",
  ],
  [
    /^(?:i|we|they) (?:also |always |usually )?(?:count|weigh|measure|check|inspect|test|serve|bake|brew|harvest|sow|collect|sell|buy|repair|host) (?:the |my |our )?(?=\p{L}+s\b)/iu,
    "weak",
  ],
  [/^(?:i|we|they)(?:'ve| have) got\s+/i, "weak"],
  [/^there(?:'s| is| are| will be| can be)\s+(?:also |about |around )?/i, "weak"],
  [
    /^(?:i|we|they|he|she)(?:'ve|'ll)? (?:have |also |usually |then |always )*(?:do|does|make|makes|take|takes|hold|have|has|get|own|run|host|go on|carry out|perform|give|see|write|visit|look after|care for)\s+(?=an? |some |several |about |around |\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|many|lots|dozens|hundreds)\b)/i,
    "weak",
  ],
  [
    /^(?:what|which)\s+(?:kinds? of |sorts? of )?(?=\p{L}+(?: \p{L}+)? (?:is|are|i|we|they|was|were)\b)/iu,
    "weak",
  ],
  [
    /^(?:please|hi|hello|hey|ok|okay|so|well|basically|also|then|and|but|thanks|dear \w+|there|just|maybe|first(?:ly)?|secondly|finally|next|additionally|furthermore|moreover|separately|apart from that|besides|elsewhere)\b[,!.:]?\s*/i,
    "weak",
  ],
  [/^(?:can|could|would|will) (?:you|we|i)(?: please| kindly| maybe)?\s+/i, "weak"],
  [
    /^(?:i|we|my (?:wife|husband|partner|team|club|family|boss|class|kids|children|parents|students|grandchildren|daughter|son|mother|father|friends?)(?: and i)?|our (?:team|club|company|school|family|office|group|shop|church|studio|choir|band))(?:'d|'m|'re| would| am| are| have| do)?(?: (?:also|really|just|always|often|currently|now|sometimes|desperately|mostly|mainly))*\s+(?:want(?:s)?|need(?:s)?|like|love|wish|looking|dream|trying|hoping|planning|going|wanting|have|own|run|sell|read|watch|bake|brew|drink|cook|grow|lend|teach|coach|organi[sz]e|keep|make|collect)(?: (?:for|to|of|about|a way|out))*(?: have| be able to| get| make| build| create)?(?: (?:lots|a lot|plenty|tons|loads) of)?\s+/i,
    "weak",
  ],
  [
    /^(?:build|make|create|develop|design|write|generate|give|get|set up|code|program|help|prepare|produce|construct|implement|craft|provide|start|spin up|whip up|put together)(?: me| us)?(?: with)?(?: to)?\s+/i,
    "weak",
  ],
  [
    /^(?:to|in order to|for|about|of|where|which|that|in which|with which|so that|on which|with|on|as)\s+/i,
    "weak",
  ],
  [
    /^(?:i|we|you|people|users?|it|me|us|one|they|everyone|everybody|(?:my|our|the) [\w&'-]+(?: \w+)?)(?: and (?:i|my \w+|me))?\s+(?:can|could|may|will|should|to|would|must|might)(?: be able to| easily| quickly| both)*\s+/i,
    "weak",
  ],
  [
    /^(?:lets?|helps?|allows?|enables?|letting|helping|allowing)(?: me| us| you| people| users?| my \w+)?(?: to)?\s+/i,
    "weak",
  ],
  [
    new RegExp(
      String.raw`^(?:(?:a|an|the|my|our|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a few |several )?(?:dozens?|hundreds|thousands)(?: of)?|a (?:few|couple(?: of)?|dozen|hundred)|over|about|around|some|all(?: of)?(?: the| my| our)?|your|their|his|her|its|this|these|those|every|each|different|various|several|multiple|individual|any|lots of|many|certain|more|other|daily information (?:about|on)|information (?:about|on)|info (?:about|on)|details (?:of|about|on)|data (?:about|on|for)|everything about|stuff about|things like)|${adjectives},?)\s+(?!(?:and|or|with)\b)`,
      "i",
    ),
    "weak",
  ],
  [
    new RegExp(
      String.raw`^${apps}(?: (?:app|application|tool|website|page|system))?\s*(?:,|:|-|–)?\s*(?:for|to|that|which|where|in which|with which|about|of|on|so|called [\p{L}"' ]+? (?:for|to|that|which|with)|with|containing|holding|listing|has|having|having a list of|with a list of)\s+`,
      "iu",
    ),
    "kind",
  ],
  [
    new RegExp(
      String.raw`^${kinds}(?: (?:app|application|tool|website|page|system|database))?\s+(?:for|of|about|to|on|where|that|with all(?: of)?(?: my| our| the)?|containing)\s+`,
      "i",
    ),
    "kind",
  ],
  [
    new RegExp(
      String.raw`^(?:easily |quickly |properly |better |simply |carefully |systematically )?${keeping}(?: (?:of|all|about|on))?(?=\s|:|$)\s*:?`,
      "i",
    ),
    "strong",
  ],
  [new RegExp(String.raw`^(?:easily |quickly )?${weak}\s+(?:down |up |in )?(?=\S)`, "i"), "weak"],
]

/** "simple", "little", "new" */
export const isAdjective = (word: string) => new RegExp(`^${adjectives}$`, "i").test(word)

export interface Stripped {
  rest: string
  /** strong: a verb of keeping; kind: "a list of"; weak: only politeness and small verbs */
  frame: "strong" | "kind" | "weak" | "none"
  /** what was taken off */
  lead: string
}

/** Takes off everything before what the wish is about. */
export function stripLead(text: string): Stripped {
  let rest = text.trim()
  let frame: Stripped["frame"] = "none"
  for (let round = 0; round < 24; round++) {
    const hit = strips.find(([pattern]) => {
      const found = rest.match(pattern)
      return found !== null && found[0].length < rest.length && !eatsTheNoun(rest, found[0])
    })
    if (!hit) break
    const found = rest.match(hit[0])?.[0] ?? ""
    if (frame !== "strong" && hit[1] !== "weak") frame = hit[1]
    if (frame === "none") frame = "weak"
    rest = rest.slice(found.length).trimStart()
  }
  return { rest, frame, lead: text.slice(0, text.length - rest.length) }
}

/** "record collection", "list price", "notes": the word before is part of a noun here. */
function eatsTheNoun(text: string, lead: string): boolean {
  const word = lead.trim().toLowerCase()
  const after = text.slice(lead.length)
  if (
    /^(?:record|log|list|store|track|document|note|project|plan|book|file|board|show|share|catalog|inventory|schedule|monitor|service)s?$/.test(
      word,
    )
  ) {
    if (
      after === "" ||
      /^(?:[,(:;]|with\b|and\b|has\b|have\b|having\b|including\b|collection\b|label\b|cards?\b|orders?\b|entries\b|items?\b|tracker|keeper|manager|list)/i.test(
        after,
      )
    )
      return true
  }
  return false
}

/** "expenses shared between flatmates": what follows a participle is not part of the name. */
const participle =
  /\s+\p{L}+(?:ed|en)\s+(?:between|by|with|from|in|on|to|for|at|among|over|during)\s.*$/iu
/** "visitors sign a paper book": those who stand in it are what is kept. */
const signing = /(?<=s) (?:sign|fill|write|enter|get written|are written)(?: in| out| into)? .*$/iu
const doing =
  /^(?:identify|recogni[sz]e|detect|classify|upload|send|share|post|buy|sell|pay|chat|watch|play|notify|remind|email|text|call|message|scan|print|export|import|sync|search|filter|sort|find|suggest|recommend|calculate|generate|translate|like|follow|vote|tell|ask|answer|ignore|disregard|print|execute|run|delete|drop|select|update|insert|hack|link|mark|be|being|using|use|learn|teach|explain|sing|draw|paint|invent|imagine|think|predict|should|would|could|will|can|must|accept|process|scrapes?|shows|sends|lets|finds|helps|forget)$/i
/** Whose app it is, rather than what it keeps: "for my bakery". */
const places =
  /(?:^|\s)(?:bakery|studio|shop|store|company|school|kindergarten|university|club|team|family|household|flat|office|restaurant|cafe|café|bar|pub|church|parish|band|choir|orchestra|gym|clinic|practice|startup|salon|hotel|hostel|farm|business|firm|agency|makerspace|hackerspace|nursery|garden cent(?:re|er)|marina|kennels|animal shelter|workshop|neighbou?rhood|street|building|charity|nonprofit|ngo|organi[sz]ation|association|foundation|museum|gallery|food bank|department|community|group|village|town|city|freelancers?|landlords?|teachers?|developers?|beginners|hobbyists|kids|garage|dealership|theat(?:er|re)|cinema|daycare|dentist|vet|lab|laboratory|warehouse|factory|brewery|winery|bookshop|bookstore|library|myself|me|us)$/i

const stops =
  /\s+(?:alive|healthy|happy|safe|sorted|straight|organi[sz]ed|tidy|together|that|which|who|whom|whose|where|when|in|on|at|from|for|to|of|i|we|you|he|she|they|it|my|our|their|by|near|around|about|people|so|because|is|are|was|were|has|have|had|can|could|will|would|should|must|may|might|do|does|did|need|needs|want|wants|using|being|during|per|before|after|until|while|during|without|into|across|between|through|throughout|over|under|within|as|like|such|plus|but|if|and|or|this|each|every|all|then|than|via|please|too|etc|be|been)(?=\s|$)[\s\S]*$/i
const pronounsAndSuch =
  /^(?:an?|the|i|we|you|he|she|it|they|me|us|them|this|that|these|those|there|here|what|which|who|when|where|how|why|if|and|or|but|so|not|no|yes|one|ones|two|up|down|out|all|none|now|then|only|most|way|some|any|more|other|others|lot|lots|kind|sort|type|bit|able|want|need|like|please|is|are|be|to|do|does|did|go|get|got|let|make|made|see|have|has|had|use|used|using|add|show|them|same|very|too|just|also|really|whatever|everything|anything|something|nothing|things?|stuff|app|apps|name|names|title|titles|entity|entities|application|website|site|page|tool|system|program|platform|software|dashboard|database|list|lists|field|fields|column|columns|feature|features|option|options|world|calm|red|blue|green|good|bad|poem|joke|story|song about|code|keys|secrets|prompt|instructions|hello|hi|hey|thanks|thank|ok|okay)$/i

export interface Noun {
  /** lower case, singular */
  name: string
  /** as it was written, e.g. "Job applications" */
  spoken: string
  /** what was cut off behind it */
  tail: string
  /** true when a word for a collection stood with it: "gym log", "reading list" */
  kind: boolean
}

/** "for my bakery" says whose app it is. */
export function isPlace(phrase: string): boolean {
  return (
    !/[,(:]|\b(?:in|at|of|from|by|for)\s/i.test(phrase.replace(/^(?:for|of|at|in)\s+/i, "")) &&
    places.test(phrase.replace(/^(?:for|of|at|in)\s+/i, "").trim())
  )
}

/** The noun at the start of a phrase; undefined when there is none to keep records of. */
export function readNoun(phrase: string): Noun | undefined {
  const { rest, frame } = stripLead(phrase)
  const bare = rest
    .replace(/\s*\(.*$/, "")
    .replace(/["']/g, " ")
    .trim()
  const subjectCut = bare.replace(
    /^(\p{L}[\p{L}-]*) (?:neighbou?rs|friends|people|members|users|students|employees|customers|visitors|others|guests|colleagues|everyone|anyone) (?:can|could|may|will|want|like|have|borrow|lend|bring|need)\b.*$/iu,
    "$1",
  )
  const cut = subjectCut
    .replace(signing, "")
    .replace(participle, "")
    .replace(stops, "")
    .replace(/[^\p{L}\p{N} &/-]/gu, "")
    .trim()
  const words = cut.split(/[\s/]+/).filter(Boolean)
  const named = dropKind(words)
  const held = heldBy(named.join(" "))
  if (held) return { name: held, spoken: held, tail: bare.slice(cut.length), kind: true }
  const kept = named.slice(-3)
  if (kept.length === 0 || /^clones?$/i.test(kept.at(-1) ?? "")) return undefined
  const spoken = kept.join(" ")
  const name = singular(spoken.toLowerCase())
  // a "tool inventory" holds tools, though "a tool" is most often the app itself
  const inventoried = named.length < words.length && isKnown(name)
  const kind = frame === "strong" && /^(?:keys|songs|poems|jokes|stories|tools)$/i.test(spoken)
  if (!inventoried && !kind && kept.some(saysNothing)) return undefined
  if (doing.test(words[0] ?? "") && (words.length > 1 || !isKnown(name))) return undefined
  const placeholder = kept.length > 1 ? /^test$/i : /^$/
  if (!isKnown(name) && !kept.every((word) => placeholder.test(word) || looksLikeWord(word)))
    return undefined
  return { name, spoken, tail: bare.slice(cut.length), kind: named.length < words.length }
}

/** "waiting list entries" are entries all the same; "list" alone says nothing. */
function saysNothing(word: string, at: number, words: string[]): boolean {
  const before = at < words.length - 1
  return (
    pronounsAndSuch.test(word) &&
    !(before && /^(?:list|page|song|story|code|table|tool)$/i.test(word))
  )
}

/** "expense tracker app" → "expense"; "reading list" and "address book" stay for the lexicon. */
function dropKind(words: string[]): string[] {
  let kept = words
  if (
    /^(?:apps?|application|tool|website|site|page|system|program|platform|software|database|webapp|dashboard|portal|service|project)$/i.test(
      lastWord(kept.join(" ")),
    ) &&
    kept.length > 1
  )
    kept = kept.slice(0, -1)
  if (heldBy(kept.join(" ")) || heldBy(kept.slice(-2).join(" ")))
    return heldBy(kept.join(" ")) ? kept : kept.slice(-2)
  if (kept.length > 2 && /^tasting notes$/i.test(kept.slice(-2).join(" "))) return kept.slice(0, -2)
  const isKind = new RegExp(`^${kinds}$`, "i").test(kept.at(-1) ?? "")
  return isKind && kept.length > 1 ? kept.slice(0, -1) : kept
}
