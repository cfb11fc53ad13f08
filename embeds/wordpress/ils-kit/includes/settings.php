<?php
/**
 * What the site's owner sets: where the room server is, its key, and who hosts.
 *
 * @package ILSKit
 */

namespace ILSKit;

defined( 'ABSPATH' ) || exit;

const OPTION = 'ils_kit';

/** What visitors may be; hosts are chosen by capability. */
const VISITOR_ROLES = array( 'viewer', 'audience' );

/** Capabilities that may make somebody a host, from few people to many. */
const HOST_CAPABILITIES = array( 'manage_options', 'edit_others_posts', 'publish_posts' );

/**
 * Every setting, with constants of wp-config.php before what is stored.
 *
 * @return array{server: string, api_key: string, visitor_role: string, host_capability: string}
 */
function settings(): array {
	$stored = wp_parse_args(
		get_option( OPTION, array() ),
		array(
			'server'          => '',
			'api_key'         => '',
			'visitor_role'    => 'viewer',
			'host_capability' => 'edit_others_posts',
		)
	);
	if ( defined( 'ILS_KIT_SERVER' ) ) {
		$stored['server'] = untrailingslashit( ILS_KIT_SERVER );
	}
	if ( defined( 'ILS_KIT_API_KEY' ) ) {
		$stored['api_key'] = ILS_KIT_API_KEY;
	}
	return $stored;
}

/**
 * Only an origin, only known roles and capabilities; an empty key keeps the one of before.
 *
 * @param mixed $input As the form sends it.
 */
function sanitize_settings( $input ): array {
	$input  = is_array( $input ) ? $input : array();
	$before = settings();
	$server = untrailingslashit( esc_url_raw( trim( $input['server'] ?? '' ), array( 'http', 'https' ) ) );
	if ( '' === $server && '' !== trim( $input['server'] ?? '' ) ) {
		add_settings_error( OPTION, 'server', __( 'The server must be an address such as https://rooms.example.', 'ils-kit' ) );
		$server = $before['server'];
	}
	$key  = sanitize_text_field( $input['api_key'] ?? '' );
	$role = $input['visitor_role'] ?? '';
	$host = $input['host_capability'] ?? '';
	return array(
		'server'          => $server,
		'api_key'         => '' === $key ? $before['api_key'] : $key,
		'visitor_role'    => in_array( $role, VISITOR_ROLES, true ) ? $role : $before['visitor_role'],
		'host_capability' => in_array( $host, HOST_CAPABILITIES, true ) ? $host : $before['host_capability'],
	);
}

add_action(
	'admin_init',
	function () {
		register_setting(
			OPTION,
			OPTION,
			array(
				'type'              => 'array',
				'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
				'show_in_rest'      => false,
			)
		);
	}
);

add_action(
	'admin_menu',
	function () {
		add_options_page( __( 'ILS Kit', 'ils-kit' ), __( 'ILS Kit', 'ils-kit' ), 'manage_options', OPTION, __NAMESPACE__ . '\render_settings' );
	}
);

add_filter(
	'plugin_action_links_ils-kit/ils-kit.php',
	function ( array $links ): array {
		$address = admin_url( 'options-general.php?page=' . OPTION );
		return array_merge( array( '<a href="' . esc_url( $address ) . '">' . esc_html__( 'Settings', 'ils-kit' ) . '</a>' ), $links );
	}
);

/** Whether the server answers, said in one line. */
function describe_connection( array $settings ): string {
	if ( '' === $settings['server'] || '' === $settings['api_key'] ) {
		return __( 'Enter the address and a key of your room server to begin.', 'ils-kit' );
	}
	$answer = wp_remote_get(
		$settings['server'] . '/api/v1/rooms?limit=1',
		array(
			'timeout' => 3,
			'headers' => array( 'Authorization' => 'Bearer ' . $settings['api_key'] ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		return __( 'The server does not answer at this address.', 'ils-kit' );
	}
	$status = wp_remote_retrieve_response_code( $answer );
	if ( 401 === $status ) {
		return __( 'The server answers, and refuses the key.', 'ils-kit' );
	}
	return 200 === $status
		? __( 'Connected.', 'ils-kit' )
		: __( 'Something answers at this address that is no room server.', 'ils-kit' );
}

/** One row of the form. */
function render_row( string $id, string $label, string $field, string $help ): void {
	printf(
		'<tr><th scope="row"><label for="%1$s">%2$s</label></th><td>%3$s<p class="description">%4$s</p></td></tr>',
		esc_attr( $id ),
		esc_html( $label ),
		$field, // phpcs:ignore WordPress.Security.EscapeOutput -- escaped where it is made.
		esc_html( $help )
	);
}

/** A select whose values are their own labels, or have labels of their own. */
function make_select( string $id, array $labels, string $current ): string {
	$options = '';
	foreach ( $labels as $value => $label ) {
		$options .= sprintf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $current, $value, false ), esc_html( $label ) );
	}
	return sprintf( '<select id="%1$s" name="%2$s[%1$s]">%3$s</select>', esc_attr( $id ), esc_attr( OPTION ), $options );
}

function render_settings(): void {
	$settings = settings();
	echo '<div class="wrap"><h1>' . esc_html__( 'ILS Kit', 'ils-kit' ) . '</h1>';
	echo '<p role="status">' . esc_html( describe_connection( $settings ) ) . '</p>';
	echo '<form method="post" action="options.php">';
	settings_fields( OPTION );
	echo '<table class="form-table" role="presentation">';
	render_row(
		'server',
		__( 'Room server', 'ils-kit' ),
		sprintf( '<input type="url" class="regular-text" id="server" name="%s[server]" value="%s" placeholder="https://rooms.example">', esc_attr( OPTION ), esc_attr( $settings['server'] ) ),
		/* translators: %s: the origin of this site */
		sprintf( __( 'Its allowedOrigins must name this site: %s', 'ils-kit' ), home_url() )
	);
	render_row(
		'api_key',
		__( 'API key', 'ils-kit' ),
		sprintf( '<input type="password" class="regular-text" id="api_key" name="%s[api_key]" value="" autocomplete="off" placeholder="%s">', esc_attr( OPTION ), '' === $settings['api_key'] ? '' : '••••••••••••••••' ),
		__( 'One of the server\'s apiKeys. It stays on this site; left empty, the present one stays. ILS_KIT_API_KEY in wp-config.php goes before it.', 'ils-kit' )
	);
	render_row(
		'visitor_role',
		__( 'Visitors watch', 'ils-kit' ),
		make_select(
			'visitor_role',
			array(
				'viewer'   => __( 'live, within a second (viewer)', 'ils-kit' ),
				'audience' => __( 'the broadcast, any number of them (audience)', 'ils-kit' ),
			),
			$settings['visitor_role']
		),
		__( 'A block can say otherwise.', 'ils-kit' )
	);
	render_row(
		'host_capability',
		__( 'Hosts are', 'ils-kit' ),
		make_select(
			'host_capability',
			array(
				'manage_options'    => __( 'administrators', 'ils-kit' ),
				'edit_others_posts' => __( 'editors and administrators', 'ils-kit' ),
				'publish_posts'     => __( 'all who publish posts', 'ils-kit' ),
			),
			$settings['host_capability']
		),
		__( 'They enter every room of this site as hosts.', 'ils-kit' )
	);
	echo '</table>';
	submit_button();
	echo '</form></div>';
}
