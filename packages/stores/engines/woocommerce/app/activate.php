<?php
// The second step, in a process of its own: a plugin is loaded only by the request after its activation.
require __DIR__ . '/step.php';
store_begin();
require_once getenv('STORE_CORE') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

add_filter('pre_wp_mail', '__return_true');
wp_set_current_user(1);
$plugin = 'woocommerce/woocommerce.php';
$failure = is_plugin_active($plugin) ? null : activate_plugin($plugin);
if (is_wp_error($failure)) store_fail($failure->get_error_message());
if (!is_plugin_active($plugin)) store_fail('WooCommerce is not active.');
store_answer(['active' => 1]);
