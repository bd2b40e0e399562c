const flows = require("@medusajs/medusa/core-flows")
const { open, answer, Modules } = require("./ensure.js")

/**
 * What every shop has alike and a template keeps: no keys, no people, no money. The probe's
 * channel apart from the shop's keeps the probe's product out of every list that buyers see.
 */
exports.default = async function seed({ container }) {
  const medusa = open(container)
  const shop = await channel(medusa, "Online shop")
  const probe = await channel(medusa, "Order probe")
  const profile = await medusa.ensure("shipping_profile", { type: "default" }, () =>
    medusa.take(flows.createShippingProfilesWorkflow, {
      data: [{ name: "Default", type: "default" }],
    }),
  )
  const place = await warehouse(medusa)
  for (const { id } of [shop, probe]) {
    await medusa.take(flows.linkSalesChannelsToStockLocationWorkflow, { id: place.id, add: [id] })
  }
  await probeProduct(medusa, { channel: probe, profile })
  answer({ seeded: 1 })
}

function channel(medusa, name) {
  return medusa.ensure("sales_channel", { name }, () =>
    medusa.take(flows.createSalesChannelsWorkflow, { salesChannelsData: [{ name }] }),
  )
}

async function warehouse(medusa) {
  const place = await medusa.ensure("stock_location", { name: "Warehouse" }, () =>
    medusa.take(flows.createStockLocationsWorkflow, { locations: [{ name: "Warehouse" }] }),
  )
  await medusa.link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: place.id },
    [Modules.FULFILLMENT]: { fulfillment_provider_id: "manual_manual" },
  })
  return place
}

/** Without managed inventory: buying it reserves nothing. Its price comes with the currency. */
function probeProduct(medusa, { channel: { id }, profile }) {
  return medusa.ensure("product", { handle: "order-probe" }, () =>
    medusa.take(flows.createProductsWorkflow, {
      products: [
        {
          title: "Order probe",
          handle: "order-probe",
          description: "The platform buys this to see that orders work, and cancels the order.",
          status: "published",
          discountable: false,
          shipping_profile_id: profile.id,
          options: [{ title: "Kind", values: ["Probe"] }],
          variants: [
            {
              title: "Probe",
              sku: "ORDER-PROBE",
              options: { Kind: "Probe" },
              manage_inventory: false,
              prices: [],
            },
          ],
          sales_channels: [{ id }],
        },
      ],
    }),
  )
}
