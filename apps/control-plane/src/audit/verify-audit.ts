import { readFileSync } from "node:fs"
import { type ChainedRecord, makeChainCheck } from "../core/audit-chain.ts"

/** `node verify-audit.ts FILE`: looks at an exported audit by itself, without a server or a network. */
const [file = ""] = process.argv.slice(2)
const lines = readFileSync(file, "utf8").split("\n").filter(Boolean)
const read = lines.map(
  (line): Partial<ChainedRecord> & { chain?: { number?: number; hash?: string } } =>
    JSON.parse(line),
)
const records = read.filter((each): each is ChainedRecord => typeof each.number === "number")
const check = makeChainCheck()
for (const record of records.toSorted((a, b) => a.number - b.number)) check.take(record)
const { broken, erased, head } = check.seen()
const end = read.find(({ chain }) => chain)?.chain
const isWhole =
  end !== undefined && (end.number ?? 0) === head.number && (end.hash ?? head.hash) === head.hash
const before = read.filter(({ number, chain }) => number === undefined && !chain).length

const say = (text: string) => process.stdout.write(`${text}\n`)
say(`${records.length} records, the newest is number ${head.number} with the hash ${head.hash}.`)
if (erased > 0) say(`Of ${erased} the words about a person were erased; their places are proved.`)
if (before > 0) say(`${before} were written before records were chained, and prove nothing.`)
if (broken) say(`BROKEN at number ${broken.number}: ${broken.why}`)
else if (!isWhole) say("BROKEN: the file ends before the chain does.")
else say("The chain is whole: nothing was changed, removed or put in between.")
process.exitCode = broken || !isWhole ? 1 : 0
