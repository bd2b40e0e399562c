import type { StoreFailureKind } from "@vibecaas/contract/store-states"

/** What each kind of failure means and what to do; a new kind does not compile without its entry. */
const entries: Record<StoreFailureKind, { title: string; means: string; help: string }> = {
  engine_not_installed: {
    title: "The engine is not installed",
    means: "The software of the store, or a program that it needs, is not on this host.",
    help: "Whoever runs the installation runs the command that the failure names; then press Retry.",
  },
  quota: {
    title: "A limit is reached",
    means: "The store needs more than its plan or the organization allows.",
    help: "Choose a smaller plan, delete a store that is not needed, or ask for a higher limit.",
  },
  out_of_memory: {
    title: "Out of memory",
    means: "A program of the store used more memory than its plan allows and was ended.",
    help: "Choose a plan with more memory in Settings, then press Retry.",
  },
  disk_full: {
    title: "The disk is full",
    means: "There is no space left on the host or in the store’s own limit. Nothing was lost.",
    help: "Whoever runs the installation frees space; old backups are a good beginning.",
  },
  port_taken: {
    title: "A port is taken",
    means: "Another program listens where the store has to.",
    help: "Press Retry: the store gets another port.",
  },
  database_unreachable: {
    title: "The database does not answer",
    means: "The database’s server ended or is overloaded. It is started again by itself.",
    help: "Wait a minute, then press Retry. If it stays so, the last lines say why it does not start.",
  },
  time_limit: {
    title: "It took too long",
    means: "Making a store may take ten minutes of work, each step its own time.",
    help: "Press Retry: steps that were done are not done again. A busy host needs fewer at once.",
  },
  migration_failed: {
    title: "The tables could not be made",
    means: "The engine’s own migration ended with an error.",
    help: "Press Retry with diagnostics and read what it says. A full disk or little memory are common.",
  },
  seed_failed: {
    title: "The first data could not be written",
    means: "The store’s tables are there, and the products and settings it begins with are not.",
    help: "Press Retry with diagnostics. Nothing that was written is written twice.",
  },
  upgrade_failed: {
    title: "The upgrade failed",
    means:
      "The data could not be brought to the new version. What ran before runs again with its data.",
    help: "Read what the upgrade said. Try another version, or the same after the cause is gone.",
  },
  backup_damaged: {
    title: "The backup is damaged",
    means: "The files of the backup are not what they were when it was made. Nothing was changed.",
    help: "Choose another backup.",
  },
  never_ready: {
    title: "It started and is not ready",
    means: "Its programs run, and the shop does not answer as one that could sell.",
    help: "Read the last lines and what the shop answered; press Retry with diagnostics for more.",
  },
  crashed: {
    title: "A program ended by itself",
    means: "It was started again several times and kept ending.",
    help: "Read the exit code and the last lines. After a change of settings, change them back.",
  },
  probe_failed: {
    title: "No order could go through",
    means: "The shop answers, and a purchase from the cart to the order did not work.",
    help: "Look at shipping and payment in the shop’s admin first, then place a test order.",
  },
  stuck: {
    title: "Stuck",
    means: "What was done to the store has not moved for half an hour and was stopped.",
    help: "Press Retry with diagnostics, and read what its programs wrote.",
  },
  cancelled: {
    title: "Cancelled",
    means: "Somebody pressed Cancel. What was made was taken away, what was changed put back.",
    help: "Press Retry when it is wanted after all, or delete the store.",
  },
  unknown: {
    title: "We do not know why",
    means: "The step failed, and none of the signs that we know was there.",
    help: "Press Retry with diagnostics: it logs all that the programs say, and keeps it.",
  },
}

/** Common failures of stores, each at an address of its own. */
export function FailureGuide() {
  return (
    <main className="mx-auto grid w-full max-w-[760px] gap-6 px-8 py-10 max-md:px-4">
      <h1 className="text-20 font-semibold tracking-[-0.014em]">When a store fails</h1>
      <p className="text-fg-2">
        A failed step keeps its evidence: last lines, exit code and what the shop answered. Steps
        that were done are not done again.
      </p>
      {Object.entries(entries).map(([kind, { title, means, help }]) => (
        <section key={kind} id={kind.replaceAll("_", "-")} className="grid scroll-mt-6 gap-1">
          <h2 className="text-14 font-semibold">{title}</h2>
          <p className="text-fg-2">{means}</p>
          <p>{help}</p>
        </section>
      ))}
    </main>
  )
}
