<?php
/**
 * Makes the server's room addresses unfold by themselves; without this WordPress would strip the frame of what it needs.
 *
 * @package ILSKit
 */

namespace ILSKit;

defined( 'ABSPATH' ) || exit;

add_action(
	'init',
	function () {
		$server = settings()['server'];
		if ( '' !== $server ) {
			wp_oembed_add_provider( $server . '/embed/*', $server . '/oembed' );
		}
	}
);
