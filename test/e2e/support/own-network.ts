import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const VARIABLE = 'ILS_TEST_OWN_NETWORK';
const ADDRESS = '10.77.0.1';
const GATEWAY = '10.77.0.2';

/** A private address of this process's own network; `undefined` outside one. */
export const ownAddress = process.env[VARIABLE] === undefined ? undefined : ADDRESS;

/**
 * Runs a test file again in a network namespace of its own, from which nothing reaches the outside, and which ends with it.
 * There the file sees `ownAddress`.
 * @throws Error with all that it printed where it fails, or with the reason where this machine allows no namespace.
 */
export async function runInOwnNetwork(file: string): Promise<string> {
  assertNamespaces();
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn('unshare', [...namespaceFlags(), '--', process.execPath, '--test-reporter=spec', file], {
    env: { ...environment, [VARIABLE]: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new Error(`In its own network the test failed.\n${output}${errors}`);
  return output;
}

/** Called within: loopback, and a pair of virtual interfaces with a private address and a default route over it. */
export function setUpOwnNetwork(): void {
  const commands = [
    'link set lo up',
    'link add ils0 type veth peer name ils1',
    `address add ${ADDRESS}/24 dev ils0`,
    // Addresses that come by themselves a second later are a change of network, over which browsers drop what they fetch.
    'link set ils0 addrgenmode none',
    'link set ils1 addrgenmode none',
    'link set ils0 up',
    'link set ils1 up',
    // Firefox offers the address of the default route alone; nothing answers there, and nobody has to find that out.
    `neighbour add ${GATEWAY} lladdr 02:00:00:00:00:02 dev ils0 nud permanent`,
    `route add default via ${GATEWAY} dev ils0`,
  ];
  for (const command of commands) execFileSync('ip', command.split(' '), { env: withSystemFolders() });
}

function assertNamespaces(): void {
  try {
    execFileSync('unshare', [...namespaceFlags(), 'true'], { stdio: 'pipe', env: withSystemFolders() });
  } catch (error) {
    throw new Error(
      'This test needs a network namespace: run it as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1).',
      { cause: error },
    );
  }
}

/** Who is not root becomes root of a user namespace first. */
function namespaceFlags(): readonly string[] {
  return process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net'];
}

function withSystemFolders(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin` };
}
