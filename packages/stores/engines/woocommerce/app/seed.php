<?php
// The third step makes a shop of it. Each record is looked up first, so the step can be run again.
require __DIR__ . '/step.php';
store_begin();
require_once getenv('STORE_CORE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require __DIR__ . '/shop.php';

add_filter('pre_wp_mail', '__return_true');
wp_set_current_user(1);
WC_Install::install();
// Once: what its owner changes or deletes later is not made again.
if (!get_option('platform_shop_made')) {
  $countries = explode(',', strtoupper(store_setting('STORE_COUNTRIES')));
  WC_Install::create_pages();
  store_options($countries);
  store_shipping($countries);
  if (store_setting('STORE_SAMPLES', '0') === '1') store_samples();
  update_option('platform_shop_made', '1');
}
store_formats();
store_admin();
$probe = store_probe_product();
store_rest_key(store_setting('REST_KEY'), store_setting('REST_SECRET'));
flush_rewrite_rules();
store_answer([
  'version' => WC_VERSION,
  'core' => get_bloginfo('version'),
  'probeProduct' => $probe,
]);
