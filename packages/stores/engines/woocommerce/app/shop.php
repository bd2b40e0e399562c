<?php
// What a shop is made of, a function each.

function store_options(array $countries): void {
  $options = [
    'blogname' => store_setting('STORE_NAME'),
    'woocommerce_default_country' => $countries[0],
    'woocommerce_allowed_countries' => 'specific',
    'woocommerce_specific_allowed_countries' => $countries,
    'woocommerce_currency' => strtoupper(store_setting('STORE_CURRENCY')),
    'woocommerce_price_num_decimals' => store_setting('STORE_DECIMALS', '2'),
    'woocommerce_coming_soon' => 'no',
    'woocommerce_allow_tracking' => 'no',
    'woocommerce_show_marketplace_suggestions' => 'no',
    'woocommerce_enable_guest_checkout' => 'yes',
    'woocommerce_cod_settings' => [
      'enabled' => 'yes', 'title' => 'Cash on delivery', 'enable_for_virtual' => 'yes',
    ],
    'woocommerce_onboarding_profile' => ['skipped' => true],
    'woocommerce_task_list_hidden' => 'yes',
  ];
  foreach ($options as $name => $value) update_option($name, $value);
}

/** How prices and dates are written; what the owner set in the admin stays until another language is chosen. */
function store_formats(): void {
  $locale = store_setting('STORE_LOCALE');
  if (get_option('platform_locale') === $locale) return;
  foreach (json_decode(store_setting('STORE_FORMATS'), true) as $name => $value) update_option($name, $value);
  update_option('platform_locale', $locale);
}

/**
 * Their password is what the platform says, also when the step runs again with another. Their address follows the
 * platform's when that changes; the owner may have set another one since.
 */
function store_admin(): void {
  $user = get_user_by('login', store_setting('ADMIN_USER'));
  if (!$user) store_fail('The admin is not there.');
  $password = store_setting('ADMIN_PASSWORD');
  if (!wp_check_password($password, $user->user_pass, $user->ID)) wp_set_password($password, $user->ID);
  $email = store_setting('ADMIN_EMAIL');
  if (get_option('platform_admin_email') === $email) return;
  $changed = wp_update_user(['ID' => $user->ID, 'user_email' => $email]);
  if (is_wp_error($changed)) store_fail($changed->get_error_message());
  update_option('admin_email', $email);
  update_option('platform_admin_email', $email);
}

function store_shipping(array $countries): void {
  foreach (WC_Shipping_Zones::get_zones() as $zone) if ($zone['zone_name'] === 'Home') return;
  $zone = new WC_Shipping_Zone();
  $zone->set_zone_name('Home');
  foreach ($countries as $country) $zone->add_location($country, 'country');
  $zone->save();
  $method = $zone->add_shipping_method('flat_rate');
  update_option("woocommerce_flat_rate_{$method}_settings", [
    'title' => 'Standard', 'tax_status' => 'none', 'cost' => store_price(5),
  ]);
  // Without it a cart of the next second needs no shipping: rates are kept by this version.
  WC_Cache_Helper::get_transient_version('shipping', true);
}

/** An amount in a currency that has cents; where there are none, a hundred times as much. */
function store_price(float $amount): string {
  $decimals = (int) store_setting('STORE_DECIMALS', '2');
  return $decimals === 0 ? (string) round($amount * 100) : number_format($amount, 2, '.', '');
}

function store_samples(): void {
  $samples = [
    ['SAMPLE-MUG', 'Stoneware mug', 'Holds a third of a litre and keeps it warm.', 12.5],
    ['SAMPLE-TOWEL', 'Linen tea towel', 'Woven from washed linen. Dries fast and lasts for years.', 9],
    ['SAMPLE-BOARD', 'Oak serving board', 'One piece of oiled oak, with a groove for the juice.', 34],
  ];
  foreach ($samples as [$sku, $name, $about, $price]) {
    if (wc_get_product_id_by_sku($sku)) continue;
    $product = store_product($sku, $name, store_price($price));
    $product->set_description($about);
    $product->set_manage_stock(true);
    $product->set_stock_quantity(100);
    $product->save();
  }
}

/** What the platform buys to see that orders work: in no list, and without a stock to change. */
function store_probe_product(): int {
  $id = wc_get_product_id_by_sku('ORDER-PROBE');
  if ($id) return $id;
  $product = store_product('ORDER-PROBE', 'Order probe', store_price(1));
  $product->set_catalog_visibility('hidden');
  $product->set_manage_stock(false);
  $product->set_reviews_allowed(false);
  return $product->save();
}

function store_product(string $sku, string $name, string $price): WC_Product_Simple {
  $product = new WC_Product_Simple();
  $product->set_name($name);
  $product->set_sku($sku);
  $product->set_regular_price($price);
  $product->set_status('publish');
  return $product;
}

/** The platform's own key: it reads and cancels orders. */
function store_rest_key(string $key, string $secret): void {
  global $wpdb;
  $table = "{$wpdb->prefix}woocommerce_api_keys";
  $hash = wc_api_hash($key);
  if ($wpdb->get_var($wpdb->prepare("SELECT key_id FROM $table WHERE consumer_key = %s", $hash))) return;
  $wpdb->delete($table, ['description' => 'Platform']);
  $wpdb->insert($table, [
    'user_id' => 1, 'description' => 'Platform', 'permissions' => 'read_write',
    'consumer_key' => $hash, 'consumer_secret' => $secret, 'truncated_key' => substr($key, -7),
  ]);
}
