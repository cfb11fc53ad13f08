/** An attribute list (RFC 8216bis, 4.2). */
export function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

export const quoted = (value: string): string => `"${value}"`;

/** Without the noise of binary fractions. */
export const decimal = (value: number): string => String(Math.round(value * 1_000) / 1_000);

/** Seconds, exact to a nanosecond: hls.js adds them up, and looks for what comes next to within 1.5 microseconds. */
export const duration = (value: number): string => value.toFixed(9);

export const isoTime = (milliseconds: number): string => new Date(Math.round(milliseconds)).toISOString();
