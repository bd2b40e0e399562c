import fc from "fast-check"
import { expect, test } from "vitest"
import { type StepRow, unmeasured } from "../step.ts"
import { type EndedCall, makeJournal } from "./journal.ts"

const now = () => new Date(0)
const call = (callKey: string) => ({ kind: "tool" as const, name: "t", tryNumber: 1, callKey })
const result = (output: unknown) => ({ title: "did", ok: true, input: {}, output })

/** What a table would keep of the calls, for the next journal. */
const rowsOf = (written: EndedCall[]): StepRow[] =>
  written.map((each, index) => ({
    ...{ id: `stp_${index}`, organizationId: "org_o", runId: "run_r", taskId: "tsk_t" },
    sequence: index,
    cost: null,
    ...unmeasured,
    ...{ linesAdded: null, linesRemoved: null, commitAfter: each.changed?.commit ?? null },
    ...each,
    truncated: false,
  }))

test("a call that was recorded is not made again, wherever the process died", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat(12), async (calls, deathAt) => {
      const written: EndedCall[] = []
      const made: string[] = []
      const live = async (dieAfter: number) => {
        const journal = makeJournal({
          recorded: rowsOf(written),
          now,
          write: async (ended) => {
            if (written.length === dieAfter) throw new Error("killed")
            written.push(ended)
          },
        })
        for (let index = 0; index < calls; index++) {
          const make = async () => {
            made.push(`c${index}`)
            return result(index)
          }
          const { output } = await journal.once(call(`c${index}`), make)
          expect(output).toBe(index)
        }
      }
      await live(deathAt).catch(() => {})
      await live(Number.POSITIVE_INFINITY)
      expect(written.map(({ callKey }) => callKey)).toEqual(
        Array.from({ length: calls }, (_, index) => `c${index}`),
      )
      // Only the call that was under way is made a second time.
      expect(made.length).toBe(calls + (deathAt < calls ? 1 : 0))
    }),
  )
})

test("a live call is answered with what a replay will be answered with", async () => {
  const written: EndedCall[] = []
  const write = async (ended: EndedCall) => void written.push(ended)
  const journal = makeJournal({ recorded: [], now, write })
  const output = { text: "a\0b\ud800", missing: undefined, list: [undefined, 1] }
  const live = await journal.once(call("c"), async () => result(output))
  const again = makeJournal({ recorded: rowsOf(written), now, write })
  const replayed = await again.once(call("c"), () => Promise.reject(new Error("made again")))
  expect(live.output).toEqual({ text: "a\uFFFDb\uFFFD", list: [null, 1] })
  expect(replayed.output).toEqual(live.output)
})
