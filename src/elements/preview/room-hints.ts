/** What the page told `<ils-room>`, as far as a preview can make use of it before anybody has joined. */
export interface RoomHints {
  /** Origin of the room server; `undefined` where there is none to ask. */
  readonly server: string | undefined;
  /** The page or the token names the reader. */
  readonly isNamed: boolean;
  /** The role in the token; `undefined` where it cannot be read. */
  readonly role: string | undefined;
}

interface RoomAttributes {
  readonly server: string;
  readonly name: string;
  readonly token: string;
  readonly headless: object | undefined;
}

const isRoom = (element: Element | null): element is Element & RoomAttributes =>
  element !== null && 'server' in element && 'token' in element && 'headless' in element;

/** Looks at the room around `element`, or at the one of the id `named`. */
export function roomHints(element: Element, named: string): RoomHints {
  const room = named === '' ? element.closest('ils-room') : document.getElementById(named);
  if (!isRoom(room)) return { server: undefined, isNamed: false, role: undefined };
  const claims = claimsOf(room.token);
  return {
    server: room.headless === undefined ? originOf(room.server) : undefined,
    isNamed: room.name !== '' || (typeof claims['name'] === 'string' && claims['name'] !== ''),
    role: typeof claims['role'] === 'string' ? claims['role'] : undefined,
  };
}

function originOf(server: string): string | undefined {
  const address = server === '' ? '/' : server;
  return URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).origin : undefined;
}

/** The claims of a JWT, unverified: good enough for what to draw, the server decides what is true. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const payload = token.split('.')[1];
  if (payload === undefined) return {};
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
