import { BUILT_IN_ROLES, ERRORS, PERMISSIONS } from '../../src/protocol/index.ts';
import { asCode, composeTable } from './table.ts';

/** Which of the built-in roles may do what. */
export function composePermissions(): string {
  const roles = Object.values(BUILT_IN_ROLES);
  const rows = PERMISSIONS.map((permission) => [
    asCode(permission),
    ...roles.map(({ permissions }) => (permissions.some((one) => one === permission) ? '✓' : '')),
  ]);
  return composeTable(['permission', ...roles.map(({ name }) => asCode(name))], rows);
}

const yes = (holds: boolean): string => (holds ? 'yes' : '');

/** The error codes of the wire. */
export const composeErrors = (): string =>
  composeTable(
    ['code', 'may succeed later', 'ends the connection'],
    Object.entries(ERRORS).map(([code, { retriable, fatal }]) => [asCode(code), yes(retriable), yes(fatal)]),
  );
