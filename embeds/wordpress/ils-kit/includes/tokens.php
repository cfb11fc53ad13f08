<?php
/**
 * Tokens are minted as a visitor's page asks, over a REST route: none is ever in a post or in a page cache.
 *
 * @package ILSKit
 */

namespace ILSKit;

defined( 'ABSPATH' ) || exit;

const ROUTE_SPACE   = 'ils-kit/v1';
const TOKEN_SECONDS = 3600;

/** Rooms and roles have names of these characters on the server too. */
const ROOM_PATTERN = '/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/';

/** Proves that the site put this room on a page, for this role: a visitor cannot ask for another. */
function sign_room( string $room, string $role ): string {
	return wp_hash( "ils-kit|$role|$room" );
}

/** Where an element fetches its token; the same for every visitor, so that pages can be cached. */
function token_address( string $room, string $role ): string {
	$query = array(
		'role'      => $role,
		'signature' => sign_room( $room, $role ),
	);
	// Who is signed in sees no cached page, and is known to the route by this alone.
	if ( is_user_logged_in() ) {
		$query['_wpnonce'] = wp_create_nonce( 'wp_rest' );
	}
	return add_query_arg( array_map( 'rawurlencode', $query ), rest_url( ROUTE_SPACE . '/token' ) );
}

add_action(
	'rest_api_init',
	function () {
		$text = array(
			'type'     => 'string',
			'required' => true,
		);
		register_rest_route(
			ROUTE_SPACE,
			'/token',
			array(
				'methods'             => 'GET',
				'callback'            => __NAMESPACE__ . '\answer_token',
				'permission_callback' => __NAMESPACE__ . '\may_have_token',
				'args'                => array(
					'room'        => $text,
					'role'        => $text,
					'signature'   => $text,
					'name'        => array( 'type' => 'string' ),
					'participant' => array( 'type' => 'string' ),
				),
			)
		);
	}
);

/** @return true|\WP_Error */
function may_have_token( \WP_REST_Request $request ) {
	$room = (string) $request['room'];
	$role = (string) $request['role'];
	if ( preg_match( ROOM_PATTERN, $room ) && hash_equals( sign_room( $room, $role ), (string) $request['signature'] ) ) {
		return true;
	}
	return new \WP_Error( 'ils_kit_forbidden', __( 'This site has no such room on a page.', 'ils-kit' ), array( 'status' => 403 ) );
}

/** Who is asking, as the room server is to know them. */
function describe_participant( \WP_REST_Request $request ): array {
	$settings = settings();
	$user     = wp_get_current_user();
	if ( $user->exists() ) {
		return array(
			'participantId' => 'wp-' . $user->ID,
			'name'          => mb_substr( $user->display_name, 0, 64 ),
			'role'          => current_user_can( $settings['host_capability'] ) ? 'host' : (string) $request['role'],
		);
	}
	// Everybody in the room reads the id, so it does not tell what to ask with: a visitor becomes neither another nor a member.
	$key  = (string) $request['participant'];
	$key  = '' === $key ? wp_generate_uuid4() : $key;
	$name = sanitize_text_field( (string) $request['name'] );
	return array(
		'participantId' => 'visitor-' . substr( hash( 'sha256', $key ), 0, 32 ),
		'name'          => '' === $name ? __( 'Guest', 'ils-kit' ) : mb_substr( $name, 0, 64 ),
		'role'          => (string) $request['role'],
	);
}

/** @return \WP_REST_Response|\WP_Error */
function answer_token( \WP_REST_Request $request ) {
	$settings = settings();
	$answer   = wp_remote_post(
		$settings['server'] . '/api/v1/rooms/' . rawurlencode( $request['room'] ) . '/tokens',
		array(
			'timeout' => 5,
			'headers' => array(
				'Authorization' => 'Bearer ' . $settings['api_key'],
				'Content-Type'  => 'application/json',
			),
			'body'    => wp_json_encode( array_merge( describe_participant( $request ), array( 'ttlSeconds' => TOKEN_SECONDS ) ) ),
		)
	);
	$status = is_wp_error( $answer ) ? 0 : wp_remote_retrieve_response_code( $answer );
	$body   = is_wp_error( $answer ) ? null : json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 201 !== $status || ! isset( $body['token'] ) ) {
		$reason = 410 === $status ? __( 'The event is over.', 'ils-kit' ) : __( 'The room server cannot be reached.', 'ils-kit' );
		return new \WP_Error( 'ils_kit_unavailable', $reason, array( 'status' => 410 === $status ? 410 : 502 ) );
	}
	$response = new \WP_REST_Response( array( 'token' => $body['token'] ) );
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}
