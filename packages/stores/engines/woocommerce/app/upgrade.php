<?php
// Brings the database to the version of the code that runs; a database that is there already stays as it is.
require __DIR__ . '/step.php';
store_begin();
require_once getenv('STORE_CORE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

add_filter('pre_wp_mail', '__return_true');
wp_set_current_user(1);
wp_upgrade();
$before = (string) get_option('woocommerce_db_version');
WC_Install::install();
foreach (WC_Install::get_db_update_callbacks() as $version => $updates) {
  if (version_compare($before, $version, '>=')) continue;
  foreach ($updates as $update) WC_Install::run_update_callback($update);
}
if (class_exists('ActionScheduler')) ActionScheduler::runner()->run('platform');
WC_Install::update_db_version();
flush_rewrite_rules();
store_answer(['from' => $before, 'version' => WC_VERSION]);
