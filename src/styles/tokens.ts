import { css } from 'lit';

/**
 * Every token of the kit. A page sets `--ils-…` wherever it likes (`:root`, `ils-room`, one element); we never set one, we only read it.
 * Each element turns them into locals `--_…` on its own host, so that a value set anywhere above it wins and a derived colour
 * follows the seed that is nearest. Light or dark follows the element's `color-scheme`.
 */
export const tokens = css`
  :host {
    /* Seeds: set these five and everything follows. */
    --_accent: var(--ils-accent, oklch(0.57 0.19 258));
    --_hue: var(--ils-neutral-hue, 262);
    --_radius: var(--ils-radius, 8px);
    --_density: var(--ils-density, 1);
    --_font: var(--ils-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif);

    /* Neutrals, from the floor up. */
    --_canvas: var(--ils-color-canvas, light-dark(oklch(0.975 0.004 var(--_hue)), oklch(0.165 0.008 var(--_hue))));
    --_surface: var(--ils-color-surface, light-dark(oklch(1 0 0), oklch(0.205 0.009 var(--_hue))));
    --_surface-sunken: var(
      --ils-color-surface-sunken,
      light-dark(oklch(0.962 0.005 var(--_hue)), oklch(0.255 0.011 var(--_hue)))
    );
    --_surface-raised: var(--ils-color-surface-raised, light-dark(oklch(1 0 0), oklch(0.265 0.012 var(--_hue))));
    --_border: var(--ils-color-border, light-dark(oklch(0.905 0.007 var(--_hue)), oklch(0.325 0.013 var(--_hue))));
    --_border-strong: var(
      --ils-color-border-strong,
      light-dark(oklch(0.62 0.015 var(--_hue)), oklch(0.58 0.016 var(--_hue)))
    );
    --_text: var(--ils-color-text, light-dark(oklch(0.22 0.012 var(--_hue)), oklch(0.955 0.004 var(--_hue))));
    --_text-muted: var(
      --ils-color-text-muted,
      light-dark(oklch(0.475 0.016 var(--_hue)), oklch(0.745 0.012 var(--_hue)))
    );
    --_hover: color-mix(in oklab, var(--_text) 7%, transparent);
    --_active: color-mix(in oklab, var(--_text) 12%, transparent);

    /* The accent as a fill, as words upon it, and as words upon a surface. */
    --_on-accent: var(--ils-color-on-accent, oklch(from var(--_accent) clamp(0, (0.68 - l) * 1000, 1) 0 h));
    --_accent-text: light-dark(
      oklch(from var(--_accent) min(l, 0.5) c h),
      oklch(from var(--_accent) max(l, 0.78) min(c, 0.13) h)
    );
    --_accent-soft: color-mix(in oklab, var(--_accent) 14%, var(--_surface));

    /* Red says live and nothing else; danger is another red and never comes without an icon. */
    --_live: var(--ils-color-live, oklch(0.56 0.235 22));
    --_on-live: var(--ils-color-on-live, white);
    --_danger: var(--ils-color-danger, oklch(0.52 0.17 33));
    --_on-danger: var(--ils-color-on-danger, white);
    --_danger-text: light-dark(
      oklch(from var(--_danger) min(l, 0.49) c h),
      oklch(from var(--_danger) max(l, 0.76) min(c, 0.13) h)
    );
    --_danger-soft: color-mix(in oklab, var(--_danger) 12%, var(--_surface));
    --_warning: var(--ils-color-warning, oklch(0.76 0.15 78));
    --_warning-text: light-dark(
      oklch(from var(--_warning) min(l, 0.48) c h),
      oklch(from var(--_warning) max(l, 0.84) c h)
    );
    --_warning-soft: color-mix(in oklab, var(--_warning) 14%, var(--_surface));
    --_success: var(--ils-color-success, oklch(0.66 0.16 152));
    --_success-text: light-dark(
      oklch(from var(--_success) min(l, 0.46) c h),
      oklch(from var(--_success) max(l, 0.8) c h)
    );
    --_focus: var(--ils-color-focus, var(--_accent-text));

    /* Over video: the same in both schemes. */
    --_video: var(--ils-color-video, oklch(0.13 0.006 var(--_hue)));
    --_on-video: var(--ils-color-on-video, oklch(0.985 0 0));
    --_on-video-muted: color-mix(in oklab, var(--_on-video) 78%, transparent);
    --_scrim: var(--ils-color-scrim, oklch(0.1 0.005 var(--_hue) / 0.62));

    /* Type: six sizes, three weights. */
    --_font-size-xs: var(--ils-font-size-xs, 12px);
    --_font-size-s: var(--ils-font-size-s, 13px);
    --_font-size-m: var(--ils-font-size-m, 14px);
    --_font-size-l: var(--ils-font-size-l, 16px);
    --_font-size-xl: var(--ils-font-size-xl, 20px);
    --_font-size-2xl: var(--ils-font-size-2xl, 24px);
    --_weight-normal: var(--ils-font-weight-normal, 400);
    --_weight-medium: var(--ils-font-weight-medium, 550);
    --_weight-bold: var(--ils-font-weight-bold, 650);

    /* Space. */
    --_space-2xs: calc(2px * var(--_density));
    --_space-xs: calc(4px * var(--_density));
    --_space-s: calc(8px * var(--_density));
    --_space-m: calc(12px * var(--_density));
    --_space-l: calc(16px * var(--_density));
    --_space-xl: calc(24px * var(--_density));
    --_space-2xl: calc(32px * var(--_density));

    /* Corners: controls, cards, tiles, badges. */
    --_radius-control: var(--_radius);
    --_radius-card: calc(var(--_radius) * 1.5);
    --_radius-tile: calc(var(--_radius) * 1.75);
    --_radius-round: 999px;

    /* Shadows: resting, raised, floating. */
    --_shadow-color: light-dark(oklch(0.25 0.02 var(--_hue) / 0.1), oklch(0 0 0 / 0.4));
    --_shadow-s: var(--ils-shadow-s, 0 1px 2px var(--_shadow-color));
    --_shadow-m: var(--ils-shadow-m, 0 1px 2px var(--_shadow-color), 0 4px 12px var(--_shadow-color));
    --_shadow-l: var(--ils-shadow-l, 0 2px 6px var(--_shadow-color), 0 12px 32px var(--_shadow-color));

    /* Motion: hover, coming, going. */
    --_hover-time: var(--ils-hover-time, 120ms);
    --_in-time: var(--ils-in-time, 200ms);
    --_out-time: var(--ils-out-time, 150ms);
    --_ease: cubic-bezier(0.2, 0, 0, 1);

    /* Targets: 34 px under a mouse, 44 px under a finger. */
    --_control-size: var(--ils-control-size, calc(34px * var(--_density)));
    --_icon-size: var(--ils-icon-size, 18px);
  }

  @media (pointer: coarse) {
    :host {
      --_control-size: var(--ils-control-size, max(44px, 44px * var(--_density)));
      --_icon-size: var(--ils-icon-size, 20px);
    }
  }
`;
