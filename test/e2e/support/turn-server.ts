import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { findFreePort } from './free-port.ts';

const LOOPBACK = '127.0.0.1';

/** A real TURN server, coturn, on loopback, which knows its users by a secret shared with the room server. */
export class TurnServer {
  readonly secret: string;
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;
  #output = '';

  private constructor(secret: string, port: number, child: ChildProcess, folder: string) {
    this.secret = secret;
    this.port = port;
    this.#process = child;
    this.#folder = folder;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.#output += String(text)));
  }

  static async start(secret: string): Promise<TurnServer> {
    const folder = await mkdtemp(join(tmpdir(), 'ils-turn-'));
    const port = await findFreePort();
    // prettier-ignore
    const flags = [
      '-n', '--no-cli', '--no-tls', '--no-dtls', '--verbose', '--log-file=stdout',
      `--listening-ip=${LOOPBACK}`, `--relay-ip=${LOOPBACK}`, `--listening-port=${port}`, '--allow-loopback-peers',
      '--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=ils.test',
      `--userdb=${join(folder, 'turn.db')}`, `--pidfile=${join(folder, 'turn.pid')}`,
    ];
    const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin`;
    const child = spawn('turnserver', flags, {
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new TurnServer(secret, port, child, folder);
    await eventually('a TURN server that listens', () => isListening(port), Boolean);
    return server;
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
