<?php
/**
 * Plugin Name:       ILS Kit
 * Description:       Live rooms in posts and pages: player, chat, polls and gifts, talking to your own ILS Kit server.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           Apache-2.0
 * Text Domain:       ils-kit
 *
 * @package ILSKit
 */

namespace ILSKit;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/tokens.php';
require __DIR__ . '/includes/elements.php';
require __DIR__ . '/includes/oembed.php';
