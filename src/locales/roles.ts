import { msg } from './localization.ts';

/** A role's name in the reader's language; a room's own roles say their name, first letter large. */
export function describeRole(role: string): string {
  switch (role) {
    case 'host':
      return msg('Host');
    case 'producer':
      return msg('Producer');
    case 'guest':
      return msg('Guest');
    case 'viewer':
      return msg('Viewer');
    case 'audience':
      return msg('Audience');
    default:
      return role.charAt(0).toLocaleUpperCase() + role.slice(1).replaceAll('-', ' ');
  }
}
