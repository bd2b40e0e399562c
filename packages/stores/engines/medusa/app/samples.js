const flows = require("@medusajs/medusa/core-flows")
const { amountIn } = require("./ensure.js")

const samples = [
  {
    title: "Stoneware mug",
    handle: "stoneware-mug",
    description: "Holds a third of a litre and keeps it warm. Safe in the dishwasher.",
    option: "Size",
    variants: [
      { name: "Small", sku: "SAMPLE-MUG-S", amount: 12.5 },
      { name: "Large", sku: "SAMPLE-MUG-L", amount: 16 },
    ],
  },
  {
    title: "Linen tea towel",
    handle: "linen-tea-towel",
    description: "Woven from washed linen. Dries fast and lasts for years.",
    option: "Colour",
    variants: [
      { name: "Oat", sku: "SAMPLE-TOWEL-O", amount: 9 },
      { name: "Slate", sku: "SAMPLE-TOWEL-S", amount: 9 },
    ],
  },
  {
    title: "Oak serving board",
    handle: "oak-serving-board",
    description: "One piece of oiled oak, with a groove for the juice.",
    option: "Size",
    variants: [{ name: "One size", sku: "SAMPLE-BOARD", amount: 34 }],
  },
]

/** A few products to see the shop with; who owns it deletes them. */
async function addSamples(medusa, { currency, shop }) {
  const profile = await medusa.find("shipping_profile", { type: "default" })
  const place = await medusa.find("stock_location", { name: "Warehouse" })
  for (const sample of samples) {
    await medusa.ensure("product", { handle: sample.handle }, () =>
      medusa.take(flows.createProductsWorkflow, {
        products: [product(sample, { currency, profile, shop })],
      }),
    )
    for (const { sku } of sample.variants) await stock(medusa, { sku, place })
  }
}

function product({ option, variants, ...texts }, { currency, profile, shop }) {
  return {
    ...texts,
    status: "published",
    weight: 300,
    shipping_profile_id: profile.id,
    options: [{ title: option, values: variants.map(({ name }) => name) }],
    variants: variants.map(({ name, sku, amount }) => ({
      title: name,
      sku,
      options: { [option]: name },
      manage_inventory: true,
      prices: [{ amount: amountIn(currency, amount), currency_code: currency }],
    })),
    sales_channels: [{ id: shop.id }],
  }
}

async function stock(medusa, { sku, place }) {
  const item = await medusa.find("inventory_item", { sku })
  const level = { inventory_item_id: item.id, location_id: place.id }
  await medusa.ensure("inventory_level", level, () =>
    medusa.take(flows.createInventoryLevelsWorkflow, {
      inventory_levels: [{ ...level, stocked_quantity: 100 }],
    }),
  )
}

module.exports = { addSamples }
