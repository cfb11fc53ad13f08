<?php
/**
 * The elements of the kit as blocks and shortcodes; both are drawn by the same functions at each request.
 *
 * @package ILSKit
 */

namespace ILSKit;

defined( 'ABSPATH' ) || exit;

/** Blocks and shortcodes by name; the tag that each draws, and which of its attributes an author may set. */
const ELEMENTS = array(
	'player' => array(
		'tag'        => 'ils-player',
		'attributes' => array( 'for' ),
	),
	'chat'   => array(
		'tag'        => 'ils-chat',
		'attributes' => array( 'for', 'placeholder' ),
	),
	'poll'   => array(
		'tag'        => 'ils-poll',
		'attributes' => array( 'for' ),
	),
	'gifts'  => array(
		'tag'        => 'ils-gift-tray',
		'attributes' => array( 'for' ),
	),
);

/** Puts the kit's one script on a page that shows an element, and on no other. */
function enqueue_kit(): void {
	$server = settings()['server'];
	if ( '' !== $server ) {
		wp_enqueue_script( 'ils-kit', $server . '/kit/cdn/ils.js', array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters -- the server says how long it is good.
		wp_enqueue_style( 'ils-kit', plugins_url( 'blocks/elements.css', __DIR__ ), array(), VERSION );
	}
}

add_filter(
	'script_loader_tag',
	function ( string $tag, string $handle ): string {
		return 'ils-kit' === $handle ? str_replace( ' src=', ' type="module" crossorigin src=', preg_replace( "/ type=(['\"]).*?\\1/", '', $tag ) ) : $tag;
	},
	10,
	2
);

/** An element with those of the attributes that have a value. */
function make_element( string $tag, array $attributes, string $content = '' ): string {
	$markup = '';
	foreach ( $attributes as $name => $value ) {
		if ( is_string( $value ) && '' !== $value ) {
			$markup .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
		}
	}
	return "<$tag$markup>$content</$tag>";
}

/** Says to authors, and to nobody else, what is missing. */
function explain( string $message ): string {
	return current_user_can( 'edit_posts' ) ? '<p class="ils-kit-hint">' . esc_html( $message ) . '</p>' : '';
}

/** @param array|string $attributes Of the block or the shortcode. */
function render_room( $attributes, string $content = '' ): string {
	$attributes = is_array( $attributes ) ? $attributes : array();
	$settings   = settings();
	$room       = (string) ( $attributes['room'] ?? '' );
	if ( '' === $settings['server'] ) {
		return explain( __( 'Enter the address of your room server in the settings of ILS Kit.', 'ils-kit' ) );
	}
	if ( ! preg_match( ROOM_PATTERN, $room ) ) {
		return explain( __( 'Give the room a name of letters, digits, - and _.', 'ils-kit' ) );
	}
	$role = (string) ( $attributes['role'] ?? '' );
	$role = in_array( $role, VISITOR_ROLES, true ) ? $role : $settings['visitor_role'];
	enqueue_kit();
	$inner = '' === trim( $content ) ? make_element( 'ils-player', array() ) . make_element( 'ils-chat', array() ) : $content;
	return make_element(
		'ils-room',
		array(
			'id'        => sanitize_html_class( (string) ( $attributes['id'] ?? '' ) ),
			'class'     => 'ils-kit-room',
			'server'    => $settings['server'],
			'room'      => $room,
			'token-url' => token_address( $room, $role ),
			'auto-join' => 'auto-join',
		),
		$inner
	);
}

/** Draws the element called `$name`. */
function render_element( string $name, array $attributes ): string {
	$element = ELEMENTS[ $name ];
	enqueue_kit();
	return make_element( $element['tag'], array_intersect_key( $attributes, array_flip( $element['attributes'] ) ) );
}

add_action(
	'init',
	function () {
		wp_register_script(
			'ils-kit-editor',
			plugins_url( 'blocks/editor.js', __DIR__ ),
			array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ),
			VERSION,
			true
		);
		register_block_type( dirname( __DIR__ ) . '/blocks/room', array( 'render_callback' => __NAMESPACE__ . '\render_room' ) );
		add_shortcode(
			'ils_room',
			function ( $attributes, $content = '' ): string {
				return render_room( $attributes, do_shortcode( shortcode_unautop( $content ?? '' ) ) );
			}
		);
		foreach ( array_keys( ELEMENTS ) as $name ) {
			$render = function ( $attributes ) use ( $name ): string {
				return render_element( $name, is_array( $attributes ) ? $attributes : array() );
			};
			register_block_type( dirname( __DIR__ ) . "/blocks/$name", array( 'render_callback' => $render ) );
			add_shortcode( "ils_$name", $render );
		}
	}
);
