import { invariant } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { Fleet } from "@vibecaas/microvm/fleet"
import type { StoreBackend } from "@vibecaas/stores/backend"
import type { AllKinds } from "../core/kind.ts"
import { dueRows } from "../db/named-functions.ts"
import { pulseCheck } from "../db/pulse.ts"
import type { Accounts } from "../http/auth/make-accounts.ts"
import { serveKinds } from "../http/served.ts"
import { smtpMailer } from "../mails/index.ts"
import { makePlatformVault } from "../secrets/index.ts"
import type { StoreMeters } from "../stores/index.ts"
import { chooseBrowser } from "./browser.ts"
import type { Foundations } from "./foundations.ts"
import { layFoundations } from "./foundations.ts"
import { hostUrlOf, makeAppsGateway, previewUrlOf } from "./gateway.ts"
import { httpConfigOf } from "./http-config.ts"
import { makeHttpStack } from "./http-stack.ts"
import { type Isolation, watchIsolation } from "./isolation.ts"
import { makeKinds } from "./kinds.ts"
import { openMasterKey } from "./master-key/open-master-key.ts"
import type { ServerInput } from "./messages.ts"
import { makeMetrics } from "./metrics.ts"
import { readLiveModels, simulatedParts } from "./models.ts"
import { networkOf } from "./network.ts"
import { languagesFor } from "./packages.ts"
import { patientFetch } from "./patient-fetch.ts"
import { makePeople } from "./people.ts"
import { makeRateLimiter } from "./rate-limiter.ts"
import { storeEngines } from "./store-engines.ts"
import type { Strays } from "./strays.ts"
import { startUpkeep } from "./upkeep.ts"
import { version } from "./version.ts"
import { startWarmUp } from "./warm-up.ts"

/** A server that answers on its port and whose loops run. */
export interface RunningPlatform {
  /** the administrator, when this start has made the account */
  madeAdmin: { email: string; password: string } | undefined
  /** sentences about the parts that stand in for others */
  simulated: string[]
  /** stops taking calls, lets turns and calls under way end, gives connections back */
  close(): Promise<void>
}

export interface Surroundings {
  fleet: Fleet
  stores: StoreBackend
  log: Log
  strays: Strays
  onIsolation(isolation: Isolation): void
}

/**
 * The composition root: builds every part first, then starts what runs.
 *
 * @throws Fault with a sentence when the configuration cannot work
 */
export async function composePlatform(
  input: ServerInput,
  around: Surroundings,
): Promise<RunningPlatform> {
  const { log, fleet } = around
  const foundations = layFoundations(input, log)
  const keys = await openMasterKey(foundations.database, input.secrets.masterKey)
  const isolation = watchIsolation(fleet.hostOf({ hostId: null }), log, around.onIsolation)
  const config = httpConfigOf(input)
  const limiter = makeRateLimiter(input, foundations)
  const accounts = makePeople({ input, foundations, config, limiter })
  const asking = { ...keys, fetch: patientFetch() }
  const environment = input.config.models
  const reading = { vault: makePlatformVault(keys), fetch: asking.fetch, environment }
  const models = await readLiveModels(reading, foundations)
  const simulated = () => simulatedParts(models, input.config.mail !== undefined)
  const metrics = makeMetrics(input.config)
  const facts = { config: input.config, version, isolation: isolation.current }
  const browser = chooseBrowser(input.config, log)
  const kinds = makeKinds({
    ...{ browser, network: networkOf(input), mcp: { hosts: input.config.mcpHosts, fetch } },
    ...{ ...foundations, ...asking, fleet, models, limiter, places: input.places },
    ...{ accounts: accounts.kind, desk: accounts.desk },
    budgets: input.config.budgets,
    ...{ registries: input.config.registries, toolchains: await languagesFor(input.config) },
    meters: metrics.agents,
    stores: storesPart(input, { backend: around.stores, meters: metrics.stores }),
    ...{ previewUrl: previewUrlOf(input.config), ...mailOf(input.config) },
    due: (loop) => dueRows(foundations.database, loop),
    platform: { ...facts, simulated, loops: foundations.loops },
  })
  metrics.stores.countBy(kinds.countStores)
  for (const loop of loopsOf(kinds.all)) foundations.loops.add(loop)
  let loopsStarted = false
  const server = await makeHttpStack({
    ...{ input, foundations, strays: around.strays, config, limiter, accounts },
    ...{ served: serveKinds(kinds.all), keys: kinds.keys, metrics: metrics.served },
    gateway: makeAppsGateway({ input, foundations }, kinds.sites),
    readiness: readinessOf(foundations, () => loopsStarted),
  })

  foundations.listener.start()
  const madeAdmin = await makeAdmin(accounts, input)
  await server.listen(input.config.host, input.config.port)
  await foundations.loops.start()
  loopsStarted = true
  const upkeep = startUpkeep(foundations, kinds)
  const warmUp = input.config.warmsStarters ? startWarmUp(foundations, kinds.packages) : undefined
  return {
    madeAdmin,
    simulated: simulated().map(({ sentence }) => sentence),
    async close() {
      upkeep.stop()
      warmUp?.stop()
      await server.close()
      await foundations.loops.stop(3000)
      for (const part of [browser, kinds, limiter, foundations]) await part.close()
    },
  }
}

/** What runs stores, how many, and where they answer. */
const storesPart = (
  { config }: ServerInput,
  { backend, meters }: { backend: StoreBackend; meters: StoreMeters },
) => ({
  ...{ engines: storeEngines, backend, meters, limits: config.stores },
  ...{ domain: config.stores.domain, urlOf: hostUrlOf(config) },
})

/** Where mails lead to, and what takes them there. */
const mailOf = ({ publicUrl, mail }: ServerInput["config"]) => ({
  publicUrl,
  mailer: mail && smtpMailer(mail),
})

const loopsOf = (all: AllKinds) => Object.values(all).flatMap((kind) => kind.loops)

/** The administrator of a new installation; undefined when there is one with that address. */
async function makeAdmin(accounts: Accounts, { config }: ServerInput) {
  const { email, password } = config.admin
  invariant(password, "the supervisor makes a password when none is set")
  const { created } = await accounts.ensureAdmin({ email, password })
  return created ? { email, password } : undefined
}

function readinessOf({ database, loops, clock }: Foundations, loopsStarted: () => boolean) {
  return [
    {
      name: "database",
      notReady: pulseCheck(database, clock),
    },
    {
      name: "loops",
      notReady: () => (loopsStarted() ? loops.troubles()[0] : "they are starting"),
    },
  ]
}
