const flows = require("@medusajs/medusa/core-flows")
const { open, need, amountIn, answer, Modules } = require("./ensure.js")
const { addSamples } = require("./samples.js")

/**
 * Makes a shop out of a copy of the template, once: its name, money and delivery are its owner's from
 * then on. What the platform itself needs is brought in order by every run.
 */
exports.default = async function personalise({ container }) {
  const medusa = open(container)
  const shop = await medusa.find("sales_channel", { name: "Online shop" })
  const probe = await medusa.find("sales_channel", { name: "Order probe" })
  const store = await medusa.find("store", {}, ["id", "metadata"])
  if (!store.metadata?.made) await make(medusa, { store, shop })

  await priceProbe(medusa)
  await admin(medusa, { email: need("ADMIN_EMAIL"), password: need("ADMIN_PASSWORD") })
  answer({
    publishableKey: await key(medusa, { title: "Storefront", channel: shop }),
    probeKey: await key(medusa, { title: "Order probe", channel: probe }),
    adminKey: await platformKey(medusa),
  })
}

async function make(medusa, { store, shop }) {
  const currency = need("STORE_CURRENCY").toLowerCase()
  const countries = need("STORE_COUNTRIES").toLowerCase().split(",")
  const region = await sellIn(medusa, { currency, countries })
  await deliverTo(medusa, { currency, countries })
  if (process.env.STORE_SAMPLES === "true") await addSamples(medusa, { currency, shop })
  await name(medusa, { store, currency, region, shop })
}

/** With it the shop is made: what its owner changes or deletes later is not made again. */
async function name(medusa, { store, currency, region, shop }) {
  const place = await medusa.find("stock_location", { name: "Warehouse" })
  await medusa.take(flows.updateStoresWorkflow, {
    selector: { id: store.id },
    update: {
      name: need("STORE_NAME"),
      metadata: { made: "yes" },
      supported_currencies: [{ currency_code: currency, is_default: true }],
      default_sales_channel_id: shop.id,
      default_region_id: region.id,
      default_location_id: place.id,
    },
  })
}

async function sellIn(medusa, { currency, countries }) {
  const region = await medusa.ensure("region", { name: "Home" }, () =>
    medusa.take(flows.createRegionsWorkflow, {
      regions: [
        {
          name: "Home",
          currency_code: currency,
          countries,
          payment_providers: ["pp_system_default"],
        },
      ],
    }),
  )
  for (const country_code of countries) {
    await medusa.ensure("tax_region", { country_code }, () =>
      medusa.take(flows.createTaxRegionsWorkflow, [{ country_code, provider_id: "tp_system" }]),
    )
  }
  return region
}

async function deliverTo(medusa, { currency, countries }) {
  const name = "Home delivery"
  const place = await medusa.find("stock_location", { name: "Warehouse" })
  const set = await medusa.ensure("fulfillment_set", { name }, () =>
    medusa.fulfillment.createFulfillmentSets({
      name,
      type: "shipping",
      service_zones: [
        { name, geo_zones: countries.map((country_code) => ({ country_code, type: "country" })) },
      ],
    }),
  )
  await medusa.link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: place.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  const zone = await medusa.find("service_zone", { name })
  const profile = await medusa.find("shipping_profile", { type: "default" })
  const parts = { zone: zone.id, profile: profile.id, currency }
  await ship(medusa, {
    ...parts,
    name: "Standard",
    code: "standard",
    about: "3 to 5 days",
    amount: 5,
  })
  await ship(medusa, {
    ...parts,
    name: "Express",
    code: "express",
    about: "1 to 2 days",
    amount: 12,
  })
}

function ship(medusa, { zone, profile, currency, name, code, about, amount }) {
  return medusa.ensure("shipping_option", { name }, () =>
    medusa.take(flows.createShippingOptionsWorkflow, [
      {
        name,
        price_type: "flat",
        provider_id: "manual_manual",
        service_zone_id: zone,
        shipping_profile_id: profile,
        type: { label: name, description: about, code },
        prices: [{ currency_code: currency, amount: amountIn(currency, amount) }],
        rules: [
          { attribute: "enabled_in_store", value: "true", operator: "eq" },
          { attribute: "is_return", value: "false", operator: "eq" },
        ],
      },
    ]),
  )
}

/** In each currency that the shop sells in. */
async function priceProbe(medusa) {
  const regions = await medusa.all("region", {}, ["currency_code"])
  const currencies = [...new Set(regions.map(({ currency_code }) => currency_code))]
  const variant = await medusa.find("variant", { sku: "ORDER-PROBE" })
  await medusa.take(flows.updateProductVariantsWorkflow, {
    selector: { id: variant.id },
    update: {
      prices: currencies.map((currency_code) => ({
        currency_code,
        amount: amountIn(currency_code, 1),
      })),
    },
  })
}

/** The key's token, which opens one channel and nothing else. */
async function key(medusa, { title, channel }) {
  const filters = { type: "publishable", title }
  const there = await medusa.find("api_key", filters, ["id", "token"])
  if (there) return there.token
  const [made] = await medusa.take(flows.createApiKeysWorkflow, {
    api_keys: [{ ...filters, created_by: "platform" }],
  })
  await medusa.take(flows.linkSalesChannelsToApiKeyWorkflow, { id: made.id, add: [channel.id] })
  return made.token
}

/** Their password is what the platform says, also when the script runs again with another. */
async function admin(medusa, { email, password }) {
  const known = await medusa.find("provider_identity", { entity_id: email }, ["id"])
  if (known) {
    const { success, error } = await medusa.auth.updateProvider("emailpass", {
      entity_id: email,
      password,
    })
    if (!success) throw new Error(`the admin's password could not be set: ${error}`)
  }
  const identity = known
    ? await identityOf(medusa, email)
    : await register(medusa, { email, password })
  const user =
    (await medusa.find("user", { email })) ??
    (await medusa.take(flows.createUsersWorkflow, { users: [{ email }] }))[0]
  await medusa.auth.updateAuthIdentities({ id: identity, app_metadata: { user_id: user.id } })
}

async function register(medusa, body) {
  const { authIdentity, error } = await medusa.auth.register("emailpass", { body })
  if (error) throw new Error(`the admin could not be made: ${error}`)
  return authIdentity.id
}

async function identityOf(medusa, email) {
  const { auth_identity_id } = await medusa.find("provider_identity", { entity_id: email }, [
    "auth_identity_id",
  ])
  return auth_identity_id
}

/** The platform's own key to the admin API. Only its hash is kept, so each run makes it anew. */
async function platformKey(medusa) {
  const known = await medusa.all("api_key", { type: "secret", title: "Platform" }, [
    "id",
    "revoked_at",
  ])
  for (const { id, revoked_at } of known) {
    if (!revoked_at)
      await medusa.take(flows.revokeApiKeysWorkflow, {
        selector: { id },
        revoke: { revoked_by: "platform" },
      })
    await medusa.take(flows.deleteApiKeysWorkflow, { ids: [id] })
  }
  const [made] = await medusa.take(flows.createApiKeysWorkflow, {
    api_keys: [{ title: "Platform", type: "secret", created_by: "platform" }],
  })
  return made.token
}
