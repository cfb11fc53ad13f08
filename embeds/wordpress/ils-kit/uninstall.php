<?php
/**
 * Leaves nothing behind: the plugin stores one option, and in posts no more than names of rooms.
 *
 * @package ILSKit
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'ils_kit' );
