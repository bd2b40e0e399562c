<?php
/** What the platform adds to a shop: where uploads are kept, and that probes stay unnoticed. */

add_filter('upload_dir', function (array $dirs): array {
  $base = store_setting('STORE_UPLOADS');
  $dirs['basedir'] = $base;
  $dirs['baseurl'] = WP_CONTENT_URL . '/uploads';
  $dirs['path'] = $base . $dirs['subdir'];
  $dirs['url'] = $dirs['baseurl'] . $dirs['subdir'];
  return $dirs;
});

function store_is_probe($order): bool {
  return $order instanceof WC_Abstract_Order && $order->get_meta('_order_probe') === '1';
}

/** An order of the probe's product alone is the probe's, whoever sends it: it is worth nothing. */
function store_mark_probe(WC_Order $order): void {
  $skus = [];
  foreach ($order->get_items() as $item) $skus[] = $item->get_product() ? $item->get_product()->get_sku() : '';
  if (array_unique($skus) === ['ORDER-PROBE']) $order->update_meta_data('_order_probe', '1');
}
add_action('woocommerce_store_api_checkout_update_order_meta', 'store_mark_probe', 1);
add_action('woocommerce_checkout_create_order', 'store_mark_probe', 1);

// Whoever would hear of an order hears nothing of a probe, in whichever process mails are sent.
add_action('woocommerce_email', function (WC_Emails $emails): void {
  foreach ($emails->get_emails() as $email) {
    add_filter("woocommerce_email_enabled_{$email->id}", fn($on, $order) => $on && !store_is_probe($order), 99, 2);
  }
});

// The probe's product can be bought by its id and is found nowhere, neither by search nor in the sitemap.
add_filter('wp_sitemaps_posts_query_args', function (array $args): array {
  $args['post__not_in'] = array_merge($args['post__not_in'] ?? [], [wc_get_product_id_by_sku('ORDER-PROBE')]);
  return $args;
});

/** What the probe needs to know of this shop: nothing that visitors could not see. */
add_action('rest_api_init', function (): void {
  register_rest_route('platform/v1', '/probe', [
    'methods' => 'GET',
    'permission_callback' => '__return_true',
    'callback' => function (): array {
      $country = WC()->countries->get_base_country();
      $states = WC()->countries->get_states($country);
      return [
        'product' => wc_get_product_id_by_sku('ORDER-PROBE'),
        'country' => $country,
        'state' => $states ? (string) array_key_first($states) : '',
      ];
    },
  ]);
});
add_filter('woocommerce_validate_postcode', fn($valid, $code) => $valid || $code === 'PROBE', 10, 2);
