<?php
// What the steps begin with: errors end the process with a sentence, and nothing is mailed.
ini_set('display_errors', 'stderr');
error_reporting(E_ALL & ~E_DEPRECATED & ~E_USER_DEPRECATED & ~E_NOTICE & ~E_USER_NOTICE & ~E_WARNING);

function store_begin(bool $installing = false): void {
  if ($installing) define('WP_INSTALLING', true);
  $url = parse_url(getenv('STORE_URL') ?: 'http://localhost');
  $_SERVER['HTTP_HOST'] = $url['host'] . (isset($url['port']) ? ":{$url['port']}" : '');
  $_SERVER['REQUEST_URI'] = '/';
  $_SERVER['REQUEST_METHOD'] = 'GET';
  if (($url['scheme'] ?? '') === 'https') $_SERVER['HTTPS'] = 'on';
}

/** The one line of a step's output that the platform reads. */
function store_answer(array $result): void {
  echo "\nSTORE_RESULT " . json_encode($result, JSON_UNESCAPED_SLASHES) . "\n";
}

function store_fail(string $why): never {
  fwrite(STDERR, "$why\n");
  exit(1);
}
