/** The protocol versions this build speaks, newest first. Server and client settle on the newest both list. */
export const PROTOCOL_VERSIONS = [1] as const;

export type ProtocolVersion = (typeof PROTOCOL_VERSIONS)[number];

/** The newest version in both lists, or `undefined` where there is none ([H2]). */
export function negotiateVersion(offered: readonly number[]): ProtocolVersion | undefined {
  return PROTOCOL_VERSIONS.find((version) => offered.includes(version));
}
