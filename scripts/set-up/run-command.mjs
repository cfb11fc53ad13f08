import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './paths.mjs';
import { SetUpError } from './progress.mjs';

const shownLines = 30;
const ORPHAN_WATCH_MS = 500;

/** Who started us, asked before anything can have ended it. */
const parent = process.ppid;
/** What runs for the set-up now. @type {Set<import('node:child_process').ChildProcess>} */
const settingUp = new Set();

/**
 * Ends the set-up, with what it has started, when it is told to end or when whoever started it is gone: npm's shell
 * dies of a SIGTERM without passing it on.
 */
export function endSetUpOnSignal() {
  const end = () => {
    for (const child of settingUp) child.kill('SIGTERM');
    process.exit(1);
  };
  const endInSetUp = () => {
    if (!handedOver) end();
  };
  for (const signal of endSignals) process.on(signal, endInSetUp);
  setInterval(() => {
    if (process.ppid !== parent) endInSetUp();
  }, ORPHAN_WATCH_MS).unref();
}

let handedOver = false;
/** @type {readonly NodeJS.Signals[]} */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** npm tells its scripts about the package they belong to; a nested npm must not take that for its own. */
const inheritedByScripts =
  /^(npm_lifecycle_|npm_package_|npm_command$|npm_config_local_prefix$|npm_config_prefix$|INIT_CWD$)/;

/** @param {NodeJS.ProcessEnv} [extra] */
export function cleanEnvironment(extra = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !inheritedByScripts.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}

/**
 * Runs a command quietly: its output goes to a log, whose end is shown when the command fails.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ name: string, env?: NodeJS.ProcessEnv, advice?: string }} options `name` is the log's
 * @returns {Promise<void>}
 */
export async function runQuietly(command, parameters, { name, env = {}, advice }) {
  const folder = join(repository, '.cache/logs');
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, `${name}.log`);
  const log = createWriteStream(logFile);
  /** @type {string[]} */
  const last = [];
  const child = spawn(command, parameters, {
    cwd: repository,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      log.write(text);
      last.push(...text.split('\n').filter((line) => line.trim() !== ''));
      last.splice(0, Math.max(0, last.length - shownLines));
    });
  }
  settingUp.add(child);
  const outcome = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : `exit ${code ?? signal}`));
  });
  settingUp.delete(child);
  log.end();
  if (outcome === undefined) return;
  throw new SetUpError(
    `${command} ${parameters.join(' ')} failed (${outcome}):\n${last.map((line) => `    ${line}`).join('\n')}\n  Log: ${logFile}`,
    advice,
  );
}

/**
 * Runs a script of ours that prepares something, on another Node, and takes what it sends back by `process.send()`.
 * @param {string} node path of the program
 * @param {string} script below the repository
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Record<string, string>>} environment variables for what runs next
 */
export async function prepare(node, script, env) {
  const child = spawn(node, [join(repository, script)], {
    cwd: repository,
    env: cleanEnvironment(env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  settingUp.add(child);
  /** @type {Record<string, string>} */
  const prepared = {};
  child.on('message', (message) => void Object.assign(prepared, message));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  settingUp.delete(child);
  if (code !== 0) throw new SetUpError(`The set-up stopped (${script}).`);
  return prepared;
}

/**
 * Hands the terminal to another program until it ends, passing signals on.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export async function handOver(command, parameters, env = {}) {
  const child = spawn(command, parameters, { cwd: repository, env: { ...process.env, ...env }, stdio: 'inherit' });
  handedOver = true;
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // A terminal has already sent its interrupt to the whole process group.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of endSignals) process.on(signal, forward);
  // npm's shell may be gone: nobody is left then to stop the program.
  const orphanWatch = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, ORPHAN_WATCH_MS);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    clearInterval(orphanWatch);
    for (const signal of endSignals) process.off(signal, forward);
  }
}
