/** English words: number, case, and names that are safe as identifiers. */

const irregular: Record<string, string> = {
  people: "person",
  children: "child",
  men: "man",
  women: "woman",
  mice: "mouse",
  geese: "goose",
  teeth: "tooth",
  feet: "foot",
  lives: "life",
  knives: "knife",
  leaves: "leaf",
  shelves: "shelf",
  wolves: "wolf",
  loaves: "loaf",
  data: "data",
  movies: "movie",
  cookies: "cookie",
  calories: "calorie",
  selfies: "selfie",
  zombies: "zombie",
  pies: "pie",
  ties: "tie",
  lenses: "lens",
  buses: "bus",
  bonuses: "bonus",
  viruses: "virus",
  campuses: "campus",
  quizzes: "quiz",
  caches: "cache",
  headaches: "headache",
  toothaches: "toothache",
  criteria: "criterion",
  analyses: "analysis",
  diagnoses: "diagnosis",
  houses: "house",
  glazes: "glaze",
  mazes: "maze",
  prizes: "prize",
  gazes: "gaze",
  bronzes: "bronze",
  courses: "course",
  horses: "horse",
  nurses: "nurse",
  expenses: "expense",
  licenses: "license",
  exercises: "exercise",
  purchases: "purchase",
  releases: "release",
  leases: "lease",
  cases: "case",
  bases: "base",
  phases: "phase",
  databases: "database",
  vases: "vase",
  roses: "rose",
  nooses: "noose",
  causes: "cause",
  clauses: "clause",
  responses: "response",
  cheeses: "cheese",
  shoes: "shoe",
  canoes: "canoe",
  tortoises: "tortoise",
  verses: "verse",
  universes: "universe",
  warehouses: "warehouse",
  greenhouses: "greenhouse",
  axes: "axe",
}

const unchanging = new Set(
  "series species news sheep fish deer aircraft gas address status bus lens glass class dress mess boss business process access princess bias bonus virus campus census focus canvas atlas chess progress success fitness illness witness happiness weakness illness compass grass mass brass cactus hummus yes this its is was has plus minus tennis basis analysis diagnosis crisis thesis iris trellis always less express press stress loss cross calculus octopus walrus genius radius menus circus us as pus ms cms gps sms crm hours_s equipment furniture jewelry luggage homework feedback information software music money wildlife stuff inventory laundry mathematics physics gymnastics".split(
    " ",
  ),
)

/** The singular of the last word: "job applications" → "job application". */
export function singular(phrase: string): string {
  return onLastWord(phrase, (word) => {
    const low = word.toLowerCase()
    const known = irregular[low]
    if (known) return known
    if (unchanging.has(low) || !low.endsWith("s") || low.length < 4) return word
    if (low.endsWith("ies")) return `${word.slice(0, -3)}y`
    if (/(?:ches|shes|xes|sses|zes|oes)$/.test(low)) return word.slice(0, -2)
    if (/(?:ss|us|is)$/.test(low)) return word
    return word.slice(0, -1)
  })
}

export function plural(phrase: string): string {
  return onLastWord(phrase, (word) => {
    const low = word.toLowerCase()
    const known = Object.keys(irregular).find((each) => irregular[each] === low && each !== low)
    if (known) return known
    if (singular(low) !== low) return word
    if (
      /^(?:series|species|sheep|fish|deer|aircraft|news|equipment|furniture|jewelry|luggage|stuff|homework|feedback|software|music|data)$/.test(
        low,
      )
    ) {
      return word
    }
    if (/[^aeiou]y$/.test(low)) return `${word.slice(0, -1)}ies`
    if (/(?:s|x|z|ch|sh)$/.test(low)) return `${word}es`
    return `${word}s`
  })
}

export function isPlural(phrase: string): boolean {
  const word = lastWord(phrase).toLowerCase()
  return word.length > 2 && singular(word) !== word
}

export function lastWord(phrase: string): string {
  return phrase.trim().split(/\s+/).at(-1) ?? ""
}

function onLastWord(phrase: string, change: (word: string) => string): string {
  return phrase.replace(/\S+$/, change)
}

// names that mean something to JavaScript, SQL, the app's addresses or its records
const taken = new Set(
  "id created_at updated_at rowid oid _rowid_ q constructor prototype hasownproperty tostring valueof isprototypeof tolocalestring propertyisenumerable proto api public healthz new edit delete toggle suggestion app sqlite_sequence sqlite_master".split(
    " ",
  ),
)

/**
 * An identifier for a name somebody typed: lower case ASCII, digits and underscores, a letter
 * first, at most 40 characters, never a reserved one. "" when no letter or digit is left.
 */
export function identifier(phrase: string): string {
  const ascii = phrase
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 36)
    .replace(/_+$/, "")
  if (ascii === "") return ""
  const started = /^[a-z]/.test(ascii) ? ascii : `n_${ascii}`
  return taken.has(started) || started.startsWith("sqlite_") ? `${started}_x` : started
}

/** An identifier that is not among those used: "pages", then "pages_2". */
export function unusedIdentifier(phrase: string, used: ReadonlySet<string>): string {
  const base = identifier(phrase) || "field"
  if (!used.has(base)) return base
  let number = 2
  while (used.has(`${base}_${number}`)) number++
  return `${base}_${number}`
}

/** A label for people: first letter large, no control or markup characters, at most 60 long. */
export function labelFor(phrase: string): string {
  const clean = phrase
    .replace(/[_\s]+/g, " ")
    .replace(/[^\p{L}\p{N} &'’().,/%€$£#+-]/gu, "")
    .trim()
    .slice(0, 60)
    .trim()
  return clean === "" ? "Field" : clean[0]?.toUpperCase() + clean.slice(1)
}
