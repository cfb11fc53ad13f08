import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What is told of a relay by its own process. */
export interface RelayListener {
  /** Media arrives at the destination; `bytes` since the start of the process. */
  progressed(bytes: number): void;
  /** It ended, by itself or because it was asked to; `reason` is its last word. */
  ended(reason: string): void;
}

/** Not read for so long, the destination is too slow: what it holds back is thrown away. Bytes. */
const MOST_WAITING_BYTES = 4_000_000;
/** How long a relay may take to say good-bye. Milliseconds. */
const GRACE_MS = 3_000;

/** Where a relay goes. */
export interface RelayAddress {
  /** Without the key. */
  readonly url: string;
  readonly key: string;
  /** A file of certificates (PEM) in place of the system's, by which a server of RTMPS is known. */
  readonly authorities?: string | undefined;
}

/** One ffmpeg that copies FLV from its input to an RTMP(S) address, without a second encoding. */
export class RelayProcess {
  readonly #child: ChildProcess;
  #hasEnded = false;

  constructor(command: string, { url, key, authorities }: RelayAddress, listener: RelayListener) {
    const quiet = ['-hide_banner', '-loglevel', 'error', '-nostats'];
    // Two small probes: the configuration stands at the head of the stream.
    const input = ['-probesize', '32768', '-analyzeduration', '0', '-f', 'flv', '-i', 'pipe:0'];
    // What stands last in the address is where the key would be; which application comes before it is told by that.
    const address = `${url.replace(/\/+$/, '')}/stream`;
    const isSecured = url.startsWith('rtmps:');
    const trust = isSecured
      ? ['-tls_verify', '1', ...(authorities === undefined ? [] : ['-ca_file', authorities])]
      : [];
    const muxer = ['-f', 'flv', '-flvflags', 'no_duration_filesize'];
    const output = ['-c', 'copy', '-fpre', '/dev/fd/3', ...trust, ...muxer, address];
    const secret = openSecret(`rtmp_playpath=${key}\n`);
    this.#child = spawn(command, [...quiet, '-progress', 'pipe:1', ...input, ...output], {
      stdio: ['pipe', 'pipe', 'pipe', secret],
    });
    closeSync(secret);
    const { stdin, stdout, stderr } = this.#child;
    if (stdin === null || stdout === null || stderr === null) throw new Error('A relay has no pipes.');
    // A broken pipe is told by the end of the process.
    stdin.on('error', () => {});
    createInterface({ input: stdout }).on('line', (line) => {
      const [, size] = /^total_size=(\d+)$/.exec(line) ?? [];
      if (size !== undefined && Number(size) > 0) listener.progressed(Number(size));
    });
    let lastWord = '';
    createInterface({ input: stderr }).on('line', (line) => (lastWord = line));
    const end = (reason: string) => {
      if (this.#hasEnded) return;
      this.#hasEnded = true;
      listener.ended(reason);
    };
    this.#child.once('error', (error) => end(error.message));
    this.#child.once('close', (code) => end(lastWord === '' ? `ffmpeg ended with ${code}` : lastWord));
  }

  /** `false` where the destination is too slow to take it. */
  write(bytes: Uint8Array): boolean {
    const { stdin } = this.#child;
    if (stdin === null || !stdin.writable || stdin.writableLength > MOST_WAITING_BYTES) return false;
    stdin.write(bytes);
    return true;
  }

  /** Ends the stream at the destination, then the process. */
  async close(): Promise<void> {
    if (this.#hasEnded) return;
    const closed = new Promise<void>((resolve) => this.#child.once('close', () => resolve()));
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
    this.#child.stdin?.end();
    await closed;
    clearTimeout(timer);
  }
}

/** A file without a name: arguments of a process are read by everybody on the machine. */
function openSecret(text: string): number {
  const path = join(tmpdir(), `ils-relay-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  rmSync(path);
  writeSync(file, text, 0);
  return file;
}
