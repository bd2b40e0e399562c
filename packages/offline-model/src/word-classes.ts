/** Words told apart by what they do in a sentence: small closed lists and common verbs. */

const set = (words: string) => new Set(words.split(" "))

export const determiners = set(
  "a an the my our your his her their its this that these those each every all any some no another per both either single various different such following",
)
export const counts = set(
  "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred dozen few couple many several lots lot plenty loads tons hundreds dozens thousands more most much handful bunch",
)
export const prepositions = set(
  "of in on at for from to by with about into onto over under between among during via like as than through throughout without within against around near behind beside besides since until across along per off out up down except after before regarding concerning containing holding including",
)
export const joints = set("and or nor plus & but so because if though although then while yet")
export const questions = set(
  "which who whom whose what where when how why whether whenever whatever whichever wherever whoever",
)
export const pronouns = set(
  "i you he she it we they me him us them one ones myself ourselves themselves people everyone everybody everything someone somebody anybody anyone something anything nothing nobody there here that's it's there's i'm we're they're i've we've they've i'd we'd i'll we'll let's who's what's",
)
export const auxiliaries = set(
  "is are was were be been being am do does did don't doesn't will would shall should can can't cannot could may might must ought 'd 'll has have had having got gets get",
)
export const adverbs = set(
  "very really just only also always usually often sometimes never ever now today currently already still soon again together too well even quite rather maybe perhaps please basically simply actually etc not right mostly mainly finally first secondly next separately desperately automatically easily quickly properly long far home forever once twice instead okay ok yes hi hello hey dear thanks able nice full lately recently almost nearly there yesterday tonight whatsoever somehow",
)
export const times = set(
  "day days week weeks month months year years morning evening night sunday monday tuesday wednesday thursday friday saturday sundays mondays saturdays spring summer autumn winter january february march april june july august september october november december minute minutes moment time times hour hours date term season weekend weekends while ages",
)

const keeping =
  "keep track record log store save note write jot hold capture manage organise organize catalog catalogue list collect register monitor document remember put enter type add fill count see know want need gather file maintain digitise digitize show have build make create archive index tally"
const kept = "kept wrote written made knew known saw seen had held"
const others =
  "run love like buy sell lend borrow rent let go come live work help use look find teach learn bring take give drive grow bake brew cook drink eat read watch play restore repair fix depend pay lose forget miss think try start stop begin end leave offer join meet host visit check measure weigh test inspect plant tap post share send receive do wish require become happen argue talk ask tell call turn pass move belong handle deal sign set sort filter plan train coach clean wash sew knit paint draw print ride hike sail fly climb swim fish hunt shoot photograph interview translate serve deliver order publish edit review rate score breed raise feed milk treat cure care donate volunteer study practise practice win celebrate travel stay ship trade swap exchange hand replace apply inherit matter struggle forage own spend earn save throw break cut carry wear choose pick drop push pull hang open close lock reach spread supply support remind agree decide hope expect mean enjoy hate prefer complain worry wonder guess believe suppose seem appear feel taste smell sound look sit stand lie sleep wake walk drift pile mount vary change improve grow handle process prepare attend arrange book cancel confirm assign issue return lease hire fire employ appoint elect vote nominate award prove shed hatch adopt rescue foster groom vaccinate examine diagnose prescribe nurse mend tune polish varnish sand weld solder assemble dig sow water prune mow harvest pickle can ferment distil roast grind press suggest recommend remind scan upload notify fill stream follow sync export import"
const past =
  "bought sold lent went came found taught learnt learned brought took taken gave given drove grew grown brewed drank ate lost forgot thought began left met paid sent did became told sorted threw broke cut wore chose stood sat slept woke fed rode flew swam shot won spent meant felt hung led ran run got gone passed started"

export const keepingForms = new Set([...inflected(keeping), ...kept.split(" ")])
export const otherForms = new Set([...inflected(others), ...past.split(" ")])

export const pastForms = set(`${kept} ${past}`)

export const isKeeping = (verb: string) => keepingForms.has(verb)
export const isVerb = (word: string) => keepingForms.has(word) || otherForms.has(word)

/** "carry" → carries, carrying, carried; "plan" → planning. */
function inflected(list: string): string[] {
  return list.split(" ").flatMap((verb) => {
    const stem = verb.replace(/e$/, "")
    const doubled = /[^aeiou][aeiou][bdgmnpt]$/.test(verb) ? verb + verb.at(-1) : stem
    const changed = verb.replace(/[^aeiou]y$/, (end) => `${end[0]}ie`)
    const third = changed.replace(/(?:s|x|z|ch|sh|o)$/, "$&e")
    return [verb, `${third}s`, `${stem}ing`, `${doubled}ing`, `${changed.replace(/e$/, "")}ed`]
  })
}
