/** What we read of the Store API's answers. Amounts are in units of the currency. */
export interface Region {
  id: string
  currency_code: string
  countries: { iso_2: string; display_name: string }[]
}

export interface Category {
  id: string
  name: string
  handle: string
}

export interface Variant {
  id: string
  title: string
  sku: string | null
  manage_inventory: boolean
  allow_backorder: boolean
  inventory_quantity?: number
  calculated_price?: {
    calculated_amount: number
    original_amount: number
    currency_code: string
  } | null
}

export interface Product {
  id: string
  handle: string
  title: string
  subtitle: string | null
  description: string | null
  thumbnail: string | null
  images: { url: string }[] | null
  variants: Variant[] | null
}

export interface Line {
  id: string
  product_title: string
  product_handle: string | null
  variant_title: string | null
  thumbnail: string | null
  quantity: number
  unit_price: number
  total: number
}

export interface Address {
  first_name: string
  last_name: string
  address_1: string
  postal_code: string
  city: string
  country_code: string
  phone?: string
}

interface Totals {
  id: string
  currency_code: string
  email: string | null
  items: Line[]
  shipping_methods: { name: string; shipping_option_id: string; amount: number }[]
  shipping_address: Partial<Address> | null
  item_total: number
  shipping_total: number
  tax_total: number
  discount_total: number
  total: number
}

export interface Cart extends Totals {
  completed_at?: string | null
}

export interface Order extends Totals {
  display_id: number
  created_at: string
  status: string
}

export interface ShippingOption {
  id: string
  name: string
  amount: number
  type?: { description: string } | null
}
